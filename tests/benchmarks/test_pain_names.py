"""Can a reader tell a pain by its name? Five quotes, four names: ours, and c-TF-IDF's beside them.

The quiz is written to a file for a person; answers are scored with OVERHEARD_ANSWERS, a folder of files
`<market>.<maker>.answers.tsv` (number of the question, a tab, the letter chosen).

With OVERHEARD_QUIZ, a folder, the same is written there for blind readers: `<market>_<maker>.json`, questions only,
about the half of the pains nobody looked at, and `answers.json` beside them.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.pains.label import distinctive_terms
from overheard.pains.names import load_phraser, name_topics
from overheard.records import Placement
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import EncoderSettings, PainSettings, SignalSettings
from overheard.signals import detect_source, load_sentence_splitter, split_texts
from overheard.steps.market import Market
from overheard.steps.scores import SentenceScorer
from overheard.steps.vectors import load_pain_signals, open_cache
from overheard.vectors import key_of_text, load_encoder
from tests.conftest import NIGHT
from tests.pains.fitting import fit_pains

pytestmark = pytest.mark.bench

QUESTIONS = 50
QUOTES = 5
OTHERS = 3
FEWEST_PEOPLE = 9
"""Of a pain that is asked about: five say its quotes, and the others its name."""

NEAREST = 2
"""Of the other names offered, those of the pains most like the one asked about."""

LETTERS = "abcd"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pain sentences, their vectors, who said them and their topics."""

    texts: list[str]
    vectors: NDArray[np.float32]
    people: list[str]
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Question:
    """One pain: rows of its quotes, and the topics whose names are offered, the right one among them."""

    topic: int
    quotes: tuple[int, ...]
    offered: tuple[int, ...]


def load_demo(folder: Path) -> Corpus:
    market = Market(folder, NIGHT)
    signals, texts = load_pain_signals(market)
    pain_of = {one.signal_id: one.pain_id for one in market.tables.load("placements", Placement)}
    pains = sorted({pain for pain in pain_of.values() if pain is not None})
    number = {pain: place for place, pain in enumerate(pains)}
    labels = np.array([number.get(pain_of.get(one.signal_id) or "", -1) for one in signals], dtype=np.int64)
    vectors = open_cache(market).take([key_of_text(text) for text in texts])
    return Corpus(texts, vectors, [one.person_id for one in signals], labels)


def load_support(corpora: Path, posts: int = 2_600, most: int = 6_000) -> Corpus:
    return load_posts(corpora / "mozilla_support.jsonl.gz", posts, most)


def load_communities(corpora: Path, posts: int = 1_500, most: int = 4_500) -> Corpus:
    return load_posts(corpora / "reddit_top2013.jsonl.gz", posts, most)


def load_posts(file: Path, posts: int, most: int) -> Corpus:
    """Return the pain sentences of a sample of the file's posts; where no author is kept, each post has its own."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda row: zlib.crc32(row["id"].encode()))[:posts]
    bodies = [f"{row['title']}.\n\n{row['text']}" for row in rows]
    settings, scorer = SignalSettings(), SentenceScorer()
    spans = split_texts(bodies, load_sentence_splitter(verify_model(SENTENCE_MODEL)), settings)
    detection = detect_source(bodies, spans, scorer, scorer.heads, settings)
    said = [
        (body[finding.start : finding.end], str(row["author"] or row["id"]))
        for row, body, findings in zip(rows, bodies, detection.findings(), strict=True)
        for finding, _ in findings
        if finding.kind == "pain"
    ][:most]
    texts, people = [text for text, _ in said], [person for _, person in said]
    vectors = load_encoder(EncoderSettings()).encode(texts)
    fit = fit_pains(texts, vectors, [str(row) for row in range(len(texts))], people, PainSettings())
    return Corpus(texts, vectors, people, np.array([-1 if one is None else one for one in fit.labels], dtype=np.int64))


def centroids_of(corpus: Corpus, kept: NDArray[np.bool_]) -> NDArray[np.float64]:
    topics = int(corpus.labels.max()) + 1
    sums = np.stack([corpus.vectors[(corpus.labels == topic) & kept].sum(axis=0) for topic in range(topics)])
    found: NDArray[np.float64] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return found


def ask(corpus: Corpus, parity: int | None = None) -> list[Question]:
    """Choose pains and quotes: every second of the most central, one a person; others as central name the pain.

    `parity` 0 asks about the even topics, on which the names were developed, 1 about the odd ones, None about all.
    """
    if corpus.labels.max() < OTHERS:
        pytest.skip("a question needs four pains")
    centroids = centroids_of(corpus, np.ones(len(corpus.texts), dtype=bool))
    random = np.random.default_rng(11)
    likeness = centroids @ centroids.T
    np.fill_diagonal(likeness, -1)
    found = []
    for topic in range(len(centroids)):
        rows = np.flatnonzero(corpus.labels == topic)
        first: dict[str, int] = {}
        for row in rows[np.argsort(-(corpus.vectors[rows] @ centroids[topic]), kind="stable")].tolist():
            if len(corpus.texts[row].split()) > 3:
                first.setdefault(corpus.people[row], row)
        if len(first) < FEWEST_PEOPLE or parity not in (None, topic % 2):
            continue
        nearest = np.argsort(-likeness[topic], kind="stable")[:NEAREST].tolist()
        rest = [other for other in range(len(centroids)) if other not in (topic, *nearest)]
        offered = [topic, *nearest, *random.choice(rest, OTHERS - NEAREST, replace=False).tolist()]
        random.shuffle(offered)
        found.append(Question(topic, tuple(list(first.values())[: 2 * QUOTES : 2]), tuple(offered)))
    chosen = sorted(random.permutation(len(found))[:QUESTIONS].tolist())
    return [found[place] for place in chosen]


def name_both(corpus: Corpus, questions: Sequence[Question], brief: str) -> dict[str, list[str]]:
    """Return our names and c-TF-IDF's of every topic, both from what is not quoted."""
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    kept = np.ones(len(corpus.texts), dtype=bool)
    kept[[row for question in questions for row in question.quotes]] = False
    rows = np.flatnonzero(kept).tolist()
    texts, people = [corpus.texts[row] for row in rows], [corpus.people[row] for row in rows]
    labels, topics = corpus.labels[kept], int(corpus.labels.max()) + 1
    terms = distinctive_terms(texts, people, labels, topics)
    phraser, encode = load_phraser(verify_model(SENTENCE_MODEL)), load_encoder(EncoderSettings()).encode
    ours = name_topics(texts, corpus.vectors[kept], people, labels, terms, phraser, encode, brief)
    documents = [
        " ".join(text for text, label in zip(texts, labels, strict=True) if label == topic) for topic in range(topics)
    ]
    counter = CountVectorizer(stop_words="english")
    weights = ClassTfidfTransformer(reduce_frequent_words=True).fit_transform(counter.fit_transform(documents))
    words = counter.get_feature_names_out()
    best = np.argsort(-weights.toarray(), axis=1, kind="stable")[:, :4]
    return {"ours": ours, "c-TF-IDF": [", ".join(words[row]) for row in best]}


def read_automatically(corpus: Corpus, questions: Sequence[Question], names: Sequence[str]) -> float:
    """Return the share of questions where the right name is the one nearest to the quotes in the mean."""
    rows = load_encoder(EncoderSettings()).encode(list(names))
    right = 0
    for question in questions:
        cosines = rows[list(question.offered)] @ corpus.vectors[list(question.quotes)].mean(axis=0)
        right += question.offered[int(cosines.argmax())] == question.topic
    return right / len(questions)


def write_quiz(path: Path, corpus: Corpus, questions: Sequence[Question], names: Sequence[str]) -> None:
    told = []
    for number, question in enumerate(questions, start=1):
        told.append(f"## {number}")
        told += [f"> {' '.join(corpus.texts[row].split())[:300]}" for row in question.quotes]
        told += [f"{letter}) {names[topic]}" for letter, topic in zip(LETTERS, question.offered, strict=True)]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    key = "".join(
        f"{number}\t{LETTERS[question.offered.index(question.topic)]}\n"
        for number, question in enumerate(questions, start=1)
    )
    path.with_suffix(".key.tsv").write_text(key, encoding="utf-8")


def write_blind_quiz(folder: Path, name: str, corpus: Corpus, brief: str) -> None:
    """Write the unseen half's questions as JSON, the answers apart; both makers' have the same quotes."""
    questions = ask(corpus, parity=1)
    answers_file = folder / "answers.json"
    answers = json.loads(answers_file.read_text(encoding="utf-8")) if answers_file.is_file() else {}
    for maker, names in name_both(corpus, questions, brief).items():
        random = np.random.default_rng(zlib.crc32(f"{name} {maker}".encode()))
        items, right = [], {}
        for number, question in enumerate(questions, start=1):
            offered = [names[question.offered[place]] for place in random.permutation(len(question.offered))]
            quotes = [" ".join(corpus.texts[row].split())[:300] for row in question.quotes]
            items.append({"number": number, "quotes": quotes, "candidates": offered})
            right[str(number)] = names[question.topic]
        quiz = f"{name}_{maker.replace('-', '').casefold()}"
        answers[quiz] = right
        (folder / f"{quiz}.json").write_text(json.dumps(items, ensure_ascii=False, indent=1), encoding="utf-8")
        print(f"\n{name}: {len(items)} blind questions, {maker}: {read_automatically(corpus, questions, names):.2f}")
    answers_file.write_text(json.dumps(answers, ensure_ascii=False, indent=1), encoding="utf-8")


def share_right(answers: Path, key: Path) -> float:
    """Score a file of answers; a question not answered is a wrong answer."""
    given, right = (dict(line.split("\t") for line in path.read_text().split("\n") if line) for path in (answers, key))
    return sum(given.get(number, "").strip() == letter for number, letter in right.items()) / len(right)


def examine(name: str, corpus: Corpus, brief: str, folder: Path) -> dict[str, float]:
    if "OVERHEARD_QUIZ" in os.environ:
        write_blind_quiz(Path(os.environ["OVERHEARD_QUIZ"]), name, corpus, brief)
    questions = ask(corpus, parity=0)
    shares = {}
    for maker, names in name_both(corpus, questions, brief).items():
        quiz = folder / f"{name}.{maker}.md"
        write_quiz(quiz, corpus, questions, names)
        shares[maker] = read_automatically(corpus, questions, names)
        told = f"{name}: {len(questions)} questions, {maker}: automatic reader {shares[maker]:.2f}; quiz {quiz}"
        answers = Path(os.environ.get("OVERHEARD_ANSWERS", "")) / f"{name}.{maker}.answers.tsv"
        if answers.is_file():
            told += f"; your answers {share_right(answers, quiz.with_suffix('.key.tsv')):.2f}"
        print(f"\n{told}")
        if maker == "ours":
            assert len({one.casefold() for one in names}) == len(names)
            print("\n".join(f"  {one}" for one in names))
    return shares


def test_names_of_the_demo_markets_pains(demo_run: Path, tmp_path: Path) -> None:
    corpus = load_demo(demo_run)
    shares = examine("demo", corpus, "Tallybird: invoicing for small firms", tmp_path)
    assert shares["ours"] >= max(0.5, shares["c-TF-IDF"])


def test_names_of_the_pains_of_support_questions(shared_data: Path, tmp_path: Path) -> None:
    corpus = load_support(shared_data / "corpora")
    shares = examine("mozilla", corpus, "Firefox and Thunderbird", tmp_path)
    assert shares["ours"] >= max(0.72, shares["c-TF-IDF"])


def test_names_of_what_many_communities_complain_about(shared_data: Path, tmp_path: Path) -> None:
    corpus = load_communities(shared_data / "corpora")
    shares = examine("reddit", corpus, "", tmp_path)
    assert shares["ours"] >= shares["c-TF-IDF"]
