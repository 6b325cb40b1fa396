"""Membership over time: what was known then stays readable beside what is known now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from overheard.records import Membership


def continue_memberships(before: Sequence[Membership], tonight: Sequence[Membership], night: date) -> list[Membership]:
    """Carry the dated table on by one night.

    A membership whose segment is unchanged goes on with tonight's probability; one that changed, or whose person is
    gone, ends tonight; a new one begins tonight.

    Args:
        before: the table so far; at most one open row (`valid_to` None) a person.
        tonight: one row a person.
        night: the date of this run.

    Returns:
        The whole table, by person and date.
    """
    ended = [row for row in before if row.valid_to is not None]
    was = {row.person_id: row for row in before if row.valid_to is None}
    table = list(ended)
    for row in tonight:
        old = was.pop(row.person_id, None)
        if old is not None and old.segment_id == row.segment_id:
            table.append(replace(row, valid_from=old.valid_from))
        else:
            table.append(replace(row, valid_from=night))
            # What began and ended within one night never held.
            if old is not None and old.valid_from < night:
                table.append(replace(old, valid_to=night))
    table += [replace(old, valid_to=night) for old in was.values() if old.valid_from < night]
    return sorted(table, key=lambda row: (row.person_id, row.valid_from))
