"""What of an utterance is its author's own running text?

Others' words (quotes) would count one person's pain for another; logs, code and system listings are machines' words.
What is left is returned as spans, so every sentence can still be shown as a verbatim slice of the utterance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from overheard.records import Span

# Blocks that may run over several lines.
_BLOCKS = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)"
    r"|\[quote[^\]\n]{0,200}\].*?(?:\[/quote\]|\Z)|\[code[^\]\n]{0,200}\].*?(?:\[/code\]|\Z)"
    r"|<(pre|code|blockquote)\b[^>]{0,200}>.*?(?:</\1>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# A mail client's signature mark stands alone on its line; what follows is a visiting card.
_SIGNATURE = re.compile(
    r"^(?:-- ?|__+|sent from my \w.{0,60}|get outlook for \w.{0,40})$", re.MULTILINE | re.IGNORECASE
)
_QUOTED = re.compile(r"[ \t]*(?:>|&gt;|\|[ \t]>)")
_ATTRIBUTION = re.compile(
    r"[ \t]*(?:on\b.{6,120}\bwrote:?|.{2,60}\b(?:wrote|schrieb|said):|-{2,} ?(?:original|forwarded) message.*"
    r"|begin forwarded message:?|quote from .{2,80}|(?:from|sent|to|cc|subject|date): .{3,160})[ \t]*",
    re.IGNORECASE,
)
_LOG_LINE = re.compile(
    r"[ \t]*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|\w{3} [ \d]\d \d\d:\d\d:\d\d"
    r"|at [\w.$<>]+\(|Traceback \(|File \"|\$ \w|#!/|\w+Error:|\w+Exception:|0x[0-9a-f]{4}|[\w./-]+:\d+:\d+"
    r"|(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL|TRACE)\b[ :\]])"
)
_MODERATION = re.compile(
    r"\[ ?(?:personal information|edited|removed|hidden|deleted|moderator|unintelligible|inaudible|image|attachment"
    r"|laughter|laughs|crosstalk)[^\]\n]{0,200}\]",
    re.IGNORECASE,
)
_ONLY_ADDRESS = re.compile(r"[ \t]*(?:https?://|www\.)\S+[ \t]*")
_FIELD = re.compile(r"[ \t]*[\w][\w .()/-]{0,40}(?::|=)[ \t]*\S.{0,120}")
_RULER = re.compile(r"[\W_]+")
_LEAST_FIELDS = 4


def cut_own_words(text: str, not_own: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Return the sorted spans of `text` that are its author's own running words.

    Left out: `not_own`, quoted lines and their "X wrote:", code, log lines, listings of four or more "name: value"
    lines in a row, lines that are only an address or a ruler, moderators' brackets, and whatever follows a signature
    mark. Greetings stay. Offsets count characters of `text`; a span never begins or ends with white space and is
    never empty.
    """
    cuts = list(not_own)
    cuts += [found.span() for found in _BLOCKS.finditer(text)]
    cuts += [found.span() for found in _MODERATION.finditer(text)]
    signature = _SIGNATURE.search(text)
    # A text that is all signature is more likely a ruler above the text.
    if signature and text[: signature.start()].strip():
        cuts.append((signature.start(), len(text)))
    cuts += _machine_lines(text)
    return tuple(_left_over(text, cuts))


def _machine_lines(text: str) -> Iterator[Span]:
    fields: list[Span] = []
    for start, end in _lines(text):
        line = text[start:end]
        if _FIELD.fullmatch(line) and not _is_prose(line):
            fields.append((start, end))
        elif line.strip():
            yield from fields if len(fields) >= _LEAST_FIELDS else ()
            fields = []
        whole = any(pattern.fullmatch(line) for pattern in (_ATTRIBUTION, _ONLY_ADDRESS, _RULER))
        if whole or _QUOTED.match(line) or _LOG_LINE.match(line) or _looks_like_code(line):
            yield start, end
    if len(fields) >= _LEAST_FIELDS:
        yield from fields


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line.rstrip("\r\n"))
        start += len(line)


def _is_prose(line: str) -> bool:
    """Say whether a "name: value" line is rather a sentence: it ends like one and is long."""
    return line.rstrip().endswith((".", "!", "?")) and len(line.split()) > 8


def _looks_like_code(line: str) -> bool:
    """Say whether a line has far more signs than a person's sentence has: a third of what is not white space."""
    solid = [character for character in line if not character.isspace()]
    signs = sum(not (character.isalnum() or character in ".,!?'\"’“”…-–:()*$£€%") for character in solid)
    mostly_signs = len(solid) >= 12 and signs * 3 >= len(solid)
    return mostly_signs or (signs >= 3 and line.rstrip().endswith((";", "{")))


def _left_over(text: str, cuts: Iterable[Span]) -> Iterator[Span]:
    at = 0
    for start, end in [*sorted(cuts), (len(text), len(text))]:
        if start > at:
            piece = text[at:start]
            first = at + len(piece) - len(piece.lstrip())
            last = at + len(piece.rstrip())
            if first < last:
                yield first, last
        at = max(at, end)
