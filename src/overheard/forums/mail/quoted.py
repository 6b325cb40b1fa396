"""Which lines of a mail's text are somebody else's? Marked lines, attributions, older messages pasted below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from overheard.forums.quotes import VERBS

_MARKED = re.compile(r"[ \t]{0,4}>(?!>>\s*$)")
_OTHER_MARK = re.compile(r"[ \t]{0,4}(?:([|:}\])+#%&*=!])[ \t]?|[A-Z][A-Za-z]{0,3}>)")
"""Marks old programs quote with; only below an attribution, since people draw tables and lists with them."""
_ADDRESS = re.compile(r"\S@\S|\bat\b.{1,60}\.\w+|mailto:|\[at\]", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ENDS = (":", "：", ":*", ":_", "wrote", "wrote…", "wrote...", "writes", "schrieb")
"""How an attribution ends."""
_IN_BRACKETS = re.compile(r"<[^<>]{0,200}>|\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_AFTER_DATE = re.compile(r"(?:\d|[,;])(?:\s?[ap]\.?m\b\.?)?(?:\s(?:UTC|GMT|Uhr|h)\b)?", re.IGNORECASE)
_LONGEST_NAME = 60
_RULER = re.compile(r"[_\-=*]{5,}")
_RULED = "-_=*"
"""What dividers are drawn with."""
_LONGEST_DIVIDER = 160
_MOST_LINES = 4
"""Over how many lines an attribution runs."""
_LONGEST_ATTRIBUTION = 400
_HEAD_REACH = 8
"""Lines below "From:" in which the other fields of a pasted head stand."""
_FEWEST_FIELDS = 2
_LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class _Words:
    dividers: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    froms: frozenset[str]
    fields: frozenset[str]
    opener: re.Pattern[str]
    quoting: re.Pattern[str]
    verb: re.Pattern[str]


@cache
def _words() -> _Words:
    kinds: dict[str, list[str]] = {"divider": [], "begin": [], "end": [], "from": [], "field": []}
    kinds |= {"opener": [], "quoting": []}
    for line in (files("overheard.forums") / "lexicon" / "mail.txt").read_text("utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind in kinds:
            kinds[kind] += [word.replace("_", " ") for word in rest.split()]
    opener, quoting = ("|".join(re.escape(word) for word in kinds[kind]) for kind in ("opener", "quoting"))
    return _Words(
        dividers=frozenset(word.casefold() for word in kinds["divider"]),
        begins=tuple(word.casefold() for word in kinds["begin"] + kinds["divider"]),
        ends=tuple(word.casefold() for word in kinds["end"]),
        froms=frozenset(word.casefold() for word in kinds["from"]),
        fields=frozenset(word.casefold() for word in kinds["field"]),
        opener=re.compile(rf"[ \t*_]{{0,4}}(?:(?:{opener})\b|\d{{1,4}}[./年년-]\s?\d)", re.IGNORECASE),
        quoting=re.compile(rf"[ \t*_]{{0,4}}(?:{quoting})\s+\S", re.IGNORECASE),
        verb=re.compile(rf"(?<!\w)(?:{VERBS})(?!\w)", re.IGNORECASE),
    )


def find_quoted(lines: Sequence[str], known: Sequence[bool]) -> list[bool]:
    """Say for each line whether it is somebody else's.

    Others' are lines that begin with ">", the lines that say whose those are ("On Monday Ann wrote:"), lines below
    such an attribution that share another mark, and everything below a pasted message's divider or head.

    Args:
        lines: without white space at their ends.
        known: which of them are already known to be others', from markup.
    """
    quoted = [told or bool(_MARKED.match(line)) for line, told in zip(lines, known, strict=True)]
    ends = [line.endswith(_ENDS) for line in lines]
    _mark_other_marks(lines, ends, quoted)
    _mark_attributions(lines, quoted)
    _mark_older_messages(lines, ends, quoted)
    return quoted


def attribution_start(lines: Sequence[str], last: int) -> int | None:
    """Return the first line of the attribution that ends in line `last`; None where it is none."""
    words = _words()
    if not lines[last].endswith(_ENDS):
        return None
    if words.quoting.match(lines[last]):
        return last
    joined = ""
    verb_at: int | None = None
    for first in range(last, max(-1, last - _MOST_LINES), -1):
        if not lines[first]:
            break
        joined = f"{lines[first]} {joined}"
        if len(joined) > _LONGEST_ATTRIBUTION:
            break
        says = bool(words.verb.search(joined))
        if words.opener.match(lines[first]) and _DATE.search(joined) and (says or _ADDRESS.search(joined)):
            return first
        if verb_at is None and (says or (_ADDRESS.search(joined) and _DATE.search(joined))):
            verb_at = first
    return verb_at


def name_in_attribution(text: str) -> str:
    """Return the name in "On 3 May 2021 at 09:00, Ann Baker <ann@bread.example> wrote:"; empty where there is none."""
    line = " ".join(_IN_BRACKETS.sub(" ", text[:_LONGEST_ATTRIBUTION].split(":\n")[0]).split())
    found = _words().verb.search(line)
    if found is None:
        return ""
    # The date stands before the name, and the name before the verb or, as in German, behind it.
    before = _AFTER_DATE.split(line[: found.start()])[-1]
    for part in (before, line[found.end() :]):
        name = part.strip(" ,;:\"'*_~-")
        if name and "@" not in name and len(name) <= _LONGEST_NAME:
            return name
    return ""


def _mark_other_marks(lines: Sequence[str], ends: Sequence[bool], quoted: list[bool]) -> None:
    index = 0
    while index < len(lines) - 1:
        if not ends[index] or quoted[index]:
            index += 1
            continue
        first = index + 1 if lines[index + 1] else min(index + 2, len(lines) - 1)
        found = _OTHER_MARK.match(lines[first])
        if found and attribution_start(lines, index) is not None:
            mark = found[0].strip()
            end = first
            while end < len(lines) and (lines[end].lstrip().startswith(mark) or not lines[end]):
                end += 1
            while end > first and not lines[end - 1]:
                end -= 1
            quoted[first:end] = [True] * (end - first)
            index = end
        else:
            index += 1


def _mark_attributions(lines: Sequence[str], quoted: list[bool]) -> None:
    """Mark the lines before a quotation that say whose it is."""
    for index in range(1, len(lines)):
        if not quoted[index] or quoted[index - 1]:
            continue
        # Markup may tell only the last line of an attribution.
        last = index if lines[index].endswith(_ENDS) and not _MARKED.match(lines[index]) else index - 1
        while last > 0 and index - last < 3 and not lines[last]:
            last -= 1
        if not lines[last] or (quoted[last] and last != index):
            continue
        first = attribution_start(lines, last)
        if first is not None:
            quoted[first:index] = [True] * (index - first)


def _mark_older_messages(lines: Sequence[str], ends: Sequence[bool], quoted: list[bool]) -> None:
    """Mark everything from a pasted message on, to the line that closes it, or the end."""
    closing = _words().ends
    start: int | None = None
    for index, line in enumerate(lines):
        if start is not None:
            if line[:1] in _RULED and _between_rules(line).startswith(closing):
                quoted[start : index + 1] = [True] * (index + 1 - start)
                start = None
        elif line and not quoted[index] and _opens_older(lines, index, ends, quoted):
            start = index
            # An empty line, or one more, between a ruler and the head it belongs to.
            above = next((at for at in range(index - 1, max(-1, index - 3), -1) if lines[at]), None)
            if above is not None and _RULER.fullmatch(lines[above].strip()):
                start = above
    if start is not None:
        quoted[start:] = [True] * (len(lines) - start)


def _opens_older(lines: Sequence[str], index: int, ends: Sequence[bool], quoted: Sequence[bool]) -> bool:
    words = _words()
    line = lines[index]
    if (line.lstrip()[:1] in _RULED or line.endswith((":", "："))) and len(line) <= _LONGEST_DIVIDER:
        name = _between_rules(line)
        if name in words.dividers or (line.lstrip()[:1] in _RULED and name.startswith(words.begins)):
            return True
    if _label(line) in words.froms:
        below = lines[index + 1 : index + 1 + _HEAD_REACH]
        blank = next((at for at, inner in enumerate(below) if not inner and at > 0), len(below))
        if sum(_label(inner) in words.fields for inner in below[:blank]) >= _FEWEST_FIELDS:
            return True
    last = next((at for at in range(index, min(len(lines), index + 3)) if ends[at] or not lines[at]), None)
    if last is None or not ends[last] or not words.opener.match(line):
        return False
    # "On 3 May 2021, Ann wrote:" with the older text below it unmarked.
    below_at = next((at for at in range(last + 1, min(len(lines), last + 4)) if lines[at]), None)
    joined = " ".join(lines[index : last + 1])
    if below_at is None or quoted[below_at] or len(joined) > _LONGEST_ATTRIBUTION or joined[-1] not in ":：":
        return False
    is_dated = bool(_DATE.search(joined)) and bool(_YEAR.search(joined) or _ADDRESS.search(joined))
    return is_dated and bool(words.verb.search(joined))


def _between_rules(line: str) -> str:
    """Return what stands between drawn lines ("----- Original Message -----"), in folded case."""
    return line.strip(_RULED + " \t:：").casefold() if len(line) <= _LONGEST_DIVIDER else ""


def _label(line: str) -> str:
    """Return what stands before the colon of a head's line ("*From:* Ann"), in folded case; empty where none."""
    if ":" not in line[: _LONGEST_LABEL + 1] and "：" not in line[: _LONGEST_LABEL + 1]:
        return ""
    before, colon, _ = line[: _LONGEST_LABEL + 20].replace("：", ":").partition(":")
    return before.strip(" \t*_").casefold() if colon and len(before) <= _LONGEST_LABEL else ""
