"""People's own words: exact slices of what they wrote, with what must not be shown blotted out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from overheard.errors import UnfaithfulQuoteError
from overheard.records import Document, Span, Utterance
from overheard.report.links import Link, link_of

REMOVED = "[removed]"
"""Stands where a name or a contact detail stood."""

LONGEST_TITLE = 90
"""Characters of a thread's title shown beside a quote."""

CONTEXT = 44
"""Characters shown on each side of a term: what a phone's line and a half holds."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of shown text; `is_removed` marks what stands for something blotted out."""

    text: str
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as it stands in its source.

    `text` is the slice with blots as `[removed]`; without blots it is exactly `utterance.text[start:end]`. `rung` is
    0-4 for pains, None for other kinds. `said_on` is an ISO date or "". `document_id` is of the thread or interview.
    """

    utterance_id: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    link: Link
    title: str
    source: str
    said_on: str
    rung: int | None = None
    document_id: str = ""

    @property
    def moment(self) -> str:
        """Where in a recording it is said, as the file tells it: "00:04:39"; "" where it is none."""
        return self.link.path.partition("#t=")[2]

    @property
    def quote_id(self) -> str:
        """Where it stands: "utterance:start-end"."""
        return f"{self.utterance_id}:{self.start}-{self.end}"

    @property
    def text(self) -> str:
        """The quote as one string."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a concordance: a term with what stands left and right of it."""

    left: tuple[Piece, ...]
    hit: tuple[Piece, ...]
    right: tuple[Piece, ...]
    source: Quote


def check_span(utterance: Utterance | None, start: int, end: int, who: str) -> None:
    """Make sure that `start` to `end` is something the utterance's author said.

    Args:
        utterance: where it is said to stand; None where no such utterance is known.
        start: first character.
        end: one past the last.
        who: what points there; named in the error.

    Raises:
        UnfaithfulQuoteError: there is no such text, it is blank, or it is others' words.
    """
    mend = "detect signals and vocabulary again"
    if utterance is None:
        raise UnfaithfulQuoteError(f"{who}: its utterance is missing; {mend}")
    place = f"{who}: characters {start} to {end} of utterance {utterance.utterance_id}"
    if not 0 <= start < end <= len(utterance.text):
        raise UnfaithfulQuoteError(f"{place} do not exist, its text has {len(utterance.text)}; {mend}")
    if not utterance.text[start:end].strip():
        raise UnfaithfulQuoteError(f"{place} are blank; {mend}")
    if any(other[0] <= start and end <= other[1] for other in utterance.not_own):
        raise UnfaithfulQuoteError(f"{place} are somebody else's words; {mend}")


class Quoter:
    """Cuts quotes and blots them; remembers the blots of each text, which cost a search for every name."""

    def __init__(self, blots: Callable[[str], list[Span]]) -> None:
        """Args: blots: what must not be shown of a text."""
        self._blots = blots
        self._known: dict[str, tuple[Span, ...]] = {}

    def quote(self, utterance: Utterance, document: Document, start: int, end: int, rung: int | None = None) -> Quote:
        """Cut a quote.

        Raises:
            UnfaithfulQuoteError: the span does not fit the utterance.
        """
        check_span(utterance, start, end, "a quote")
        return Quote(
            utterance.utterance_id,
            start,
            end,
            self._pieces(utterance.text, start, end),
            self.link(utterance.url or document.url),
            self.title(document),
            document.source,
            day_of(utterance.said_at),
            rung,
            document.document_id,
        )

    def title(self, document: Document) -> str:
        """Return a title on one line, blotted, at most `LONGEST_TITLE` long; "" where it is but a file's path."""
        title = "" if document.title == document.url else self.clean(" ".join(document.title.split()))
        return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"

    def line(self, utterance: Utterance, document: Document, start: int, end: int) -> Line:
        """Cut a term out of its sentence with `CONTEXT` characters on each side, none of them others' words.

        Raises:
            UnfaithfulQuoteError: the span does not fit the utterance.
        """
        source = self.quote(utterance, document, start, end)
        text = utterance.text
        first = max([start - CONTEXT, *(span[1] for span in utterance.not_own if span[1] <= start)])
        last = min([end + CONTEXT, *(span[0] for span in utterance.not_own if span[0] >= end)])
        first, last = _at_words(text, max(first, 0), start, end, min(last, len(text)))
        return Line(self._pieces(text, first, start), source.pieces, self._pieces(text, end, last), source)

    def clean(self, text: str) -> str:
        """Return `text` with its blots as `[removed]`."""
        return "".join(piece.text for piece in self._pieces(text, 0, len(text)))

    def is_clean(self, text: str) -> bool:
        """Tell whether nothing of `text` has to be blotted."""
        return not self._blots_of(text)

    def visible_share(self, text: str, start: int, end: int) -> float:
        """Return how much of a slice is left when its blots are out, 0-1."""
        hidden = sum(max(0, min(end, stop) - max(start, at)) for at, stop in self._blots_of(text))
        return 1.0 - hidden / (end - start)

    def link(self, url: str) -> Link:
        """Judge an address; a path shown as text is blotted."""
        link = link_of(url)
        return link if not link.path else Link(None, self.clean(link.path))

    def _blots_of(self, text: str) -> tuple[Span, ...]:
        """Look at the whole text, so that a name is found though a quote begins in its middle."""
        if text not in self._known:
            self._known[text] = tuple(sorted(self._blots(text)))
        return self._known[text]

    def _pieces(self, text: str, start: int, end: int) -> tuple[Piece, ...]:
        pieces, at = [], start
        for first, last in self._blots_of(text):
            if last <= at or first >= end:
                continue
            if first > at:
                pieces.append(Piece(text[at:first]))
            pieces.append(Piece(REMOVED, is_removed=True))
            at = min(last, end)
        if at < end:
            pieces.append(Piece(text[at:end]))
        return tuple(pieces)


def day_of(moment: datetime | None) -> str:
    """Return the ISO date, "" where none is known."""
    return moment.date().isoformat() if moment is not None else ""


def span_of_days(days: Iterable[str]) -> tuple[str, str]:
    """Return the first and the last of the known days, ("", "") where none is known."""
    known = sorted(day for day in days if day)
    return (known[0], known[-1]) if known else ("", "")


def _at_words(text: str, first: int, start: int, end: int, last: int) -> tuple[int, int]:
    """Move the outer ends of a context inwards to whole words, where there is a blank to cut at."""
    if first > 0 and not text[first - 1].isspace():
        blank = next((at for at in range(first, start) if text[at].isspace()), first - 1)
        first = blank + 1
    if last < len(text) and not text[last].isspace():
        last = next((at for at in range(last - 1, end - 1, -1) if text[at].isspace()), last)
    return min(first, start), max(last, end)
