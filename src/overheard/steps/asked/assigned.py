"""Assignments as a CSV that spreadsheets open safely, and what a person is told of them."""

from __future__ import annotations

import csv
import os
import string
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from overheard.people.assigning import ASKED, NONE_OF_THESE, AnswerKey, Check
from overheard.report.tables import guarded
from overheard.steps.asked.assign import Assigned, Known, Plan

HEADER = ("segment_id", "segment", "probability", "why", "words", "reason", "quote_id", "quote", "ask")
"""Columns after the row's own id; `ask` is the question that would best settle who is in no segment."""


_HARDLY = 0.01
"""Of people; a share right of so few is luck."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows: of each segment by id, of those without one by the reason, and by what to ask."""

    rows: int
    problems: int
    segments: Mapping[str, int]
    reasons: Mapping[str, int]
    asks: Mapping[str, int] = field(default_factory=dict)


def write_assigned(plan: Plan, path: Path, rows: Iterable[Assigned]) -> Counts:
    """Write a CSV; it appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            counts = print_assigned(plan, stream, rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return counts


def print_assigned(plan: Plan, stream: TextIO, rows: Iterable[Assigned]) -> Counts:
    """Write the rows as CSV to a stream, in the order of the file."""
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    # A column of the customers' file may be called as one of ours.
    name = plan.id_column or "line"
    writer.writerow([guarded(f"{name} (yours)" if name in HEADER else name), *HEADER])
    segments: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    count = 0
    for row in rows:
        count += 1
        one = row.assignment
        if one.segment_id is None:
            reasons[one.why] += 1
            asks[row.ask] += bool(row.ask)
        else:
            segments[one.segment_id] += 1
        cells = [row.row_id, one.segment_id or "", row.segment, one.why, "; ".join(one.words)]
        cells += [one.reason, row.quote_id, row.quote, row.ask]
        texts = [guarded(cell) for cell in cells]
        writer.writerow([*texts[:3], round(one.probability, 3), *texts[3:]])
    return Counts(
        count,
        plan.file.found.problems,
        dict(segments.most_common()),
        dict(reasons.most_common()),
        dict((+asks).most_common()),
    )


def lines_of_plan(plan: Plan) -> list[str]:
    """Say how a file is read and how far to trust what comes of it."""
    kind = {"words": "text", "closely": "text", "answers": "answers"}[plan.how]
    lines = [f"{plan.file.found.rows} rows; {kind} read from {_named(plan.taken)}; ignored: {_named(plan.ignored)}"]
    lines.append(f"rows are told apart by {_named((plan.id_column,)) if plan.id_column else 'their line'}")
    if plan.check is None:
        return [*lines, f"nobody is assigned: {plan.reason}"]
    chosen = "by what their own words would pick (these questions were chosen with the same people)"
    return [*lines, *_lines_of_check(plan.check, chosen if plan.how == "answers" else "on people left out")]


def _lines_of_check(check: Check, how: str) -> list[str]:
    lines = [
        f"{how}, {check.accuracy:.0%} of {check.people} people fall into their own segment"
        f" (naming the largest: {check.chance:.0%})"
    ]
    if check.coverage >= _HARDLY:
        lines.append(f"with the unsure left out, {check.coverage:.0%} are assigned and {check.right:.0%} of them right")
    else:
        lines.append("no least probability keeps four in five assigned rows right: hardly anybody will be assigned")
    return lines


def lines_of_counts(known: Known, counts: Counts) -> list[str]:
    """Say what became of the rows."""
    assigned = sum(counts.segments.values())
    lines = [f"{assigned} of {counts.rows} rows assigned"]
    lines += [f"  {count:7}  {known.names[segment_id]} ({segment_id})" for segment_id, count in counts.segments.items()]
    lines += [f"  {count:7}  no segment: {why}" for why, count in counts.reasons.items()]
    if counts.asks:
        told = ", ".join(f"{question_id} ({count})" for question_id, count in counts.asks.items())
        lines.append(f"ask them next, one question each: {told}; overheard assign MARKET --questions prints these")
    if counts.problems:
        lines.append(f"{counts.problems} rows have a problem (too many or too few fields, or no JSON); all came out")
    return lines


def summary_of(known: Known, plan: Plan, counts: Counts) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "rows": counts.rows,
        "assigned": sum(counts.segments.values()),
        "segments": {key: {"name": known.names[key], "rows": count} for key, count in counts.segments.items()},
        "no_segment": dict(counts.reasons),
        "ask": dict(counts.asks),
        "problems": counts.problems,
        "how": plan.how,
        "taken": list(plan.taken),
        "ignored": list(plan.ignored),
        "id_column": plan.id_column,
        "check": asdict(plan.check) if plan.check else None,
    }


def asked_questions(known: Known, key: AnswerKey) -> list[dict[str, Any]]:
    """Return the questions as they are asked: each option with its letter, its sentence and whom it speaks for."""
    speaks_for = key.speaks_for()
    asked = []
    for question, quotes, table in zip(key.questions, key.quotes, key.tables, strict=True):
        options = [
            {
                "letter": string.ascii_lowercase[number],
                "sentence": quotes[number] or known.pain_names.get(pain_id, pain_id),
                "pain": known.pain_names.get(pain_id, pain_id),
                "segment_id": speaks_for[pain_id],
                "segment": known.names[speaks_for[pain_id]],
                "picked_by": dict(zip(key.segment_ids, table[:, number].round(3).tolist(), strict=True)),
            }
            for number, pain_id in enumerate(question.pain_ids)
        ]
        asked.append({"question_id": question.question_id, "asked": ASKED, "options": options})
    return asked


def lines_of_questions(known: Known, key: AnswerKey) -> list[str]:
    """Return the questions to read out, how far to trust them, and which answer speaks for which segment."""
    asked = asked_questions(known, key)
    lines = [ASKED]
    for question in asked:
        lines += ["", f"{question['question_id']}:"]
        lines += [f"  {option['letter']}) {option['sentence']}" for option in question["options"]]
        lines.append(f"  {string.ascii_lowercase[len(question['options'])]}) {NONE_OF_THESE}")
    how = "by what their own words would pick"
    lines += ["", *_lines_of_check(key.check, how)]
    for segment_id, recall, people in key.check.recall:
        lines.append(f"  {recall:4.0%} of {people:3}  {known.names[segment_id]} ({segment_id})")
    lines += ["", "answer → segment (share of its people who would pick it)"]
    for question in asked:
        for option in question["options"]:
            share = option["picked_by"][option["segment_id"]]
            lines.append(f"  {question['question_id']} {option['letter']} → {option['segment']} ({share:.0%})")
    return lines


def answers_header(key: AnswerKey) -> str:
    """Return the header of the file that answers are to be written into, one customer a row, one letter a cell."""
    return ",".join(["id", *(question.question_id for question in key.questions)]) + "\r\n"


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns) or "nothing"
