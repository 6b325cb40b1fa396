"""Topics as a BERTopic model, for its hierarchy, pictures and saved form: the grouping itself is done before."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from overheard.pains.wording import STOP_WORDS, WORD, terms_of

if TYPE_CHECKING:
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer


def model_topics(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    labels: NDArray[np.int64],
    terms: Sequence[str] | None = None,
) -> BERTopic:
    """Build a BERTopic whose topics are the given ones.

    Its slots for reducing and clustering pass the vectors and labels through; everything BERTopic can do with topics
    then works on these. What its `transform` says of a text is the nearest row of `topic_embeddings_`, however far that
    is, and -1 has such a row as well, the mean of what is in no topic. For a text of the fit that is not its label
    where the grouping did not go by nearest means, for most texts labelled -1 (half are found again among 10 topics, a
    tenth among 150), and for members near the middle of everything (1 in 65 among 10 topics, none among 150).

    Args:
        texts: distinct texts, one at least per topic.
        vectors: their unit rows, shape (texts, dims).
        labels: their topics, 0 to topics - 1, -1 for none, shape (texts,).
        terms: the words and pairs of words to describe topics by, at least one; None for all that are said.

    Returns:
        The model, fitted; `topics_` are `labels`, and `topic_embeddings_` has the mean of each topic's vectors, shape
        (topics, dims), after one more row for -1 where there is any.

    Raises:
        ValueError: there is no topic, or a number is left out.
    """
    topics = np.unique(labels[labels >= 0])
    if not len(topics) or topics[-1] != len(topics) - 1:
        raise ValueError(f"topics must be numbered from 0 without gaps, at least one; got {topics[:10].tolist()}")
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer

    from overheard.pains.kept_topics import KeptTopics

    model = KeptTopics(
        # Any other word than "english" keeps BERTopic from deleting every letter outside A-Z.
        language="multilingual",
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=_term_counter(texts, terms),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        calculate_probabilities=False,
    )
    with np.errstate(divide="ignore"):  # a term of unplaced texts alone stands in no topic; its weight is asked by none
        model.fit_transform(list(texts), vectors, y=labels.astype(np.int64))
    return model


def save_topics(model: BERTopic, folder: Path) -> None:
    """Save a fitted model as safetensors and JSON, which cannot run code when loaded; `BERTopic.load` reads it."""
    log = logging.getLogger("BERTopic")
    level = log.level
    log.setLevel(logging.ERROR)  # it advises to name an encoder on the hub, which whoever loads the model would ask for
    try:
        model.save(str(folder), serialization="safetensors", save_ctfidf=True, save_embedding_model=False)
    finally:
        log.setLevel(level)


def shared_terms(texts: Sequence[str], people: Sequence[str], smallest: int) -> list[str]:
    """Return the words and pairs of words that at least `smallest` people say, in the form the model counts them."""
    terms_in = _term_counter(texts, None).build_analyzer()
    said = {(term, person) for text, person in zip(texts, people, strict=True) for term in set(terms_in(text))}
    users = Counter(term for term, _ in said)
    return sorted(term for term, count in users.items() if count >= smallest)


def _term_counter(texts: Sequence[str], terms: Sequence[str] | None) -> CountVectorizer:
    """Return what counts words and pairs of words, all in parameters that a saved model keeps."""
    from sklearn.feature_extraction.text import CountVectorizer

    telling = any(terms_of(text) for text in texts)
    stop_words = STOP_WORDS | {word.replace("'", "’") for word in STOP_WORDS}
    return CountVectorizer(
        # Texts of nothing but stop words or numbers still need a vocabulary.
        stop_words=sorted(stop_words) if telling else None,
        ngram_range=(1, 2),
        token_pattern=WORD.pattern if telling else r"\w+",
        vocabulary=None if terms is None else list(terms),
    )
