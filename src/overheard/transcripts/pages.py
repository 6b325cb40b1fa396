"""What is one text across the pages of a printed document? Lines of pages → lines as they were typed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from overheard.transcripts.heads import is_time, read_head

_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|página|pagina|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?\W*", re.I
)
_HYPHENATED = re.compile(r"([^\W\d_]{1,40})[-\u2010]$")
_LONGEST_WORD = 41
"""Characters, the hyphen among them; only so much of a line's end is looked at."""
_SOFT_HYPHEN = "\u00ad"
_EDGE = 3
"""Lines at the top and the bottom of a page where titles and page numbers stand."""
_REPEATED_SHARE = 0.6
_FULL_SHARE = 0.7
"""Of the longest lines: a line as long as that was broken by the width of the page."""
_FEWEST_COLUMN_LINES = 8
_COLUMN_SHARE = 0.5
_COLUMN_WORDS = 3
_MIDDLE = (0.4, 0.65)
"""Of a page's width, where the second of two columns begins."""
_ALIKE = 4.0
"""Points within which lines begin at one edge."""


def joined_lines(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages without what stands on every page, broken lines and words put together."""
    cleaned = [[" ".join(line.replace("\t", " ").split()) for line in page] for page in pages]
    kept = [line for page in _without_furniture(cleaned) for line in page]
    return _joined(kept)


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers and what comes back at the edges of most pages and hardly anywhere else."""
    pages = [_trimmed(page) for page in pages]
    at_edges = Counter(sign for page in pages for sign in {_sign(line) for line in _edges(page)})
    anywhere = Counter(_sign(line) for page in pages for line in page)
    many = len(pages) > 2
    repeated = {
        sign
        for sign, uses in at_edges.items()
        if many and uses >= _REPEATED_SHARE * len(pages) and anywhere[sign] <= 1.2 * uses and not sign.endswith(":")
    }
    kept = []
    for page in pages:
        edge = _edge_of(page)
        edges = {*range(edge), *range(len(page) - edge, len(page))}
        kept.append(
            [line for index, line in enumerate(page) if index not in edges or not _is_furniture(line, repeated)]
        )
    return kept


def _is_furniture(line: str, repeated: set[str]) -> bool:
    return bool(line and _PAGE_NUMBER.fullmatch(line)) or _sign(line) in repeated


def _trimmed(page: list[str]) -> list[str]:
    filled = [index for index, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _edges(page: list[str]) -> list[str]:
    edge = _edge_of(page)
    return [line for line in (*page[:edge], *page[len(page) - edge :]) if line]


def _edge_of(page: list[str]) -> int:
    return min(_EDGE, (len(page) + 3) // 4)


def _sign(line: str) -> str:
    """Return what makes two lines the same title: the line without its numbers."""
    return re.sub(r"\d+", "#", line.casefold())


def _joined(lines: Sequence[str]) -> list[str]:
    """Put together what the width of the page has broken."""
    lengths = sorted(len(line) for line in lines if line)
    full = _FULL_SHARE * lengths[int(0.95 * (len(lengths) - 1))] if lengths else 0.0
    known = Counter(word for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.casefold()))
    joined: list[str] = []
    last = ""
    for line in lines:
        goes_on = bool(last and line) and not _opens_turn(line)
        broken = _HYPHENATED.search(last[-_LONGEST_WORD:])
        if goes_on and last.endswith(_SOFT_HYPHEN):
            joined[-1] = joined[-1][:-1] + line
        elif goes_on and broken and line[:1].islower():
            joined[-1] = _without_hyphen(joined[-1], broken[1], line, known)
        elif goes_on and len(last) >= full:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        last = line
    return [line.replace(_SOFT_HYPHEN, "") for line in joined]


def _opens_turn(line: str) -> bool:
    head = read_head(line)
    return head.label is not None or (head.clock is not None and not head.is_bare) or is_time(line)


def _without_hyphen(before: str, start: str, line: str, known: Counter[str]) -> str:
    """Join a word broken at the end of a line; the hyphen stays where the text writes the word with it elsewhere."""
    end = re.match(r"[^\W\d_]*", line)
    rest = end[0] if end else ""
    whole, split = f"{start}{rest}".casefold(), f"{start}-{rest}".casefold()
    keeps = known[split] > known[whole]
    return f"{before}{line}" if keeps else f"{before[:-1]}{line}"


def are_columns(pieces: Sequence[tuple[float, float, str]], width: float) -> bool:
    """Say whether a page is set in two columns: many lines begin again in the middle, with words on both sides.

    Args:
        pieces: pieces of text with their distance from the left and from the bottom, in points.
        width: of the page, in points.
    """
    by_height: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for across, up, text in pieces:
        by_height[round(up / 2)].append((across, text))
    starts: Counter[int] = Counter()
    lines = 0
    for row in by_height.values():
        row.sort(key=lambda piece: piece[0])
        lines += 1
        for index in range(1, len(row)):
            across = row[index][0]
            left = " ".join(text for _, text in row[:index]).split()
            right = " ".join(text for _, text in row[index:]).split()
            is_middle = _MIDDLE[0] * width <= across <= _MIDDLE[1] * width
            if is_middle and len(left) >= _COLUMN_WORDS and len(right) >= _COLUMN_WORDS:
                starts[round(across / _ALIKE)] += 1
    most = max(starts.values(), default=0)
    return most >= max(_FEWEST_COLUMN_LINES, _COLUMN_SHARE * lines)
