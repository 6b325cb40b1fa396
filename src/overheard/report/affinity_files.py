"""Who is like whom, as a table and for programs."""

from __future__ import annotations

from typing import Any

from overheard.report.affinity_view import AffinityView
from overheard.report.tables import Cell, address_of, csv_of

AFFINITY_CSV = "affinity.csv"


def affinity_csv(view: AffinityView) -> bytes:
    """One row two people and pair of quotes, the most alike first; people who share no quote have one row."""
    header = ("rank", "number_1", "person_1", "person_id_1", "number_2", "person_2", "person_id_2", "likeness", "group",
              "pains", "quote_1", "url_1", "date_1", "quote_2", "url_2", "date_2")  # fmt: skip
    people = {one.number: one for one in view.people}
    rows: list[list[Cell]] = []
    for pair in view.pairs:
        first, second = people[pair.first], people[pair.second]
        who: list[Cell] = [pair.rank, first.number, first.person, first.person_id, second.number, second.person,
                           second.person_id, pair.likeness, pair.group, "; ".join(pair.pains)]  # fmt: skip
        for mine, theirs in pair.both:
            rows.append([*who, mine.text, address_of(mine), mine.said_on, theirs.text, address_of(theirs),
                         theirs.said_on])  # fmt: skip
        rows += [[*who, *[""] * 6]] if not pair.both else []
    return csv_of(header, rows)


def affinity_json(view: AffinityView | None) -> dict[str, Any] | None:
    """Return who is like whom without a word anybody said: report.json quotes nobody alone."""
    if view is None:
        return None
    return {
        "people": len(view.people),
        "too_little": view.too_little,
        "left_out": view.left_out,
        "needed": view.needed,
        "are_segments": view.are_segments,
        "groups": [
            {"name": group.name if view.are_segments else "", "numbers": group.numbers} for group in view.groups
        ],
        "pairs": [
            {"first": pair.first, "second": pair.second, "likeness": pair.likeness, "shared_quotes": len(pair.both)}
            for pair in view.pairs
        ],
    }
