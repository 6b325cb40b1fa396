"""Segments follow from needs alone: nothing else about a person can reach them."""

import random
import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from overheard.people import Evidence, fit_segments
from overheard.people.needs.spelling import one_spelling
from overheard.people.needs.words import need_words
from overheard.records import Document, Signal, Utterance
from overheard.settings import PeopleSettings, SignalSettings
from overheard.steps import people
from overheard.steps.heard import Heard
from tests.people.segments.test_fit import make_market

SETTINGS = PeopleSettings(most_segments=3)
PAIRS = (
    "colour color, colours colors, favourite favorite, labour labor, neighbours neighbors, behaviour behavior,"
    " organise organize, organising organizing, realised realized, apologises apologizes, analyse analyze,"
    " centre center, fibres fibers, theatre theater, cancelled canceled, travelling traveling, traveller traveler,"
    " catalogue catalog, dialogues dialogs, programme program, licence license, defence defense, judgement judgment,"
    " cheque check, cheques checks, grey gray, tyres tires, mould mold, learnt learned, jewellery jewelry,"
    " anaemia anemia, skilful skillful, fulfilment fulfillment, enrolment enrollment"
)
SPELLINGS = [tuple(pair.split()) for pair in PAIRS.split(", ")]
AMERICAN = dict(SPELLINGS)
BRITISH = {american: british for british, american in AMERICAN.items()}


def rewrite(text: str, words: dict[str, str]) -> str:
    return re.sub(r"[a-z]+", lambda match: words.get(match[0], match[0]), text)


def test_what_segments_are_fitted_to_has_no_field_for_who_somebody_is() -> None:
    assert {field.name for field in fields(Evidence)} == {
        "person_id",
        "document_id",
        "pain_id",
        "rung",
        "text",
        "row",
        "interview",
        "context",
    }


def test_the_fit_is_given_evidence_and_nothing_else_about_people() -> None:
    assert list(signature(fit_segments).parameters)[:4] == ["evidence", "vectors", "settings", "pain_names"]


@pytest.mark.parametrize(
    "swap",
    [
        lambda row: replace(row, rank="Chief of Staff"),
        lambda row: replace(row, url="https://elsewhere.example/"),
        lambda row: replace(row, said_at=datetime(1999, 1, 1, tzinfo=UTC), position=99),
    ],
)
def test_ranks_places_and_times_of_posts_are_no_evidence(
    swap: Callable[[Utterance], Utterance], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        Utterance(f"u{at}", f"d{at % 5}", f"p{at % 7}", at, f"Jar {at} leaks. I mop.", (), None, None, "", "Member")
        for at in range(20)
    ]
    signals = [
        Signal(f"s{one.utterance_id}", one.utterance_id, one.person_id, 0, 12, "pain", 1, 0.9, ()) for one in said
    ]
    market: Any = SimpleNamespace(
        tables=SimpleNamespace(load=lambda name, record: []),
        data_dir=tmp_path,
        settings=SimpleNamespace(signals=SignalSettings()),
    )

    def load(rows: list[Utterance], source: str) -> list[Evidence]:
        documents = {one.document_id: Document(one.document_id, source, "", source, None) for one in rows}
        monkeypatch.setattr(people, "load_heard", lambda market: Heard(documents, tuple(rows), frozenset()))
        texts = [one.text[:12] for one in rows]
        monkeypatch.setattr(people, "load_pain_signals", lambda market: (signals, texts))
        return people.load_evidence(market)[0]

    before = load(said, "jars")
    assert len(before) == 20
    assert load([swap(one) for one in said], "lids") == before


@pytest.mark.slow
def test_spelling_swapped_between_people_changes_no_segment() -> None:
    evidence, vectors, truth = make_market(people_a_need=7)
    # Words with two spellings tell of every need, so that who spells how could be taken for what hurts.
    generator = np.random.default_rng(1)
    of_need = {need: [pair[0] for pair in SPELLINGS[at::3]] for at, need in enumerate(sorted(set(truth.values())))}
    spoken = [
        replace(one, text=f"{one.text} {' '.join(generator.choice(of_need[truth[one.person_id]], 3, replace=False))}")
        for one in evidence
    ]
    everybody = sorted(truth)
    first = set(random.Random(2).sample(everybody, len(everybody) // 2))

    def spelled(in_first: dict[str, str], in_second: dict[str, str]) -> list[Evidence]:
        return [
            replace(one, text=rewrite(one.text, in_first if one.person_id in first else in_second)) for one in spoken
        ]

    before = fit_segments(spelled(AMERICAN, BRITISH), vectors, SETTINGS)
    after = fit_segments(spelled(BRITISH, AMERICAN), vectors, SETTINGS)
    assert before.findings
    assert adjusted_rand_score(*[[str(place.segment) for place in fit.places] for fit in (before, after)]) == 1.0


@pytest.mark.parametrize(("british", "american"), SPELLINGS)
def test_both_spellings_of_a_word_are_one(british: str, american: str) -> None:
    assert need_words(british) == need_words(american) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("filing", "filling"),
        ("hour", "hor"),
        ("four", "for"),
        ("story", "storing"),
        ("fire", "fier"),
        ("billed", "biled"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert one_spelling(one) != one_spelling(other)


@pytest.mark.slow
def test_a_word_of_a_megabyte_is_folded_at_once() -> None:
    assert len(one_spelling("ll" * 500_000)) == 1_000_000
