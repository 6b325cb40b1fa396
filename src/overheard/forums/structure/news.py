"""What in a listing's row changes when its thread has a new post? The last post, the number of answers."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import Any

from overheard.forums.outline import Outline, Piece
from overheard.forums.structure.names import is_profile_link
from overheard.forums.structure.stamps import Stamp

_LAST = re.compile(r"#|last|newpost|[?&]p(?:id|ost)?=\d|/posts?[-/]\d|findpost|reply|comment", re.IGNORECASE)
_ANSWERS = (
    r"repl(?:y|ies)|answers?|comments?|responses?|posts?|messages?|antworten?|beitr[äa]ge?|kommentare?|réponses?|messages?"
    r"|respuestas?|respostas?|mensajes?|risposte|risposta|messaggi|reacties|antwoorden|berichten|svar|innlegg|odpowiedzi"
    r"|odpowiedź|odpovědí|odpovědi|vastauks\w+|válasz\w*|ответ\w*|сообщени\w*|відповід\w*|yanıt\w*|cevap\w*|balasan|回复"
    r"|回覆|回帖|回答|返信|レス|コメント|답글|댓글|답변|ردود|الردود|תגובות|תשובות"
)
_COUNT = r"(\d{1,3}(?:[.,\u202f\xa0]\d{3})+|\d{1,7})"
_COUNTED = re.compile(
    rf"(?:^|[^\w#]){_COUNT}\s*(?:{_ANSWERS})\b|(?:{_ANSWERS})\s*[:：(]?\s*{_COUNT}(?![\d:/.-])", re.IGNORECASE
)
_HEAD = re.compile(rf"^\W*(?:{_ANSWERS})\W*$", re.IGNORECASE)
_NAMED = re.compile(r"repl(?:y|ies)|answer|comment|respons|\bposts?\b|post-?count|num-?posts|antwort", re.IGNORECASE)
_NOT_NAMED = re.compile(r"last|latest|view|hits|user|author|vote|rating|recent|icon", re.IGNORECASE)
_BARE = re.compile(rf"\W*{_COUNT}\W*")
_SHORT = 60


class Table:
    """Reads the numbers of listings drawn as tables by the heads of their columns."""

    def __init__(self, page: Outline) -> None:
        self.page = page
        self.columns: dict[tuple[Any, str], int | None] = {}

    def number_under(self, title: int, start: int, end: int, head: re.Pattern[str]) -> int | None:
        """Return the number a row shows in the column with a head; None where there is no such column or number.

        Args:
            title: index of an element in the row.
            start: first place of the row.
            end: the place after the row.
            head: what the column's head says.
        """
        column = self._column(title, head)
        if column is None:
            return None
        for piece in self.page.pieces_in(start, end):
            if len(piece.text) > _SHORT or not _BARE.fullmatch(piece.text):
                continue
            cell = self._cell(piece)
            # A cell that shows more shows a title, with the thread's pages beside it.
            found = _BARE.fullmatch(self.page.text(cell, _SHORT)) if cell is not None else None
            if cell is not None and found and _place_in_row(self.page.elements[cell]) == column:
                return _number(found[1])
        return None

    def _cell(self, piece: Piece) -> int | None:
        index = piece.owner
        while index >= 0 and self.page.elements[index].tag not in ("td", "th"):
            index = self.page.parent[index]
        return index if index >= 0 else None

    def _column(self, title: int, head: re.Pattern[str]) -> int | None:
        table = self.page.elements[title]
        while table is not None and table.tag != "table":
            table = table.getparent()
        if table is None:
            return None
        key = (table, head.pattern)
        if key not in self.columns:
            cells = (cell for row in table.iter("tr") for cell in row if cell.tag in ("th", "td"))
            found = next((cell for cell in islice(cells, _SHORT) if head.match("".join(cell.itertext()))), None)
            self.columns[key] = _place_in_row(found) if found is not None else None
        return self.columns[key]


class Marks:
    """Reads the rows of one listing."""

    def __init__(self, page: Outline, stamps: list[Stamp], table: Table) -> None:
        self.page = page
        self.stamps = stamps
        self.places = [stamp.at for stamp in stamps]
        self.table = table

    def of(self, title: int, url: str, start: int, end: int) -> str:
        """Return what changes when the thread has a new post; empty where the row tells nothing of it.

        Views change by themselves and relative dates with the time of day, so neither is part of it.

        Args:
            title: index of the link with the thread's title.
            url: where it leads.
            start: first place of the row.
            end: the place after the row.
        """
        parts = []
        if (answers := self._answers(title, start, end)) is not None:
            parts.append(f"{answers} answers")
        if last := self._last_post(title, url, start, end):
            parts.append(f"#{last}")
        elif date := self._last_date(start, end):
            parts.append(date)
        return ", ".join(parts)

    def _last_post(self, title: int, url: str, start: int, end: int) -> str:
        """Return the number of the last post where a link in the row leads to it."""
        known = set(re.findall(r"\d+", url))
        found = ""
        for index in self.page.elements_in(start, end):
            element = self.page.elements[index]
            href = element.get("href") or "" if element.tag == "a" and index != title else ""
            if href and _LAST.search(href) and not is_profile_link(element):
                new = [digits for digits in re.findall(r"\d+", href) if digits not in known and len(digits) > 1]
                found = new[-1] if new else found
        return found

    def _last_date(self, start: int, end: int) -> str:
        """Return the latest date in the row that will be printed the same tomorrow."""
        shown = self.stamps[bisect_left(self.places, start) : bisect_left(self.places, end)]
        fixed = [stamp for stamp in shown if stamp.printed is None or stamp.printed.exact is None]
        dated = [stamp.said_at for stamp in fixed if stamp.said_at is not None]
        if dated:
            return max(dated).isoformat()
        readings = [stamp.printed for stamp in fixed if stamp.printed is not None and stamp.printed.readings]
        return f"{readings[-1].readings} {readings[-1].clock}" if readings else ""

    def _answers(self, title: int, start: int, end: int) -> int | None:
        """Return how many answers a row counts, where words or marks name the number."""
        page = self.page
        pieces = [piece for piece in page.pieces_in(start, end) if not page.start[title] <= piece.at < page.end[title]]
        text = " ".join(" ".join(piece.text.split()) for piece in pieces if len(piece.text) < _SHORT)
        if found := _COUNTED.search(text):
            return _number(found[1] or found[2])
        bare = [
            (piece, match) for piece in pieces if len(piece.text) < _SHORT and (match := _BARE.fullmatch(piece.text))
        ]
        for piece, match in bare:
            if self._is_named(piece, start):
                return _number(match[1])
        return self.table.number_under(title, start, end, _HEAD)

    def _is_named(self, piece: Piece, start: int) -> bool:
        index = piece.owner
        while index >= 0 and self.page.start[index] > start:
            marks = f"{self.page.elements[index].get('class') or ''} {self.page.elements[index].get('title') or ''}"
            if _NOT_NAMED.search(marks):
                return False
            if _NAMED.search(marks):
                return True
            index = self.page.parent[index]
        return False


def _place_in_row(cell: Any) -> int:
    """Return a cell's column, counting the columns that wider cells before it span."""
    place = 0
    for before in cell.itersiblings("td", "th", preceding=True):
        width = before.get("colspan") or "1"
        place += int(width) if width.isdigit() and len(width) < 4 else 1
    return place


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))
