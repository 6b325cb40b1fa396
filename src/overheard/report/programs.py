"""The report as JSON, for programs."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from importlib import resources
from typing import Any

from overheard.report.affinity_files import affinity_json
from overheard.report.decision.files import decision_json
from overheard.report.drafts.files import drafts_json
from overheard.report.json_parts import line_json, quote_json, share_json
from overheard.report.level_view import GroupView, Regrouped
from overheard.report.persona_files import persona_json
from overheard.report.references import ReferencesView
from overheard.report.said.compose import WHOLE
from overheard.report.said.files import said_json
from overheard.report.since import SinceView
from overheard.report.swap_files import swaps_json
from overheard.report.tables import term_numbers
from overheard.report.term_view import TermView
from overheard.report.validity import SegmentationView
from overheard.report.view import ChangesView, HeardView, PainView, ReportView, SegmentView, VoiceView

SCHEMA = 1
"""Raised when a field of report.json changes its name or meaning; a new field leaves it."""

SCHEMA_FILE = "report.schema.json"

CHANGE_FIELDS = ("kind", "name", "what", "evidence")


def report_schema() -> bytes:
    """Return the JSON Schema (draft 2020-12) of report.json."""
    return (resources.files("overheard.report") / SCHEMA_FILE).read_bytes()


def report_json(view: ReportView) -> bytes:
    """Write the report as JSON: UTF-8, sorted keys, no NaN.

    Its fields are those of report.schema.json, which lies beside it. Anything hidden for smallness is null or absent,
    and counted in `hidden_segments`, `hidden_pains`.
    """
    content = {
        "schema": SCHEMA,
        "report_id": view.report_id,
        "market": view.market,
        "brief": view.brief,
        "in_short": view.in_short,
        "heard": _heard_json(view.heard),
        "segments": [
            _segment_json(one)
            | {
                "references": _references_json(view.references[one.segment_id]),
                "persona": persona_json(view.personas[one.segment_id]),
                "swaps": swaps_json(view.swaps[one.segment_id]),
                "said": said_json(view.said[one.segment_id]),
                "drafts": drafts_json(view.drafts[one.segment_id]),
                "gates": [_fields(gate, "name", "outcome", "reason") for gate in view.validity[one.segment_id].gates],
                "measured": {what: value for what, value, _ in view.validity[one.segment_id].figures},
            }
            for one in view.segments
        ],
        "segmentation": _segmentation_json(view.segmentation),
        "hidden_segments": view.hidden_segments,
        "why_no_segments": view.why_no_segments,
        "unplaced": {
            "share": share_json(view.unplaced.share),
            "reasons": [{"why": why, "people": people} for why, people in view.unplaced.reasons],
            "asks": [_fields(one, "question_id", "options", "people", "settled") for one in view.unplaced.asks],
        },
        "pains": [_pain_json(one) for one in view.pains],
        "hidden_pains": view.hidden_pains,
        "last_doubling": asdict(view.last_doubling),
        "levels": [{"level": one.level, "groups": [_group_json(group) for group in one.groups]} for one in view.levels],
        "terms": [_term_json(one) for one in view.terms],
        "voices": [_voice_json(one) for one in view.voices],
        "changes": _changes_json(view.changes),
        "regrouped": _regrouped_json(view.last_regrouped),
        "rules": dict(view.rules),
        "said": said_json(view.said[WHOLE]),
        "since": _since_json(view.since),
        "decision": decision_json(view.decision),
        "affinity": affinity_json(view.affinity),
    }
    text = json.dumps(_finite(content), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8", errors="replace")


def _heard_json(one: HeardView) -> dict[str, Any]:
    counts = _fields(one, "people", "posts", "all_posts", "threads", "undated", "sentences", "unfitting")
    return counts | {
        **_fields(one, "first_day", "last_day"),
        "missing": list(one.missing),
        "sources": [_fields(source, "name", "threads", "posts", "people") for source in one.sources],
        "left_out": [
            _fields(group, "who", "why", "people", "posts")
            | {"evidence": [{"rule": rule, "people": people} for rule, people in group.evidence]}
            for group in one.left_out
        ],
        "loudest": _fields(one.loudest, "person", "threads", "of_threads") if one.loudest else None,
        "skips": [_fields(skip, "step", "source", "why", "count", "places") for skip in one.skips],
        "taken": [
            _fields(taken, "source", "is_answers", "sentences")
            | {"kinds": {kind: [round(value, 4) for value in pair] for kind, pair in taken.kinds.items()}}
            for taken in one.taken
        ],
    }


def _changes_json(one: ChangesView | None) -> dict[str, Any] | None:
    if one is None:
        return None
    lines = [dict(zip(CHANGE_FIELDS, line, strict=True)) for line in one.lines]
    return _fields(one, "night", "is_first", "hidden") | {"lines": lines}


def _regrouped_json(one: Regrouped | None) -> dict[str, Any] | None:
    if one is None:
        return None
    lines = [_fields(change, *CHANGE_FIELDS) for change in one.changes]
    return _fields(one, "night") | {"lines": lines, "hidden": one.more + one.hidden}


def _since_json(one: SinceView | None) -> dict[str, Any] | None:
    if one is None:
        return None
    by_segment = {segment_id: list(lines) for segment_id, lines in one.by_segment.items()}
    return _fields(one, "night", "is_accepted", "lines") | {"by_segment": by_segment}


def _segment_json(one: SegmentView) -> dict[str, Any]:
    return _fields(one, "segment_id", "name", "words", "hidden_pains", "posts", "threads", "missing", "first_day",
                   "last_day") | {
        "share": share_json(one.share),
        "stability": one.stability.value,
        "stability_word": one.stability.word,
        "verdict": one.verdict.standing,
        "reasons": one.verdict.reasons,
        "top_pains": [pain.pain_id for pain in one.top_pains],
        "pains": [_pain_json(pain) for pain in one.pains],
        "terms": [_term_json(term) for term in one.terms.all],
        "checked": one.terms.checked,
        "one_voice": [_fields(term, "text", "people", "uses", "voices", "threads") for term in one.terms.one_voice],
        "voices": [_voice_json(voice) for voice in one.voices],
        "sources": [_fields(source, "name", "threads", "posts", "people") for source in one.sources],
        "loudest": {"sentences": one.loudest[0], "of": one.loudest[1]},
    }  # fmt: skip


def _segmentation_json(one: SegmentationView | None) -> dict[str, Any] | None:
    if one is None:
        return None
    names = ("segments", "placed", "separation", "by_chance", "stability", "is_chosen")
    return {
        "kind": one.kind,
        "found_on": one.found_on,
        "measured": {what: value for what, value, _ in one.figures},
        "trials": [dict(zip(names, trial, strict=True)) for trial in one.trials],
    }


def _references_json(one: ReferencesView) -> dict[str, Any]:
    measured = ("people", "internal", "external", "index", "expected", "met", "p", "q")
    return {
        "level": one.level,
        **(_fields(one.measured, *measured) if one.measured else dict.fromkeys(measured)),
        "kinds": [{"kind": kind.kind, "references": kind.ties, "people": kind.people} for kind in one.kinds],
        "turned_to": [
            _fields(voice, "people", "threads") | {"quotes": [quote_json(quote) for quote in voice.quotes]}
            for voice in one.turned_to
        ],
        "between": [
            {"segment_number": other.number, "references": other.ties} for other in one.neighbours if not other.is_own
        ],
    }


def _pain_json(one: PainView) -> dict[str, Any]:
    return _fields(one, "pain_id", "name", "words", "sources", "threads") | {
        "share": share_json(one.share),
        "rungs": one.rungs,
        "rung_people": [_fields(part, "words", "count") for part in one.ladder.parts],
        "quotes": [quote_json(quote) for quote in one.quotes],
        **_fields(one, "confidence", "why_confidence"),
        "forces": [{"what": what, "people": people} for what, people in one.forces],
        "trend": one.trend and {"word": one.trend.word, "times": [share_json(share) for share in one.trend.times]},
    }


def _group_json(one: GroupView) -> dict[str, Any]:
    return _fields(one, "group_id", "parent_id", "name") | {
        "share": share_json(one.share),
        "pains": [pain_id for pain_id, _, _ in one.pains],
        "quote": one.quote and quote_json(one.quote),
    }


def _term_json(one: TermView) -> dict[str, Any]:
    told: dict[str, Any] = (
        {"sure": one.figures.sure, "spread": one.figures.spread} if one.figures else {"sure": "", "spread": ""}
    )
    fields = ("group_id", "often", "uses", "effect", "low", "high", "z", "kind", "first_said", "last_said")
    told |= _fields(one, *fields) | term_numbers(one)
    return told | {
        "term": one.text,
        "here": share_json(one.here),
        "others": share_json(one.others),
        "lines": [line_json(line) for line in one.lines],
    }


def _voice_json(one: VoiceView) -> dict[str, Any]:
    return _fields(one, "kind", "people", "of") | {"quotes": [quote_json(quote) for quote in one.quotes]}


def _fields(record: object, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _finite(value: Any) -> Any:
    """Round floats to four places, which is more than the data hold, and turn infinities into null."""
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return value
