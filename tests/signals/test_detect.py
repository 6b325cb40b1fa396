"""What is detected points at its sentence, names the words it was found by, and counts where its source says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import overheard.signals.detect
from overheard.records import Span, Utterance
from overheard.settings import SignalSettings
from overheard.signals import KINDS, Detection, Finding, Heads, detect_source, find_signals
from overheard.signals.detect import LEAST_PROBABILITY
from overheard.signals.words import read_words
from tests.make import make_heads, make_scorer, make_utterance

HEADS = make_heads()
FILLER = "The lamp stands on the shelf. It is made of brass. We dusted it on Monday."
"""Three sentences that say nothing: a source of such texts is one of posts."""


def spans_of(text: str) -> tuple[Span, ...]:
    """Return spans of sentences that end in a mark and a space."""
    starts = [0, *(at + 2 for at in range(len(text) - 2) if text[at] in ".!?" and text[at + 1] == " ")]
    return tuple(zip(starts, [*(start - 1 for start in starts[1:]), len(text)], strict=True))


def detect(texts: Sequence[str], heads: Heads = HEADS, **more: Any) -> Detection:
    """Detect what `texts` say, as one source."""
    return detect_source(texts, [spans_of(text) for text in texts], make_scorer(heads), heads, SignalSettings(**more))


def found_in(text: str, heads: Heads = HEADS, everything: bool = False, **more: Any) -> list[tuple[Finding, bool]]:
    """Return what is found in one text that stands among posts."""
    return next(detect([text, *[FILLER] * 3], heads, **more).findings(everything))


def kinds_in(text: str, heads: Heads = HEADS, **more: Any) -> set[str]:
    return {finding.kind for finding, _ in found_in(text, heads, **more)}


def always(kind: str, log_odds: float = 4.0) -> dict[str, Mapping[str, float]]:
    """Return weights by which every sentence is of `kind`."""
    return {kind: {"bias": log_odds}}


def test_a_finding_points_at_its_sentence_and_names_the_words_it_was_found_by() -> None:
    text = f"{FILLER} The oven doesn't work and I gave up. Is it new?"
    (pain, _), (question, _) = found_in(text)
    assert text[pain.start : pain.end] == "The oven doesn't work and I gave up."
    assert text[question.start : question.end] == "Is it new?"
    assert (pain.kind, question.kind) == ("pain", "question")
    assert {"fail:does not work", "act:gave up"} <= set(pain.evidence)
    assert "mark:?" in question.evidence


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("pain", "My press is broken again and I hate it."),
        ("request", "It would be nice to have a second shelf, please add one."),
        ("question", "Does anyone know a good saddler?"),
        ("recommendation", "I highly recommend the saddler, you should try him."),
        ("job", "I am trying to get the wool dyed in order to sell it."),
        ("workaround", "For now I do it by hand instead."),
        ("worldview", "In my opinion people should always repair things."),
        ("objection", "I am worried that it is not worth the money."),
        ("gain", "I love it, it works perfectly and saves time."),
    ],
)
def test_evidence_is_found_word_for_word_in_the_sentence(kind: str, sentence: str) -> None:
    evidence = {finding.kind: finding.evidence for finding, _ in found_in(f"{FILLER} {sentence}")}
    words = " ".join(read_words(sentence))
    for cue in evidence[kind]:
        role, _, said = cue.partition(":")
        assert role
        assert said == "?" or f" {said} " in f" {words} "


def test_what_is_found_without_a_cue_says_so() -> None:
    (only, counts), *_ = found_in("The moon.", make_heads(always("worldview")))
    assert (only.kind, only.evidence, counts) == ("worldview", ("likeness",), True)


def test_a_question_mark_is_evidence_of_a_question_and_of_nothing_else() -> None:
    heads = make_heads({**always("question"), **always("gain")})
    assert {finding.kind: finding.evidence for finding, _ in found_in("The moon?", heads)} == {
        "question": ("mark:?",),
        "gain": ("likeness",),
    }


def test_a_sentence_of_several_kinds_is_found_once_for_each_with_ids_of_their_own() -> None:
    utterances = [make_utterance("Please add a lid, the old one is broken. " + FILLER)]
    said, _ = find_signals(utterances, whole_of(utterances), make_scorer(HEADS), HEADS, SignalSettings())
    first = [signal for signal in said if signal.start == 0]
    assert {"pain", "request"} <= {signal.kind for signal in first}
    assert len({signal.signal_id for signal in said}) == len(said)


def whole_of(utterances: Sequence[Utterance]) -> dict[str, tuple[Span, ...]]:
    return {one.utterance_id: spans_of(one.text) for one in utterances}


def test_a_signal_is_its_persons_and_its_utterances() -> None:
    utterances = [
        make_utterance(FILLER, "ben", position=0),
        make_utterance(f"{FILLER} The oven is broken.", "ann", position=1),
    ]
    (signal,), fit = find_signals(utterances, whole_of(utterances), make_scorer(HEADS), HEADS, SignalSettings())
    assert (signal.person_id, signal.utterance_id) == ("ann", utterances[1].utterance_id)
    assert utterances[1].text[signal.start : signal.end] == "The oven is broken."
    assert fit.register == "post"


@pytest.mark.parametrize(
    ("sentence", "rung"),
    [
        ("The oven is broken.", 1),
        ("The oven is broken and I hate it.", 2),
        ("The oven is broken so I gave up.", 3),
        ("The oven is broken so we paid a man ninety pounds.", 4),
    ],
)
def test_the_lowest_rung_that_counts_is_the_markets_choice(sentence: str, rung: int) -> None:
    text = f"{FILLER} {sentence}"
    for lowest in range(5):
        assert ("pain" in kinds_in(text, pain_rung=lowest)) == (rung >= lowest)
    strengths = {(finding.kind, finding.strength) for finding, _ in found_in(text, everything=True, pain_rung=4)}
    assert ("pain", rung) in strengths


def test_a_mention_that_does_not_count_stands_on_rung_nought() -> None:
    heads = make_heads(always("pain", -1.0))
    findings = found_in("The oven is broken and I hate it.", heads, everything=True)
    mentions = [(finding.strength, counts) for finding, counts in findings if finding.kind == "pain"]
    assert mentions == [(0, False)]
    assert kinds_in("The oven is broken and I hate it.", heads, pain_rung=0) == set()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pain"])
def test_kinds_without_rungs_stand_on_the_first(kind: str) -> None:
    (finding, _), *_ = found_in("The moon.", make_heads(always(kind)))
    assert (finding.kind, finding.strength) == (kind, 1)


@pytest.mark.parametrize(
    ("probability", "listed", "said"),
    [(0.009, False, False), (0.011, True, False), (0.299, True, False), (0.301, True, True), (0.95, True, True)],
)
def test_everything_is_listed_from_a_hundredth_on_and_said_from_the_threshold_on(
    probability: float, listed: bool, said: bool
) -> None:
    log_odds = float(np.log(probability / (1 - probability)))
    thresholds = {register: np.full(len(KINDS), 0.3, dtype=np.float32) for register in ("post", "answer")}
    heads = make_heads({**never(), **always("gain", log_odds)}, thresholds=thresholds)
    everything, only_said = found_in("The moon.", heads, everything=True), found_in("The moon.", heads)
    assert [(finding.kind, counts) for finding, counts in everything] == [("gain", said)] * listed
    assert [(finding.kind, counts) for finding, counts in only_said] == [("gain", True)] * said
    assert all(finding.probability == pytest.approx(probability, abs=5.1e-5) for finding, _ in everything)


def never() -> dict[str, Mapping[str, float]]:
    return {kind: {"bias": -9.0} for kind in KINDS}


def test_the_usual_threshold_of_posts_counts_for_posts_alone() -> None:
    thresholds = {"post": np.full(len(KINDS), 0.9), "answer": np.full(len(KINDS), 0.5)}
    heads = make_heads({**never(), **always("worldview", 1.0)}, thresholds=thresholds)
    assert kinds_in("The moon.", heads) == set()
    assert [len(findings) for findings in detect(["The moon.", "The sun."], heads).findings()] == [1, 1]


@pytest.mark.parametrize(
    "texts", [["I love it."] * 4, ["I hate it."] * 4, ["I love it."], ["I love it.", "I hate it."]]
)
def test_whatever_counts_is_listed_among_everything(texts: list[str]) -> None:
    detection = detect(texts)
    said = [[finding for finding, _ in findings] for findings in detection.findings()]
    assert said == [
        [finding for finding, counts in findings if counts] for findings in detection.findings(everything=True)
    ]
    assert all(said)


def test_the_force_is_the_plainest_one_or_none() -> None:
    forces = {
        f"force {name}": {"bias": -1.0, "inner": 0.0} | {trait: 3.0}
        for name, trait in (("push", "fail"), ("pull", "liking"), ("anxiety", "fear"), ("habit", "bind"))
    }
    heads = make_heads({**forces, **always("gain")})
    told = {text: found_in(text, heads)[0][0].force for text in ("The moon.", "The oven is broken.", "I love it.")}
    assert told == {"The moon.": "", "The oven is broken.": "push", "I love it.": "pull"}


def test_scores_are_asked_for_the_sentences_word_for_word_and_reach_the_right_ones() -> None:
    asked: list[str] = []
    heads = make_heads({**never(), "worldview": {"bias": -4.0, "inner": 8.0}})

    def score(sentences: Sequence[str]) -> Any:
        asked.extend(sentences)
        rows = np.array([[float("moon" in sentence), 0.0] for sentence in sentences], dtype=np.float32)
        return heads.score_inner(rows)

    texts = [FILLER, "Look here. The moon rises. We sleep.", FILLER]
    detection = detect_source(texts, [spans_of(text) for text in texts], score, heads, SignalSettings())
    assert asked == [text[slice(*span)] for text in texts for span in spans_of(text)]
    found = list(detection.findings())
    assert [[texts[1][one.start : one.end] for one, _ in findings] for findings in found] == [
        [],
        ["The moon rises."],
        [],
    ]


def test_what_stands_beside_a_sentence_in_its_text_speaks_for_it() -> None:
    neighbours = np.zeros(HEADS.neighbours.shape, dtype=np.float32)
    neighbours[KINDS.index("question"), KINDS.index("worldview")] = 4.0
    heads = make_heads(neighbours=neighbours)
    assert "worldview" in kinds_in("Do you know why? The moon. It is late.", heads)
    assert "worldview" not in kinds_in("It is late. The moon. Do you know why?", heads)


def test_a_long_source_is_read_piece_by_piece_with_the_same_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{FILLER} The oven is broken. Is it new?", FILLER, "I love it. It works. Thanks."] * 3
    whole = detect(texts)
    monkeypatch.setattr(overheard.signals.detect, "_CHUNK", 2)
    pieces = detect(texts)
    assert list(pieces.findings(everything=True)) == list(whole.findings(everything=True))
    np.testing.assert_array_equal(pieces.fit.probabilities, whole.fit.probabilities)


def test_the_same_texts_give_the_same_findings() -> None:
    texts = [f"{FILLER} The oven is broken.", "I love it.", "Is it new?", "Please add a lid."]
    first, second = (list(detect(texts).findings(everything=True)) for _ in range(2))
    assert first == second
    assert sum(map(len, first)) > 4


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_a_source_without_sentences_says_nothing(texts: list[str]) -> None:
    detection = detect_source(texts, [() for _ in texts], make_scorer(HEADS), HEADS, SignalSettings())
    assert list(detection.findings(everything=True)) == [[] for _ in texts]
    np.testing.assert_allclose(detection.fit.priors, HEADS.priors[detection.fit.register])


def test_an_utterance_whose_sentences_are_not_known_says_nothing() -> None:
    utterances = [make_utterance("The oven is broken.", position=0), make_utterance("The lid is broken.", position=1)]
    known = {utterances[1].utterance_id: (0, 18)}
    said, _ = find_signals(
        utterances, {key: [span] for key, span in known.items()}, make_scorer(HEADS), HEADS, SignalSettings()
    )
    assert {signal.utterance_id for signal in said} == set(known)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(st.text(max_size=120), max_size=4))
def test_any_text_gets_probabilities_from_a_hundredth_to_one_rungs_and_evidence(texts: list[str]) -> None:
    spans = [[(0, len(text) // 2), (len(text) // 2, len(text))] for text in texts]
    detection = detect_source(texts, spans, make_scorer(HEADS), HEADS, SignalSettings())
    for text, findings in zip(texts, detection.findings(everything=True), strict=True):
        for finding, counts in findings:
            assert 0 <= finding.start <= finding.end <= len(text)
            assert LEAST_PROBABILITY <= finding.probability <= 1
            assert 0 <= finding.strength <= 4
            assert counts <= (finding.strength >= 1)
            assert finding.evidence
