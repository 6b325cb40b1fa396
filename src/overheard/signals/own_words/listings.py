"""Which lines are data, headings of forms or addresses rather than sentences?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from overheard.records import Span
from overheard.signals.own_words.lexicons import load_words
from overheard.signals.own_words.lines import Line

_FIELD = re.compile(
    r"[\W_]{0,8}?([A-Za-zÀ-ž][^:=|\n]{0,40}?)[*_]{0,2}\s?[:=][*_]{0,2}(?:\s+(\S.{0,120})?|(\S.{0,120}))?"
)
_FEWEST_FIELDS = 4
_RULER = re.compile(r"[\W_]+")
_ADDRESS = r"(?:<?(?:https?://|www\.|ftp://|mailto:)\S+(?: \.\.\. \S+)?|\[(?:https?://|www\.)[^\s\]]+\]\([^\s)]+\))"
_MAIL_ADDRESS = r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"
_PATH = r"(?:[A-Za-z]:|~|\.{1,2}|file://)?(?:[\\/][\w.%~@+<>*-]+(?: [\w.%~@+<>*-]+){0,3}){2,30}[\\/]?"
_FILE = r"[\w.-]{1,60}(?:/[\w.-]{1,60}){2,20}\.\w{1,5}"
_ONLY_ADDRESS = re.compile(
    rf"(?:\W{{0,3}}\[?\d{{1,2}}[\].):]+\s*|[-*•>]\s+)?\W{{0,2}}{_ADDRESS}(?:[\s,;&]+(?:and )?{_ADDRESS}){{0,20}}"
    rf"[\s.,;:!]*"
    rf"|\W{{0,2}}{_MAIL_ADDRESS}\W{{0,2}}|\W{{0,3}}{_PATH}\W{{0,3}}|{_FILE}"
)
_LABELLED_ADDRESS = re.compile(rf"([^\n.!?]{{1,40}})[:\-–][*_]{{0,2}}\s*({_ADDRESS})\W*")
_RAW_HEAD = re.compile(
    r"(?:Return-Path|Received|Delivered-To|Message-I[Dd]|MIME-Version|Content-(?:Type|Transfer-Encoding|Disposition)"
    r"|X-[A-Z][\w-]+|DKIM-Signature|ARC-[\w-]+|Authentication-Results|List-[\w-]+|References|In-Reply-To): ?\S.*"
)
# Buttons copied with a post.
_BUTTON = re.compile(r"(?:tweet|share|report|flag|like|upvote|bookmark) this(?: \w+)?\W?", re.IGNORECASE)
_WHOLE = (_RULER, _BUTTON, re.compile(r"[-*+] \[[ xX]\] .*|(?:&(?:nbsp|#\d{1,6});\s*)+"), _RAW_HEAD)
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*){1,40}\|?")
_HEADING_EDGES = re.compile(r"[\W_]*")
_LONGEST_HEADING = 60
_SENTENCE = re.compile(
    r"\b(?:I|I'm|I've|we|my|you|your|is|are|was|were|have|has|had|does|did|don't|can|can't|will|would|should|when|because"
    r"|he|she|they|that|but|if)\b|[!?]$",
    re.IGNORECASE,
)
_FEWEST_NUMBERS, _LONGEST_NUMBER = 3, 5
_BLOCK_NAME = re.compile(r"(?:(?:- )?[\w.-]{1,60}\s?)?: ?[|>][-+]?")
_MOST_ADDRESS_WORDS, _MOST_LABEL_WORDS, _MOST_VALUE_WORDS = 4, 6, 9


def find_data_lines(lines: Sequence[Line], are_known: Sequence[bool]) -> Iterator[Span]:
    """Yield the spans of lines that are data, rulers, addresses, headings of forms and heads of mails."""
    was_address = False
    for index, line in enumerate(lines):
        if are_known[index]:
            continue
        was_address = (line.is_first or was_address) and _ONLY_ADDRESS.fullmatch(line.body) is not None
        if was_address or any(pattern.fullmatch(line.body) for pattern in _WHOLE):
            yield line.start, line.end
        elif (found := _LABELLED_ADDRESS.fullmatch(line.body)) and _is_label(found[1]):
            yield line.start + found.start(2), line.end
        elif size := _size_of_heading(line.body):
            yield line.start, line.start + size
    yield from _field_runs(lines, are_known)
    yield from _columns(lines)
    yield from _block_values(lines)
    yield from _tables(lines)


def _is_label(text: str) -> bool:
    return len(text.split()) <= _MOST_ADDRESS_WORDS and not _SENTENCE.search(text)


def _size_of_heading(body: str) -> int:
    """Return how many characters of a line are a form's heading; 0 where it begins with none."""
    lead = _HEADING_EDGES.match(body)
    start = lead.end() if lead else 0
    head, colon, rest = body[start : start + _LONGEST_HEADING].partition(":")
    plain = head.rstrip("*_#?.! ").casefold().replace("’", "'")
    if plain not in load_words("headings")["heading"]:
        return 0
    if colon:
        return start + len(head) + 1
    # Without a colon it must be marked as a heading, or end like one; "Screenshot" may be a word of a sentence.
    return len(body) if not rest and (start or body.endswith(("?", "*", "_")) or " " in plain) else 0


def _field_runs(lines: Sequence[Line], are_known: Sequence[bool]) -> Iterator[Span]:
    run: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        label = None if are_known[index] else _label_of(line.body)
        if label is not None:
            run.append((index, label))
        elif not _RULER.fullmatch(line.body):
            yield from _spans_of_run(lines, run)
            run = []
    yield from _spans_of_run(lines, run)


def _spans_of_run(lines: Sequence[Line], run: Sequence[tuple[int, str]]) -> Iterator[Span]:
    # In a scene the same few speakers come again and again; a listing names each thing once. People list what they
    # use, earn or play as well: only a listing of a machine has a machine's labels.
    labels = {label for _, label in run}
    keys = load_words("tokens")["key"]
    technical = sum(any(f"{word}:" in keys for word in label.split()) for _, label in run)
    if len(run) >= _FEWEST_FIELDS and len(labels) * 4 >= len(run) * 3 and technical * 3 >= len(run):
        for index, _ in run:
            yield lines[index].start, lines[index].end


def _label_of(body: str) -> str | None:
    """Return the label of a "name: value" line; None where it is none, or its value is a sentence."""
    found = _FIELD.fullmatch(body)
    if not found or len(found[1].split()) > _MOST_LABEL_WORDS:
        return None
    value = found[2] or found[3] or ""
    if len(value.split()) > _MOST_VALUE_WORDS or _SENTENCE.search(value) or _SENTENCE.search(found[1]):
        return None
    return found[1].casefold()


def _tables(lines: Sequence[Line]) -> Iterator[Span]:
    """Yield the rows of Markdown tables: what stands without a gap around a row of dashes."""
    for index, line in enumerate(lines):
        if "-" not in line.body or not _TABLE_RULE.fullmatch(line.body):
            continue
        if index and "|" in lines[index - 1].body:
            yield lines[index - 1].start, lines[index - 1].end
        row = index
        while row < len(lines) and "|" in lines[row].body and lines[row].place == line.place + row - index:
            yield lines[row].start, lines[row].end
            row += 1


def _columns(lines: Sequence[Line]) -> Iterator[Span]:
    """Yield columns of line numbers, copied from beside a program."""
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _is_next_number(lines[index - 1].body, lines[index].body):
            continue
        if index - first >= _FEWEST_NUMBERS:
            yield lines[first].start, lines[index - 1].end
        first = index


def _is_next_number(above: str, body: str) -> bool:
    return (
        len(body) <= _LONGEST_NUMBER
        and body.isdecimal()
        and len(above) <= _LONGEST_NUMBER
        and above.isdecimal()
        and int(body) == int(above) + 1
    )


def _block_values(lines: Sequence[Line]) -> Iterator[Span]:
    """Yield values of YAML that go over lines: what is set in below "name: |" or "name: >", with that."""
    index = 0
    while index < len(lines):
        head = lines[index]
        index += 1
        if not _BLOCK_NAME.fullmatch(head.body):
            continue
        first = index
        while index < len(lines) and lines[index].indent > head.indent:
            index += 1
        if index > first:
            yield head.start, lines[index - 1].end
