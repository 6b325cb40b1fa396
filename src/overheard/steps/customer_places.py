"""Which segment is each customer in? The one their posts put them in, else the one their answers would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from overheard.people.assigning import Assigner
from overheard.records import Answer, Membership
from overheard.steps.asked.assign import fit_texts, load_known
from overheard.steps.market import Market

BY_ANSWERS = "answers"
"""`Membership.method` of whoever was placed by what they answered."""
IN_OWN_WORDS = ("who benefits", "benefit", "hold-back", "text")


def place_customers(market: Market, answers: Sequence[Answer], places: Mapping[str, Membership]) -> list[Membership]:
    """Place everybody who answered in own words and is in no segment by what they said elsewhere.

    Args:
        market: with its segments.
        answers: what customers answered.
        places: where people are already, by person_id.

    Returns:
        One row a person who could be placed, by person_id. The feeling itself has no say in it: a segment whose people
        were picked by their love would be loved by construction.
    """
    texts: dict[str, list[str]] = {}
    for one in answers:
        if one.asked in IN_OWN_WORDS and one.person_id not in places:
            texts.setdefault(one.person_id, []).append(one.text)
    fitted = fit_texts(load_known(market), closely=True) if texts else ""
    if not isinstance(fitted, Assigner):
        return []
    people = sorted(texts)
    found = fitted.assign(["\n".join(texts[person]) for person in people])
    return [
        Membership(person, one.segment_id, one.probability, BY_ANSWERS, market.night, None)
        for person, one in zip(people, found, strict=True)
        if one.segment_id is not None
    ]


def open_places(memberships: Iterable[Membership]) -> dict[str, Membership]:
    """Return each person's present place, by person_id."""
    return {one.person_id: one for one in memberships if one.valid_to is None and one.segment_id is not None}
