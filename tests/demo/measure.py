"""What the pipeline found in the demo market, against what was planted there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.metrics import adjusted_rand_score

from overheard.privacy import person_id_of
from overheard.records import Document, Membership, Pain, Placement, Role, Segment, Signal, Term, Utterance
from overheard.steps.market import Market

TRUTH = Path(__file__).parent / "truth"
PLANTED_PHRASES = (
    "turbo",
    "funding advance",
    "cash blast",
    "cashrocket",
    "ledgerwiz",
    "smart ledger",
    "flowpay",
    "ledger sync",
)
"""Pet phrases of planted spam and staff: none may stand in any vocabulary."""


@dataclass(frozen=True, slots=True)
class DemoFigures:
    """Measured on one finished run. All shares are 0-1."""

    segment_ari: float
    segment_coverage: float
    segments: int
    people_with_need: int
    pain_precision: float
    pain_recall: float
    pain_f1: float
    rung_within_one: float
    pain_f1_by_source: Mapping[str, float]
    staff_and_spam_found: float
    customers_excluded: float
    leaked_terms: tuple[str, ...]
    pains: int
    share_unassigned: float

    def table(self) -> str:
        """Write one figure a line."""
        return "\n".join(f"{name:22} {getattr(self, name)!r}" for name in self.__dataclass_fields__)


def _lines(name: str) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, (TRUTH / name).read_text(encoding="utf-8").splitlines())


def measure_demo(market: Market) -> DemoFigures:
    """Compare the tables of a finished run on the demo market with the truth."""
    people = {person_id_of(row["site"], row["author"], market.key): row for row in _lines("people.jsonl")}
    people |= {
        person_id_of("interviews", row["author"], market.key): row | {"role": "customer"}
        for row in _lines("interviews.jsonl")
    }
    needs = {person: row["segment"] for person, row in people.items() if row["segment"]}
    now = {
        row.person_id: row.segment_id for row in market.tables.load("memberships", Membership) if row.valid_to is None
    }
    placed = [person for person in sorted(needs) if now.get(person)]
    roles = {row.person_id: row.role for row in market.tables.load("roles", Role)}
    planted = [person for person, row in people.items() if row["role"] in ("staff", "spam")]
    honest = [person for person, row in people.items() if row["role"] not in ("staff", "spam")]
    utterances = market.tables.load("utterances", Utterance)
    source_of = {row.document_id: row.source for row in market.tables.load("documents", Document)}
    precision, recall, within = _pain_sentences(market, utterances)
    by_source = {
        source: round(
            _f1(*_pain_sentences(market, [u for u in utterances if source_of[u.document_id] == source])[:2]), 3
        )
        for source in sorted(set(source_of.values()))
    }
    terms = {term.text for term in market.tables.load("terms", Term)}
    placements = market.tables.load("placements", Placement)
    return DemoFigures(
        segment_ari=round(adjusted_rand_score([needs[p] for p in placed], [now[p] for p in placed]), 3)
        if placed
        else 0.0,
        segment_coverage=round(len(placed) / len(needs), 3),
        segments=len(market.tables.load("segments", Segment)),
        people_with_need=len(needs),
        pain_precision=round(precision, 3),
        pain_recall=round(recall, 3),
        pain_f1=round(_f1(precision, recall), 3),
        pain_f1_by_source=by_source,
        rung_within_one=round(within, 3),
        staff_and_spam_found=round(
            sum(roles.get(p) in ("staff", "promoter", "vendor", "bot") for p in planted) / len(planted), 3
        ),
        customers_excluded=round(sum(roles.get(p) != "customer" for p in honest) / len(honest), 3),
        leaked_terms=tuple(sorted(term for term in terms if any(phrase in term.lower() for phrase in PLANTED_PHRASES))),
        pains=len(market.tables.load("pains", Pain)),
        share_unassigned=round(sum(row.pain_id is None for row in placements) / max(len(placements), 1), 3),
    )


def _true_pains(market: Market) -> dict[str, list[tuple[str, int]]]:
    """Return the labelled sentences by person."""
    pains: dict[str, list[tuple[str, int]]] = {}
    for row in _lines("posts.jsonl"):
        pains.setdefault(person_id_of(row["site"], row["author"], market.key), []).extend(map(tuple, row["pains"]))
    for row in _lines("interviews.jsonl"):
        pains.setdefault(person_id_of("interviews", row["author"], market.key), []).extend(map(tuple, row["pains"]))
    return pains


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _pain_sentences(market: Market, utterances: Sequence[Utterance]) -> tuple[float, float, float]:
    """Return precision and recall of these utterances' pain sentences, and the share of rungs at most one off.

    A signal is right where at least half of it lies in a labelled sentence of that utterance; a labelled sentence is
    found where at least half of it lies in signals.
    """
    truth = _true_pains(market)
    signals: dict[str, list[Signal]] = {}
    for signal in market.tables.load("signals", Signal):
        if signal.kind == "pain":
            signals.setdefault(signal.utterance_id, []).append(signal)
    counts: Counter[str] = Counter()
    for utterance in utterances:
        own = [
            (at, at + len(text), rung)
            for text, rung in truth.get(utterance.person_id, ())
            if (at := _find(utterance, text)) >= 0
        ]
        found = signals.get(utterance.utterance_id, [])
        counts["labelled"] += len(own)
        counts["signals"] += len(found)
        for start, end, rung in own:
            covered = [(_overlap(start, end, s), s) for s in found]
            counts["found"] += 2 * sum(shared for shared, _ in covered) >= end - start
            if covered and (best := max(covered, key=lambda pair: pair[0]))[0]:
                counts["ranked"] += 1
                counts["within"] += abs(best[1].strength - rung) <= 1
        for signal in found:
            shared = sum(_overlap(start, end, signal) for start, end, _ in own)
            counts["right"] += 2 * shared >= signal.end - signal.start
    return (
        counts["right"] / max(counts["signals"], 1),
        counts["found"] / max(counts["labelled"], 1),
        counts["within"] / max(counts["ranked"], 1),
    )


def _find(utterance: Utterance, sentence: str) -> int:
    """Find a labelled sentence in an utterance's own words; -1 where it is not."""
    at = utterance.text.find(sentence)
    while at >= 0 and any(start <= at < end for start, end in utterance.not_own):
        at = utterance.text.find(sentence, at + 1)
    return at


def _overlap(start: int, end: int, signal: Signal) -> int:
    return max(0, min(end, signal.end) - max(start, signal.start))
