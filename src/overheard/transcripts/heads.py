"""What opens a line of a text transcript? A time, a name, both, or neither.

Versions seen:

    Name: words              Name (00:01): words      Name 0:12 (Otter)          **Name:** words     **Name**: words
    [00:01:02] Name: words   [Name] 10:12:05 (Zoom)   Speaker 1 (00:01): (Rev)   **Name** [0:12]     **Name**  0:12
    [00:12] [p1] words       00:00:12 words           ([00:12](https://…)) (Rev's pages)             \\[20:13\\] words
    **Name:** [00:12] words (Descript)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from overheard.transcripts.labels import clean_name, is_name_shaped, split_label

_TIME = r"\d{1,3}(?::\d{1,3}){1,2}(?:[.,]\d{1,6})?"
_RANGE = rf"{_TIME}(?:\s?(?:-->|[-–—])\s?{_TIME})?"
_ENCLOSED = rf"\(?\\?[\[(<]\s?{_RANGE}\s?\\?[\])>](?:\(https?://[^)\s]*\))?\)?"
_BARE = rf"{_RANGE}(?![\w%:/.,])"
_LEADING = re.compile(rf"(?:(?P<enclosed>{_ENCLOSED})|(?P<bare>{_BARE}))\s*(?:[-–—|:]\s+)?", re.ASCII)
_BULLET = re.compile(r"\A[-*•]\s+(?=\S)")
_BOLD = re.compile(
    rf"(\*\*|__)(?P<label>[^*_:\[\]\n]{{1,60}}?)\s*(?P<inner>{_ENCLOSED})?\s*(?P<colon>:?)\s*\1\s*"
    rf"(?P<colon_after>:?)\s*(?P<stamp>{_ENCLOSED}|{_BARE}(?=\s|$))?\s*:?(?:\s+|$)(?P<rest>.*)",
    re.ASCII,
)
_STAMPED = re.compile(
    rf"(?P<label>[^\W\d_][^\[\](){{}}<>:;!?\"*|]{{0,59}}?(?:\([^()]{{1,30}}\))?)\s*+[,|–—-]?\s*+"
    rf"(?:(?P<enclosed>{_ENCLOSED})|(?<=\s)(?P<bare>{_BARE}))\s*(?P<colon>:?)(?:\s+|$)(?P<rest>.*)"
)
_BRACKETED = re.compile(rf"\[(?P<label>[^\[\]:]{{1,60}})\]\s*(?P<stamp>{_ENCLOSED}|{_BARE})?\s*:?(?:\s+|$)(?P<rest>.*)")
_WIDE_GAP = re.compile(r"\s{20,}")
_FIRST_TIME = re.compile(_TIME, re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """A line, taken apart. `clock` and `label` are as written, None where there is none; `rest` are the words after.

    `is_marked`: markup or a time beside the label says that a turn begins; `is_bare`: the time stands at the start
    without brackets, as times in sentences do; `unlabelled`: the words where the label turns out to be none.
    """

    clock: str | None
    label: str | None
    rest: str
    unlabelled: str
    is_marked: bool = False
    is_bare: bool = False


def read_head(line: str) -> Head:
    """Take one line apart; whether its label is a speaker is for the whole file to say."""
    line = _WIDE_GAP.sub("  ", line.strip())
    leading = _LEADING.match(line)
    clock = first_time(leading[0]) if leading else None
    is_bare = bool(leading and leading["bare"])
    words = line[leading.end() :] if leading else line
    marked = _marked(_BULLET.sub("", words, count=1), bool(leading))
    if marked:
        label, stamp, rest = marked
        return Head(clock or first_time(stamp), clean_name(label), rest, words, is_marked=True, is_bare=is_bare)
    label_or_none, rest = split_label(_BULLET.sub("", words, count=1))
    if label_or_none is None:
        return Head(clock, None, words, words, is_bare=is_bare)
    after = _LEADING.match(rest)
    if after and after["enclosed"]:
        clock, rest = clock or first_time(after[0]), rest[after.end() :]
    return Head(clock, label_or_none, rest, words, is_bare=is_bare)


def _marked(words: str, is_timed: bool) -> tuple[str, str, str] | None:
    """Return label, stamp and words of a line whose label is bold, bracketed or has a time beside it."""
    if (found := _BOLD.fullmatch(words)) and _is_headlike(found, is_timed):
        return found["label"], found["inner"] or found["stamp"] or "", found["rest"]
    if (found := _BRACKETED.fullmatch(words)) and (found["stamp"] or is_timed):
        return found["label"], found["stamp"] or "", found["rest"]
    found = _STAMPED.fullmatch(words)
    if found and is_name_shaped(clean_name(found["label"])) and (found["enclosed"] or not found["rest"]):
        return found["label"], found["enclosed"] or found["bare"], found["rest"]
    return None


def _is_headlike(found: re.Match[str], is_timed: bool) -> bool:
    """Say whether bold words open a turn: a colon, a time or nothing stands beside them. Else they are emphasis."""
    beside = found["inner"] or found["colon"] or found["colon_after"] or found["stamp"]
    return bool(beside or is_timed or not found["rest"])


def first_time(text: str) -> str | None:
    """Return the first time of a clock in a text, as written; None where there is none."""
    found = _FIRST_TIME.search(text)
    return found[0] if found else None


def is_time(text: str) -> bool:
    """Say whether a text is a time, or a range of times, and nothing else."""
    found = _LEADING.fullmatch(text.strip())
    return bool(found)
