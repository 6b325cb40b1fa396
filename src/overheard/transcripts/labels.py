"""Which words before a colon are a speaker? One rule for cues and for text files.

A label is believed when it looks like a name and comes back, or is what transcripts call a speaker ("Interviewer").
Traps: "Note:", "For example:", a heading in the middle, a clock time, an address (`https:`), a numbered question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from overheard.transcripts.parts import is_question, is_role, lettered_pair, names_nobody, stem_of, words_of

_CHANGE = re.compile(r"\s*(?:>>+|[-–—](?=\s)|[-–—](?=[A-Z][\w.' -]{0,40}:\s))\s*")
_LABEL = re.compile(
    r"\s*+(?:[\[(](?P<code>[^\[\]():]{1,60})[\])]|(?P<name>[^:：\[\]<>{}|=\"“”?!;*]{1,60}))\s*+[:：](?=\s|$|(?<=：))\s*(?P<rest>.*)"
)
_CODE_ALONE = re.compile(r"\s*[\[(](?P<code>[^\W\d][^\[\]():]{0,30}\d)[\])]\s+(?P<rest>\S.*)")
_CODE = re.compile(r"[a-z]{1,3}_?\d{1,3}")
_NEVER_FIRST = frozenset({"and", "of", "the", "y", "zu", "&"})
_LONGEST = 50
_MOST_WORDS = 5
_LOWER_CASE_USES = 3
_LOWER_CASE_SHARE = 0.15
"""Of the file's lines. Who types fast writes `sarah:`; an ordinary word before a colon does not come back so often."""
_FEWEST_SHARE = 0.02
_ALONE_SHARE = 0.25
"""Of a file's cues or paragraphs, what all speakers' labels open; of its lines, one speaker's where there is no other.
Below it, what comes back is a name people talk about (a sponsor before a colon, twice in an hour)."""
_LABELLED_SHARE = 0.5
_SCRIPT_SHARE = 0.9
"""Of the cues or paragraphs that open with a name that comes back; above it a full name seen once is one more speaker.
Of a text file's lines that open with anything like a name; above it every line is a turn, and each label a speaker."""


def split_change(line: str) -> tuple[bool, str]:
    """Split off the sign that somebody else speaks now (`>>`, or a dash before a space): is it there, the rest."""
    found = _CHANGE.match(line)
    return (True, line[found.end() :]) if found else (False, line)


def split_label(line: str) -> tuple[str | None, str]:
    """Split a line into what may be a speaker and the words; (None, line) where nothing opens it.

    `Name: words`, `[SPEAKER_00]: words`, and `[SPEAKER_00] words` of somebody who is but counted.
    """
    found = _LABEL.fullmatch(line)
    if not found:
        code = _CODE_ALONE.fullmatch(line)
        return (clean_name(code["code"]), code["rest"]) if code and names_nobody(code["code"]) else (None, line)
    return clean_name(found["code"] or found["name"]), found["rest"]


def clean_name(text: str) -> str:
    """Return a name as shown: single spaces, no brackets' or markup's remains at its ends."""
    return " ".join(text.split()).strip("*_:,- ")


def is_heading(label: str) -> bool:
    """Say whether this is known to introduce something else than a turn: "Date", "Note", "Step 2"."""
    return stem_of(label) in words_of("not_speakers") or label.casefold() in words_of("not_speakers")


def is_name_shaped(label: str) -> bool:
    """Say whether a label could be a name: few words, each capitalised or a particle, no end of a sentence inside."""
    words = label.split()
    if not words or len(words) > _MOST_WORDS or len(label) > _LONGEST or label[-1] in "?!？！" or is_heading(label):
        return False
    if is_role(label) or _CODE.fullmatch(label.casefold()):
        return True
    first = words[0].rstrip(",").casefold()
    if not first.lstrip("(@#'’")[:1].isalpha() or first in _NEVER_FIRST or is_heading(first):
        return False
    # A comma stands before a title or a place ("Ines Vale, PhD"), and only once.
    ends = [word[-1] for word in words[:-1]]
    return ends.count(",") <= 1 and "…" not in ends and all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    letters = word.lstrip("(@#'’“").rstrip(").,'’")
    if not letters or letters.casefold() in words_of("particles") or letters.isdigit():
        return True
    return letters[0].isalpha() and (not letters[0].islower() or word.startswith(("(", "@")))


def speakers_among(labels: Sequence[str], lines: int, paragraphs: int | None = None) -> dict[str, str]:
    """Choose the labels that are speakers.

    Args:
        labels: every label of the file that stands at the start of a line, as often as it stands there.
        lines: lines with words in the file, > 0.
        paragraphs: of a text file, whose lines may be broken by hand; None for cues. A text has nothing but names to
            mark its turns: where about each line opens with one, a name is believed at once.

    Returns:
        Label → speaker's name, which differs where questions are numbered ("Question 7" → "Question").
    """
    uses = Counter(labels)
    series = _numbered_series(uses)
    shaped = {label for label in uses if is_name_shaped(label) and label not in series}
    found = {label for label in shaped if uses[label] > 1 or (is_role(label) and len(labels) > 1)}
    # "I: …" is somebody's thought, unless "P: …" answers it, again and again.
    if pair := lettered_pair([label for label in uses if uses[label] > 1]):
        found |= {label for label in uses.keys() - series.keys() if stem_of(label) in pair and label[:1].isupper()}
    for label in uses.keys() - shaped - series.keys():
        words = label.split()
        often = uses[label] >= max(_LOWER_CASE_USES, _LOWER_CASE_SHARE * lines)
        if often and len(words) <= 2 and all(word.isalpha() for word in words) and not is_heading(label):
            found.add(label)
    pieces = paragraphs or lines
    if sum(uses[label] for label in found) >= _LABELLED_SHARE * pieces and len(found) > 1:
        found |= {label for label in shaped if len(label.split()) > 1}
    if paragraphs and len(shaped) > 1 and sum(uses[label] for label in shaped) >= _SCRIPT_SHARE * lines:
        found |= shaped
    opened = sum(uses[label] for label in (*found, *series))
    least = _FEWEST_SHARE * pieces if len(found) + len(series) > 1 else _ALONE_SHARE * lines
    if opened < least and not any(is_role(label) for label in found):
        return {}
    return {label: label for label in sorted(found)} | series


def _numbered_series(uses: Counter[str]) -> dict[str, str]:
    """Find labels that count up, each used once: three or more numbered questions are one asker, not three people."""
    by_stem: dict[str, list[tuple[int, str]]] = {}
    for label in uses:
        found = re.fullmatch(r"(.*?\D)\s*(\d{1,3})", label)
        if found and (is_question(label) or not (is_role(label) or is_heading(label))):
            by_stem.setdefault(found[1].strip(" #-_."), []).append((int(found[2]), label))
    series: dict[str, str] = {}
    for stem, numbered in by_stem.items():
        numbers = [number for number, _ in numbered]
        is_once = all(uses[label] == 1 for _, label in numbered)
        if stem and len(numbers) > 2 and is_once and numbers == sorted(numbers) and is_name_shaped(stem):
            series |= {label: stem for _, label in numbered}
    return series
