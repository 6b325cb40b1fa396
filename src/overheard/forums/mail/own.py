"""Which of a mail's lines are its author's own words? Quotations are marked; signatures and footers are cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from overheard.forums.mail.quoted import find_quoted
from overheard.records import Span

_MOST_LINES = 60_000
"""A text of more is a log or an attack; nobody quotes or signs it."""
_SIGNATURE = re.compile(r"--[ \t\u00a0]?")
_LONGEST_SIGNATURE = 24
"""Lines with words below "-- "; RFC 3676 asks for four, lists add their footer below."""
_LONGEST_BARE_SIGNATURE = 10
"""Lines with words between "--" and a quotation; more are a part of the text."""
_RULER = re.compile(r"[ \t]*(?:([_\-=*#~+])(?:[ \t]?\1){9,200}|-=-(?:=-){3,200}|[-~]{3,100}[-~ ]{9,200}>?)[ \t]*")
_LONGEST_FOOTER = 30
_NEAR_RULER = 5
"""Lines below a ruler in which a footer says what it is."""
_LONGEST_DEVICE_LINE = 90
_SCRUBBED = re.compile(r"-{6,} next part -{6,}")
_SCRUBBED_NOTE = re.compile(r".{0,60} was scrubbed\.\.\.|(?:Name|Type|Size|Desc|URL|Url)\s*: .*|\s*")
_SIGNED = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----")
_ARMOUR = re.compile(r"-----BEGIN PGP (SIGNATURE|MESSAGE|PUBLIC KEY BLOCK)-----")
_ENCODED_FILE = re.compile(r"begin [0-7]{3,4} \S.*")
_MAIL_OR_LINK = re.compile(r"@| at |://|\bsubject\b|\bsend\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    footer: re.Pattern[str]
    device: re.Pattern[str]


@cache
def _words() -> _Words:
    kinds: dict[str, list[str]] = {"footer": [], "device": []}
    for line in (files("overheard.forums") / "lexicon" / "mail.txt").read_text("utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind in kinds:
            kinds[kind] += [re.escape(word.replace("_", " ")) for word in rest.split()]
    footer, device = ("|".join(kinds[kind]) for kind in ("footer", "device"))
    return _Words(re.compile(footer, re.IGNORECASE), re.compile(rf"\W{{0,3}}(?:{device})", re.IGNORECASE))


def cut_own(text: str, quoted: Sequence[Span] = ()) -> tuple[str, tuple[Span, ...]]:
    """Cut what is no part of a mail's text, and tell which of the rest are others' words.

    Args:
        text: the whole text as the mail shows it, lines ending in "\\n".
        quoted: sorted spans already known to be others' words, from the markup of an HTML mail.

    Returns:
        The text without signature, list footer and what archives leave of attachments, and the sorted spans of
        quotations in it, each with the line that says whose it is.
    """
    if text.count("\n") > _MOST_LINES:
        return text, tuple(quoted)
    lines = [line.rstrip() for line in text.split("\n")]
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    known = [False] * len(lines)
    for first, last in _whole_lines(lines, starts, quoted):
        known[first:last] = [True] * (last - first)
    others = find_quoted(lines, known)
    kept = [True] * len(lines)
    _drop_machine_blocks(lines, kept)
    _drop_footers(lines, kept)
    _drop_signatures(lines, others, kept)
    _drop_device_lines(lines, others, kept)
    if not any(keep and line.strip() for line, keep in zip(lines, kept, strict=True)):
        kept = [True] * len(lines)
    return _assembled(lines, starts, others, kept, quoted)


def _whole_lines(lines: Sequence[str], starts: Sequence[int], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the ranges of lines that lie wholly in a span."""
    out = []
    line = 0
    for start, end in spans:
        while line < len(lines) and starts[line] < start:
            line += 1
        first = line
        while line < len(lines) and starts[line] + len(lines[line]) <= end:
            line += 1
        if line > first:
            out.append((first, line))
    return out


def _drop_machine_blocks(lines: list[str], kept: list[bool]) -> None:
    """Drop what is written by programs for programs: scrubbed attachments, PGP armour, encoded files."""
    index = 0
    is_signed = False
    open_ended: set[str] = set()
    while index < len(lines):
        line = lines[index]
        end = index
        if line[:1] not in "-b" or not line:
            index += 1
            continue
        if _SCRUBBED.fullmatch(line):
            end = index + 1
            while end < min(len(lines), index + 12) and _SCRUBBED_NOTE.fullmatch(lines[end]):
                end += 1
        elif _SIGNED.fullmatch(line):
            is_signed = True
            end = index + 1
            while end < min(len(lines), index + 6) and lines[end]:
                end += 1
        elif armour := _ARMOUR.fullmatch(line):
            end = _end_of_block(lines, index, f"-----END PGP {armour[1]}-----", open_ended)
        elif _ENCODED_FILE.fullmatch(line):
            end = _end_of_block(lines, index, "end", open_ended)
        elif is_signed and line.startswith("- -"):
            lines[index] = "  " + line[2:]
        for at in range(index, end):
            kept[at] = False
        index = max(end, index + 1)


def _end_of_block(lines: Sequence[str], start: int, closing: str, open_ended: set[str]) -> int:
    """Return the line after a block; `start` where nothing closes it, which `open_ended` remembers for later blocks."""
    if closing in open_ended:
        return start
    end = next((at + 1 for at in range(start, len(lines)) if lines[at] == closing), start)
    if end == start:
        open_ended.add(closing)
    return end


def _drop_footers(lines: Sequence[str], kept: list[bool]) -> None:
    """Drop what a list adds at the very end: a ruler, and lines about the list below it."""
    footer = _words().footer
    worded = [index for index, line in enumerate(lines) if kept[index] and line]
    for place in range(len(worded) - 1, max(-1, len(worded) - 1 - _LONGEST_FOOTER), -1):
        index = worded[place]
        if not _RULER.fullmatch(lines[index]):
            continue
        below = "\n".join(lines[at] for at in worded[place + 1 : place + 1 + _NEAR_RULER])
        if below and footer.search(below) and _MAIL_OR_LINK.search(below):
            kept[index:] = [False] * (len(lines) - index)
            worded = worded[:place]
            break
    _drop_last_paragraphs(lines, kept)


def _drop_last_paragraphs(lines: Sequence[str], kept: list[bool]) -> None:
    """Drop last paragraphs that only say how to leave the list."""
    for _ in range(3):
        end = next((at + 1 for at in range(len(lines) - 1, -1, -1) if kept[at] and lines[at]), 0)
        start = end
        while start > 0 and end - start < 7 and lines[start - 1] and kept[start - 1]:
            start -= 1
        paragraph = "\n".join(lines[start:end])
        if not (start > 0 and end - start < 7 and re.search(r"unsubscribe", paragraph, re.IGNORECASE)):
            return
        if not _MAIL_OR_LINK.search(paragraph) or lines[start].startswith(">"):
            return
        kept[start:end] = [False] * (end - start)


def _drop_signatures(lines: Sequence[str], others: Sequence[bool], kept: list[bool]) -> None:
    """Drop what stands between "-- " and the end, or the message quoted below."""
    end, words, longest = len(lines), 0, _LONGEST_SIGNATURE
    for index in range(len(lines) - 1, -1, -1):
        if others[index]:
            end, words, longest = index, 0, _LONGEST_BARE_SIGNATURE
        elif lines[index][:2] == "--" and _SIGNATURE.fullmatch(lines[index]):
            # The white space after the mark is lost in most archives: the bare mark may be a drawn line, too.
            if words <= longest:
                kept[index:end] = [False] * (end - index)
                end, words = index, 0
        elif kept[index] and lines[index]:
            words += 1


def _drop_device_lines(lines: Sequence[str], others: Sequence[bool], kept: list[bool]) -> None:
    """Drop "Sent from my phone" where it is the last line above a quotation or the end."""
    device = _words().device
    is_last = True
    for index in range(len(lines) - 1, -1, -1):
        if others[index]:
            is_last = True
        elif kept[index] and lines[index] and is_last:
            is_last = False
            if len(lines[index]) <= _LONGEST_DEVICE_LINE and device.match(lines[index].strip()):
                kept[index] = False


def _assembled(
    lines: Sequence[str], starts: Sequence[int], others: Sequence[bool], kept: Sequence[bool], quoted: Sequence[Span]
) -> tuple[str, tuple[Span, ...]]:
    out: list[str] = []
    spans: list[Span] = []
    size, blank, part = 0, 0, 0
    for index, line in enumerate(lines):
        if not kept[index]:
            continue
        if not line:
            blank += 1
            continue
        # Two empty lines at most: more are left by what was cut between.
        gap = "\n" * (min(blank, 2) + 1) if out else ""
        out += [gap, line]
        size += len(gap)
        while part < len(quoted) and quoted[part][1] <= starts[index]:
            part += 1
        if others[index]:
            spans.append((size, size + len(line)))
        else:
            spans += _parts_of_line(quoted, part, starts[index], size, line)
        size += len(line)
        blank = 0
    text = "".join(out)
    return text, _merged(text, spans)


def _parts_of_line(quoted: Sequence[Span], part: int, start: int, size: int, line: str) -> list[Span]:
    out = []
    while part < len(quoted) and quoted[part][0] < start + len(line):
        low, high = max(0, quoted[part][0] - start), min(len(line), quoted[part][1] - start)
        if low < high and line[low:high].strip():
            out.append((size + low, size + high))
        part += 1
    return out


def _merged(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in spans:
        while start < end and text[start].isspace():
            start += 1
        if out and text[out[-1][1] : start].strip() == "":
            out[-1] = (out[-1][0], end)
        elif start < end:
            out.append((start, end))
    return tuple(out)
