"""Saying it two hundred times weighs as much as one person weighs: in segments, profiles, words, the order of pains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from overheard.people import Evidence, build_profiles, fit_segments
from overheard.records import Placement, Signal, Term, Utterance
from overheard.report.compose import compose_report
from overheard.settings import VocabularySettings
from overheard.vocabulary import Said, find_terms
from tests.people.segments.test_fit import NEEDS, SETTINGS, make_market
from tests.report.make_findings import LOG, MITES, make_findings
from tests.vocabulary.make import KNOWN

LOUD = 200
THREADS = pytest.mark.parametrize("threads", [1, LOUD], ids=["in one thread", "in 200 threads"])


@pytest.mark.slow
@THREADS
def test_a_loud_person_moves_nobody_else_to_another_segment(threads: int) -> None:
    evidence, vectors, _ = make_market()
    loud = "glaze-00"
    words = np.random.default_rng(1)
    more = [
        Evidence(loud, f"loud-{n % threads}", None, 4, " ".join(words.choice(NEEDS["stall"], 5)), 0)
        for n in range(LOUD)
    ]
    quiet_places = {one.person_id: one.segment for one in fit_segments(evidence, vectors, SETTINGS).places}
    fit = fit_segments([*evidence, *more], vectors, SETTINGS)
    places = {one.person_id: one.segment for one in fit.places}
    others = sorted(quiet_places.keys() - {loud})
    placed = [who for who in others if quiet_places[who] is not None and places[who] is not None]
    assert len(fit.findings) == len(NEEDS)
    assert len(placed) >= 0.9 * len(others)
    assert adjusted_rand_score([quiet_places[who] for who in placed], [places[who] for who in placed]) == 1


@THREADS
def test_a_loud_person_moves_the_mix_of_all_by_one_persons_weight(threads: int) -> None:
    said = [Evidence(f"p{n}", f"t{n}", "late" if n % 2 else "lost", 1, "It is so.", None) for n in range(20)]
    silent = {"silent": [Evidence("silent", "t0", None, 0, "It is so.", None)]}

    def mix(rows: Sequence[Evidence]) -> float:
        profiles = {one.person_id: one for one in build_profiles([*rows, *silent["silent"]])}
        return profiles["silent"].shares["late"]

    loud = [Evidence("loud", f"l{n % threads}", "late", 4, "It is so.", None) for n in range(LOUD)]
    quiet = [Evidence("loud", "l0", "late", 1, "It is so.", None)]
    assert mix([*said, *loud]) == pytest.approx(mix([*said, *quiet]))
    assert mix([*said, *loud]) - mix(said) <= 1 / 21


def terms_of(loud: Sequence[str]) -> dict[str, tuple[int, int, float]]:
    texts = [(f"g{n}", "My glaze crawls off the shelf again.") for n in range(6)]
    texts += [(f"c{n}", "The clay cracks while it is drying.") for n in range(6)]
    texts += [("g0", text) for text in loud]
    said = [Said(f"u{n}", person, text, ((0, len(text)),)) for n, (person, text) in enumerate(texts)]
    groups = {"glaze": {f"g{n}" for n in range(6)}, "clay": {f"c{n}" for n in range(6)}}
    terms: list[Term] = find_terms(said, groups, VocabularySettings(minimum_people=3), KNOWN)
    return {f"{term.group_id} {term.text}": (term.people, term.people_elsewhere, term.z) for term in terms}


def test_a_loud_person_makes_no_word_and_moves_none() -> None:
    assert terms_of(["Turbo glaze crawls off the kiln."] * LOUD) == terms_of(["Turbo glaze crawls off the kiln."])
    assert not any("turbo" in term for term in terms_of(["Turbo glaze crawls."] * LOUD))


def say_again(signal: Signal, utterance: Utterance, threads: int) -> list[tuple[Utterance, Signal, Placement]]:
    rows = []
    for n in range(LOUD):
        thread = f"loud-thread-{n:03}" if threads > 1 else utterance.document_id
        post = replace(utterance, utterance_id=f"loud{n:03}", document_id=thread, position=900 + n)
        again = replace(signal, signal_id=f"loud{n:03}", utterance_id=post.utterance_id)
        rows.append((post, again, Placement(again.signal_id, MITES, 1.0)))
    return rows


@THREADS
def test_a_loud_person_moves_no_pain_up(threads: int) -> None:
    findings = make_findings()
    pain_of = {one.signal_id: one.pain_id for one in findings.placements}
    told = next(one for one in findings.signals if pain_of.get(one.signal_id) == MITES)
    utterance = next(one for one in findings.utterances if one.utterance_id == told.utterance_id)
    rows = say_again(told, utterance, threads)
    loud = replace(
        findings,
        utterances=[*findings.utterances, *(post for post, _, _ in rows)],
        signals=[*findings.signals, *(signal for _, signal, _ in rows)],
        placements=[*findings.placements, *(placement for _, _, placement in rows)],
    )
    before, after = compose_report(findings), compose_report(loud)
    assert [(one.pain_id, one.share) for one in after.pains] == [(one.pain_id, one.share) for one in before.pains]
    assert [one.pain_id for one in after.pains][:2] == [LOG, MITES]
    assert [(one.segment_id, one.share) for one in after.segments] == [
        (one.segment_id, one.share) for one in before.segments
    ]
    assert after.heard.people == before.heard.people
    assert before.heard.loudest is not None
    assert after.heard.loudest is not None
    assert after.heard.loudest.person > 0.8 > before.heard.loudest.person
