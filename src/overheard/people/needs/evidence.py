"""What is known of each person's needs: one row a pain sentence. No field says who somebody is, only what hurts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from overheard.settings import PeopleSettings


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence in which a person says what they need.

    `pain_id` is None where the sentence is in no pain; `rung` is 0-4; `row` is its row in the vectors that go with it,
    or None where it was not encoded (its words still count); `interview` says that its document is an interview, where
    one document is enough to know somebody by. `context` is what the person said around it: the rest of the post, given
    with one of the post's sentences only, so that every word counts once.
    """

    person_id: str
    document_id: str
    pain_id: str | None
    rung: int
    text: str
    row: int | None
    interview: bool = False
    context: str = ""


def rows_by_person(evidence: Sequence[Evidence]) -> dict[str, list[int]]:
    """Return person_id → rows of `evidence`, in an order that follows from what was said and where.

    Not from ids: they come from a secret key, and two markets of the same posts must find the same segments.
    """
    grouped: dict[str, list[int]] = defaultdict(list)
    for row in sorted(range(len(evidence)), key=lambda row: _place_of(evidence[row])):
        grouped[evidence[row].person_id].append(row)
    return dict(grouped)


def _place_of(one: Evidence) -> tuple[str, str, str, str]:
    return one.document_id, one.text, one.context, one.person_id


def is_enough(rows: Sequence[Evidence], settings: PeopleSettings) -> bool:
    """Tell whether one person's rows are enough to place them: signals, and distinct threads unless interviewed."""
    if len(rows) < settings.minimum_signals:
        return False
    documents = {one.document_id for one in rows}
    return len(documents) >= settings.minimum_documents or any(one.interview for one in rows)
