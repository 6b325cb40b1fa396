"""Which paragraphs are cited: set in quotation marks, or announced as what a person or a program says?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from overheard.records import Span
from overheard.signals.own_words.lines import Line

_OPENING, _CLOSING = '"“„«', '"”“»'
_MARKS = frozenset(_OPENING + _CLOSING)
_QUOTATION = re.compile(
    rf"[{_OPENING}]\s?"
    # Within it, marks stand at words and a sentence goes on after them.
    rf"(?:[^{_OPENING}{_CLOSING}]|[{_OPENING}{_CLOSING}](?=\w)|(?<=\w)[{_CLOSING}](?=[ ,.]{{1,3}}[a-z])){{12,4000}}"
    rf"[{_CLOSING}'](?:[.,!]|\s[-–—~]\s?.{{2,30}})?$"
)
_SHORTEST_QUOTATION = 40
"""Characters; shorter ones are as often a word used with care."""
_MOST_QUOTED_LINES = 12
# "- Ann Baker" below a quotation says whose it is.
_WHOSE = re.compile(r"[-–—~]{1,2}\s?[A-ZÀ-Þ][\w.'’-]{0,30}(?:,? [\w.'’-]{1,30}){0,5}")
_LETTER = re.compile(r"[^\W\d_]")
# Where people tell a scene, what is said in it is their telling.
_TOLD_SPEECH = re.compile(
    r"\b(?:said|asked|replied|yelled|shouted|answered|told (?:me|him|her|them)"
    r"|(?:I|he|she|they) (?:say|says|ask|asks))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:he|she|her|him)\b", re.IGNORECASE)
_FEWEST_TOLD, _FEWEST_OTHERS = 2, 3
_LONGEST_SPEECH = 400
"""Characters; in a scene people say less at a time, so more is a letter."""
# "My colleague wrote:", "the page reads:"; what I said or replied is my own.
_CUE_OF_PERSON = re.compile(
    r"(?<!\bI )(?<!\bmy )\b(?:says|said|wrote|writes|reads|states|stated|replied|responded|answered|told me"
    r"|quote[ds]?)\b[^:.!?]{0,20}:\W*$|(?<!\bmy )\b(?:response|reply|answer)\s?:\W*$",
    re.IGNORECASE,
)
_CUE_OF_MACHINE = re.compile(
    r"\b(?:errors?|messages?|warnings?|alert|notification|prompt|outputs?|logs?|console|pop-?ups?|pops up|says|shows"
    r"|reads|displays|displayed|returns)\b[^:.!?]{0,40}:\W*$",
    re.IGNORECASE,
)
_LONGEST_CUE, _COLON_WITHIN = 160, 4
_LIST_ITEM = re.compile(r"(?:[-*•+·]|\(?\w{1,2}[.)])\s")
_OF_WRITER = re.compile(r"\b(?:I|I'm|I've|my|me|we|our)\b|\?|https?://")
# A message of several lines speaks to its reader.
_SPOKEN_TO = re.compile(r"\b(?:you|your|please|we'll|we're|try again)\b", re.IGNORECASE)
_MOST_MESSAGE_LINES = 3
_LONGEST_MESSAGE = 400


def find_cited(lines: Sequence[Line], are_known: Sequence[bool]) -> Iterator[Span]:
    """Yield the spans that are cited as paragraphs of their own.

    A text that is nothing but one quotation is its author's, and so are the lines of a told scene.

    Args:
        lines: the text's lines.
        are_known: for each line, whether it is known to be nobody's running words.
    """
    ends = [_end_of_quotation(lines, index, are_known) for index in range(len(lines))]
    is_scene = any(first is not None and second is not None for first, second in pairwise(ends))
    is_story = is_scene or _is_story(lines)
    is_all = _is_all_quotation(lines, ends, are_known)
    message_lines = 0
    cited_to = -1
    for index, line in enumerate(lines):
        above = lines[index - 1].body[-_LONGEST_CUE:] if index and not are_known[index - 1] else ""
        is_cued = ":" in above[-_COLON_WITHIN:]
        by_person = is_cued and _CUE_OF_PERSON.search(above) is not None
        by_machine = is_cued and _CUE_OF_MACHINE.search(above) is not None
        end = None if is_all else ends[index]
        goes_on = 0 < message_lines < _MOST_MESSAGE_LINES and _SPOKEN_TO.search(line.body) is not None
        is_message = not are_known[index] and end is None and (by_machine or goes_on) and _is_message(line.body)
        message_lines = message_lines + 1 if is_message else 0
        if are_known[index]:
            continue
        is_below = index > 0 and cited_to == lines[index - 1].end
        if end is not None:
            size = end - line.start
            is_letter = size >= _LONGEST_SPEECH and not is_scene
            if is_letter or (not is_story and (is_cued or size >= _SHORTEST_QUOTATION)):
                yield line.start, end
                cited_to = end
        elif (
            is_message
            or (is_below and _WHOSE.fullmatch(line.body))
            or (by_person and not is_story and _is_saying(line.body))
        ):
            yield line.start, line.end


def _is_all_quotation(lines: Sequence[Line], ends: Sequence[int | None], are_known: Sequence[bool]) -> bool:
    """Say whether every word asked about stands in paragraphs of quotation marks: then their author means all."""
    quoted_to = 0
    for line, end, known in zip(lines, ends, are_known, strict=True):
        quoted_to = max(quoted_to, end or 0)
        if not known and line.start >= quoted_to and _LETTER.search(line.body):
            return False
    return True


def _is_story(lines: Sequence[Line]) -> bool:
    """Say whether people speak in what is told."""
    told = sum(len(_TOLD_SPEECH.findall(line.body)) for line in lines)
    return told >= _FEWEST_TOLD or (
        told > 0 and sum(len(_OTHERS.findall(line.body)) for line in lines) >= _FEWEST_OTHERS
    )


def _is_message(body: str) -> bool:
    """Say whether a line announced as a program's message can be one: no question, nothing of the writer."""
    return len(body) <= _LONGEST_MESSAGE and not _OF_WRITER.search(body) and not _LIST_ITEM.match(body)


def _is_saying(body: str) -> bool:
    """Say whether a line announced as what somebody says can be that: no item of a list, no mere word."""
    return len(body) >= _SHORTEST_QUOTATION and not _LIST_ITEM.match(body)


def _end_of_quotation(lines: Sequence[Line], index: int, are_known: Sequence[bool]) -> int | None:
    """Return the character after the quotation that line `index` begins with, where nothing else stands there."""
    body = lines[index].body
    if are_known[index] or body[0] not in _OPENING:
        return None
    found = _QUOTATION.match(body)
    if found:
        return lines[index].start + found.end()
    if not _MARKS.isdisjoint(body[1:]):
        return None
    for below in lines[index + 1 : index + 1 + _MOST_QUOTED_LINES]:
        if not _MARKS.isdisjoint(below.body):
            is_closed = below.body[-1] in _CLOSING and _MARKS.isdisjoint(below.body[:-1])
            return below.end if is_closed else None
    return None
