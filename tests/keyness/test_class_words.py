import numpy as np
import pytest

from overheard.keyness import class_tfidf


def test_class_words_give_the_worked_values_and_the_article_wins():
    invoice_late_queue_the = np.array([[6, 3, 0, 11], [1, 0, 4, 15]])
    first, second = class_tfidf(invoice_late_queue_the)
    assert first == pytest.approx([0.404978, 0.305532, 0, 0.313800], abs=5e-7)
    assert second == pytest.approx([0.067496, 0, 0.358352, 0.427909], abs=5e-7)
