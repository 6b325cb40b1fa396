"""What a person does to a market's segments: list them, make them, rename, merge, move people, clear. It lasts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from overheard.errors import BadInputError, as_word
from overheard.people import BY_HAND
from overheard.privacy import Blotter
from overheard.records import Membership, Segment, SegmentEdit, SegmentEditAction, id_of
from overheard.report import short_person
from overheard.steps.affinity import compare_market_people
from overheard.steps.decisions.meant import find_meant
from overheard.steps.decisions.segment_file import (
    LONGEST_NAME,
    NAME,
    NOWHERE,
    QUOTES,
    PersonRow,
    read_choices,
    write_people,
)
from overheard.steps.decisions.segment_fits import STEP
from overheard.steps.market import Market
from overheard.steps.people import EDITS, load_evidence, segment_market_people
from overheard.steps.vectors import encode_market
from overheard.storage import write_atomically

REMOVED = "[removed]"


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment as listed; `stability` is None where it was not measured, `placed` counts people placed by hand."""

    segment_id: str
    name: str
    people: int
    stability: float | None
    placed: int


def list_segments(market: Market) -> list[SegmentRow]:
    """Return the segments, most people first."""
    placed = Counter(row.segment_id for row in _open_memberships(market) if row.method == BY_HAND)
    rows = [
        SegmentRow(one.segment_id, one.name, one.people, None if one.by_hand else one.stability, placed[one.segment_id])
        for one in _segments(market)
    ]
    return sorted(rows, key=lambda row: (-row.people, row.segment_id))


def write_segment_file(market: Market) -> Path:
    """Write MARKET/segments.csv: every person with pain sentences, those next to each other who are alike.

    A file with choices in it is left as it is: nobody has read it yet, for it is removed once it is followed.

    Raises:
        BadInputError: no people were looked at yet.
    """
    path = market.folder / NAME
    homes = {row.person_id: row.segment_id for row in _open_memberships(market)}
    if path.exists() and _has_choices(path, _people(market)):
        return path
    encode_market(market)  # what was collected since may hold sentences that have no vector yet
    evidence, _ = load_evidence(market)
    names = {one.segment_id: one.name for one in _segments(market)}
    alike = compare_market_people(market)
    groups = {one.person_id: f"group {one.group}" for one in alike.people if one.group}
    blots = Blotter(market.load_names().values())
    told: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(evidence):
        told[one.person_id].append(row)
    order = {one.person_id: at for at, one in enumerate(alike.people)}
    rows = []
    for person in sorted(set(told) & set(homes), key=lambda one: (order.get(one, len(order)), one)):
        own = sorted((evidence[row] for row in told[person]), key=lambda one: (-one.rung, -len(one.text), one.text))
        rows.append(
            PersonRow(
                person_id=person,
                person=short_person(person),
                segment_now=names.get(homes[person] or "", ""),
                proposal="" if homes[person] else groups.get(person, ""),
                sentences=len(own),
                threads=len({one.document_id for one in own}),
                quotes=tuple(_shown(one.text, blots) for one in own[:QUOTES]),
            )
        )
    write_atomically(path, write_people(rows), mode=0o600)
    return path


def _has_choices(path: Path, known: Mapping[str, str]) -> bool:
    try:
        return bool(read_choices(str(path), path.read_bytes(), known))
    except BadInputError:
        return True


def read_segment_file(market: Market, path: Path) -> int:
    """Follow a filled file and return how many people it placed anew.

    Raises:
        BadInputError: the file cannot be read or followed; nothing is written then.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        mend = f"write one with `overheard segments {as_word(market.folder)} edit`"
        raise BadInputError(str(path), error.strerror or "cannot be read", mend) from None
    homes = {row.person_id: row for row in _open_memberships(market)}
    gone = {row.person_id for row in market.load_finished(STEP, "memberships", Membership)} - set(homes)
    choices = read_choices(str(path), content, _people(market), gone)
    made: dict[str, tuple[str, str]] = {one.name.casefold(): (one.segment_id, one.name) for one in _segments(market)}
    taken = {one.segment_id for one in _segments(market)}
    edits = []
    for person, (_, choice) in sorted(choices.items(), key=lambda item: item[1]):
        if choice == NOWHERE:
            segment_id, name = "", ""
        else:
            segment_id, name = made.setdefault(choice.casefold(), (_new_id(choice, taken), choice))
            taken.add(segment_id)
        if (homes[person].segment_id or "", homes[person].method) != (segment_id, BY_HAND):
            edits.append(SegmentEdit(0, market.night, "place", segment_id, person, name=name))
    _write_down(market, edits)
    if path.resolve() == (market.folder / NAME).resolve():
        path.unlink()  # it quotes people, and another edit must not take up old choices
    return len(edits)


def edit_segment(market: Market, action: SegmentEditAction, one: str = "", other: str = "") -> None:
    """Write down what a person decided, and do it at once.

    Args:
        market: whose people were looked at.
        action: rename segment `one` to `other`, merge segment `other` into `one`, place person `one` in segment
            `other` (`NOWHERE`: in none), or clear what was decided of segment or person `one` ("": of all).
        one: a segment's name, its id or the beginning of it; a person's id or name in reports.
        other: likewise.

    Raises:
        BadInputError: no such segment or person, or it cannot be done; nothing is written then.
    """
    _write_down(market, [_edit(market, action, one, " ".join(other.split()))])


def _edit(market: Market, action: SegmentEditAction, one: str, other: str) -> SegmentEdit:
    place, night = str(market.folder), market.night
    if action == "clear":
        person = _people(market).get(one, "")
        segment_id = _find(market, one).segment_id if one and not person else ""
        return SegmentEdit(0, night, action, segment_id, person)
    if action == "place":
        person = _people(market).get(one, "")
        if not person:
            mend = f"the ids stand in {NAME}, see `overheard segments {as_word(market.folder)} edit`"
            raise BadInputError(place, f"no person is `{one[:80]}`", mend)
        home = None if other == NOWHERE else _find(market, other)
        return SegmentEdit(0, night, action, home.segment_id if home else "", person, name=home.name if home else "")
    segment = _find(market, one)
    if action == "rename":
        if not other or len(other) > LONGEST_NAME or other == NOWHERE:
            raise BadInputError(place, f"`{other[:80]}` is no name", f"give it 1 to {LONGEST_NAME} characters")
        if any(row.name.casefold() == other.casefold() and row != segment for row in _segments(market)):
            mend = "choose another name, or merge the two"
            raise BadInputError(place, f"another segment is named “{other}”", mend)
        return SegmentEdit(0, night, action, segment.segment_id, name=other)
    absorbed = _find(market, other)
    if absorbed == segment:
        raise BadInputError(place, f"“{segment.name}” cannot be merged with itself", "name two segments")
    return SegmentEdit(0, night, action, segment.segment_id, other_id=absorbed.segment_id, name=segment.name)


def _write_down(market: Market, edits: Sequence[SegmentEdit]) -> None:
    if not edits:
        return
    before = market.tables.load(EDITS, SegmentEdit)
    first = max((edit.number for edit in before), default=0) + 1
    numbered = [
        SegmentEdit(number, one.made_on, one.action, one.segment_id, one.person_id, one.other_id, one.name)
        for number, one in enumerate(edits, first)
    ]
    encode_market(market)  # what was collected since may hold sentences that have no vector yet
    market.tables.replace(EDITS, SegmentEdit, [*before, *numbered])
    segment_market_people(market)


def _segments(market: Market) -> list[Segment]:
    return market.load_finished(STEP, "segments", Segment)


def _open_memberships(market: Market) -> list[Membership]:
    rows = [row for row in market.load_finished(STEP, "memberships", Membership) if row.valid_to is None]
    if not rows:
        mend = f"overheard segment {as_word(market.folder)}"
        raise BadInputError(str(market.folder), "no people were looked at yet", mend)
    return rows


def _people(market: Market) -> Mapping[str, str]:
    return {
        key: row.person_id for row in _open_memberships(market) for key in (row.person_id, short_person(row.person_id))
    }


def _new_id(name: str, taken: set[str]) -> str:
    """Return an id that follows from the first name; another where a renamed segment has that one."""
    segment_id = id_of("segment by hand", name.casefold())
    return segment_id if segment_id not in taken else _new_id(f"{name} again", taken)


def _find(market: Market, asked: str) -> Segment:
    """Return the segment a person means."""
    segments = _segments(market)
    mend = f"make them with `overheard segments {as_word(market.folder)} edit`"
    names = {one.segment_id: one.name for one in segments}
    meant = find_meant(names, "segment", asked, str(market.folder), mend)
    return next(one for one in segments if one.segment_id == meant)


def _shown(text: str, blots: Blotter) -> str:
    for start, end in reversed(blots.find(text)):
        text = f"{text[:start]}{REMOVED}{text[end:]}"
    return " ".join(text.split())
