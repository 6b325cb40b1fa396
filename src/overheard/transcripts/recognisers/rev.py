"""Rev and Rev AI: monologues of speakers, made of text and signs; times in seconds or as clocks.

Reads: `monologues[]` with `speaker` and `elements[]` (`type` text, punct or unknown; `value`; `ts` or `timestamp`);
names from `speakers[]` (`id`, `name`), `speaker_info.display_name` or `speaker_name`.
Seen: documented only.
Traps: signs hold the spaces between words, so values are put side by side as they are; `<inaudible>` is of type
unknown and stays.
"""

from __future__ import annotations

from typing import Any

from overheard.records import Reading
from overheard.transcripts.payload import Row, first_of, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import Speech, read_turns


def recognises(content: Content) -> bool:
    """Say whether there are monologues."""
    return any("elements" in row for row in rows_of(member(content.data, "monologues")))


def read_rev(content: Content) -> Reading:
    """Read the turns."""
    names = _names(content.data)
    speeches = []
    for monologue in rows_of(content.data["monologues"]):
        elements = rows_of(monologue.get("elements"))
        values = [element.get("value") for element in elements]
        text = " ".join("".join(value for value in values if isinstance(value, str)).split())
        starts = [milliseconds_of(first_of(element, "ts", "timestamp")) for element in elements]
        start = next((start for start in starts if start is not None), None)
        speeches.append(Speech(_speaker(monologue, names), text, start))
    return Reading(content.place, read_turns(speeches))


def _names(data: Any) -> dict[str, str]:
    rows = rows_of(member(data, "speakers"))
    return {str(row.get("id")): text_of(row.get("name")) for row in rows if text_of(row.get("name"))}


def _speaker(monologue: Row, names: dict[str, str]) -> str | None:
    told = text_of(member(monologue, "speaker_info", "display_name")) or text_of(monologue.get("speaker_name"))
    number = monologue.get("speaker")
    return told or names.get(str(number)) or speaker_of(number)


READER = Reader("Rev", recognises, read_rev)
