"""What should the product call things? The segment's word for each concept, counted on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from overheard.records import TermKind
from overheard.report.figures import Share
from overheard.report.quotes import Line
from overheard.report.said.wording import stems_of
from overheard.report.swaps import SwapsView, SwapView
from overheard.report.tables import Cell, address_of, csv_of
from overheard.report.view import ReportView, SegmentView

PRODUCT_WORDS_FILE = "product-words.csv"
MOST_TERMS = 15
"""Words of theirs the page has none for; more than a product can take up at once."""
NAMING: frozenset[TermKind] = frozenset({"thing", "tool", "action", "outcome"})
"""Kinds of terms that can name something in a product; a feeling or a job title names nothing there."""
_HEADER = ("segment_id", "segment", "call_it", "your_page_says", "people_theirs", "of_people", "people_yours",
           "people_elsewhere", "of_people_elsewhere", "why", "quote", "quote_url", "quote_date")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProductWord:
    """A concept and what to call it. `concept` is the page's word, "" where it has none.

    `theirs` are people who say `word`; `yours` say `concept`, None where there is none; `others` say `word` outside the
    segment, None where that was not counted.
    """

    concept: str
    word: str
    theirs: Share
    yours: Share | None
    others: Share | None
    why: str
    example: Line | None


def list_product_words(view: ReportView, segment: SegmentView) -> tuple[ProductWord, ...]:
    """List what a segment calls the things a product names: what to change first, its own words, what to keep."""
    whole = {(one.yours, one.line): one for one in view.swaps[""].rows} if "" in view.swaps else {}
    swaps = view.swaps.get(segment.segment_id)
    rows = tuple(_of_page(swaps, whole)) if swaps else ()
    named = [text for one in rows for text in (one.concept, one.word)]
    known = {stem for text in (*named, *(swaps.unheard if swaps else ())) for stem in stems_of(text)}
    fresh = [one for one in segment.terms.all if one.kind in NAMING and not stems_of(one.text) <= known]
    own = (
        ProductWord("", one.text, one.here, None, one.others, "a word of theirs", one.lines[0] if one.lines else None)
        for one in fresh[:MOST_TERMS]
    )
    return (*(one for one in rows if one.concept != one.word), *own, *(one for one in rows if one.concept == one.word))


def _of_page(swaps: SwapsView, whole: Mapping[tuple[str, int], SwapView]) -> Iterator[ProductWord]:
    for one in swaps.rows:
        if one.theirs is None:
            continue
        everybody = whole.get((one.yours, one.line))
        if one.verdict == "keep yours":
            yield ProductWord(one.yours, one.yours, one.ours, one.ours, None, "keep it: as many say yours", one.example)
        elif one.verdict in ("say theirs", "too few to tell"):
            sure = "more of them say it" if one.verdict == "say theirs" else "more of them say it, too few to be sure"
            yield ProductWord(one.yours, one.word, one.theirs, one.ours, None, sure, one.example)
        elif everybody and everybody.theirs and everybody.verdict == "say theirs":
            why = f"hardly anyone here says either; of everybody {everybody.theirs.counted} say it"
            yield ProductWord(one.yours, one.word, one.theirs, one.ours, None, why, everybody.example)
    for one in swaps.kept:
        yield ProductWord(one.yours, one.yours, one.ours, one.ours, None, "keep it: they say it too", one.example)


def product_words_csv(view: ReportView) -> bytes:
    """One row a segment and concept; a concept without a word of the page has none in `your_page_says`."""
    rows: list[list[Cell]] = []
    for segment in view.segments:
        for one in view.drafts[segment.segment_id].words:
            said = "".join(piece.text for part in (one.example.left, one.example.hit, one.example.right)
                           for piece in part) if one.example else ""  # fmt: skip
            shown: list[Cell] = (
                [said, address_of(one.example.source), one.example.source.said_on] if one.example else ["", "", ""]
            )
            counts: list[Cell] = [one.theirs.count, one.theirs.total, one.yours.count if one.yours else None]
            others: list[Cell] = [one.others.count, one.others.total] if one.others else [None, None]
            who: list[Cell] = [segment.segment_id, segment.name, one.word, one.concept]
            rows.append([*who, *counts, *others, one.why, *shown])
    return csv_of(_HEADER, rows)
