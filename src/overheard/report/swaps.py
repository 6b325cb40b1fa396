"""Say this, not that: the product's words beside those of a segment, with what decides between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.records import Swap, SwapVerdict
from overheard.report.figures import Share, share_of
from overheard.report.findings import Market
from overheard.report.quotes import Line, Quoter

_VERDICTS: Mapping[SwapVerdict, str] = {
    "say theirs": "say theirs",
    "keep yours": "keep yours",
    "too few to tell": "too few people to tell",
    "nobody here says either": "hardly anyone here says either",
    "no customer word": "no customer word found",
}
_ORDER = tuple(_VERDICTS)


@dataclass(frozen=True, slots=True)
class SwapView:
    """One row; `theirs` is None where no word of theirs is known.

    `everybody` tells the whole market's counts where its verdict differs, `whole` that verdict, else both are "";
    `is_unheard`: all the market does not say it.
    """

    verdict: SwapVerdict
    shown: str
    yours: str
    line: int
    copy: str
    word: str
    ours: Share
    theirs: Share | None
    effect: float
    low: float
    high: float
    everybody: str
    whole: str
    is_unheard: bool
    example: Line | None


@dataclass(frozen=True, slots=True)
class SwapsView:
    """A group's rows, best to act on first. `page` is "" where no page is named.

    `kept` and `unheard` are words of the page that they say as well and that none of them says.
    """

    page: str
    rows: tuple[SwapView, ...]
    kept: tuple[SwapView, ...]
    unheard: tuple[str, ...]


def swap_views(market: Market, quoter: Quoter, segments: Sequence[str]) -> dict[str, SwapsView]:
    """View the swaps of each segment, by segment_id, and of the whole market, under "".

    Args:
        market: the findings.
        quoter: cuts and blots.
        segments: ids of the segments that are shown.
    """
    whole = {(one.yours, one.line): one for one in market.findings.swaps if one.segment_id is None}
    return {
        group: _view(market, quoter, [one for one in market.findings.swaps if (one.segment_id or "") == group], whole)
        for group in ("", *segments)
    }


def _view(market: Market, quoter: Quoter, swaps: Sequence[Swap], whole: Mapping[tuple[str, int], Swap]) -> SwapsView:
    clean = [one for one in swaps if quoter.is_clean(one.yours) and quoter.is_clean(one.theirs)]
    clean.sort(key=lambda one: _rank(one, whole.get((one.yours, one.line), one)))
    rows = [_row(market, quoter, one, whole.get((one.yours, one.line))) for one in clean]
    return SwapsView(
        page=market.findings.settings.product.page,
        rows=tuple(row for row in rows if row.word),
        kept=tuple(row for row in rows if not row.word and row.verdict == "keep yours"),
        unheard=tuple(row.yours for row in rows if row.verdict == "no customer word" and row.is_unheard),
    )


def _rank(one: Swap, whole: Swap) -> tuple[int, int, int, int, str]:
    """Put first what is decided, then what the whole market decides, then what most people say."""
    said = max(one.people_theirs, one.people_yours)
    return _ORDER.index(one.verdict), _ORDER.index(whole.verdict), -said, one.line, one.yours


def _row(market: Market, quoter: Quoter, one: Swap, whole: Swap | None) -> SwapView:
    # Counted before somebody was found to be staff: no share may exceed 1.
    total = max(one.people, one.people_yours, one.people_theirs)
    everybody = verdict = ""
    if whole is not None and one.segment_id is not None and whole.verdict != one.verdict and whole.theirs:
        everybody = f"{whole.people_theirs} of all {whole.people} people say theirs, {whole.people_yours} yours"
        verdict = _VERDICTS[whole.verdict]
    return SwapView(
        verdict=one.verdict,
        shown=_VERDICTS[one.verdict],
        yours=one.yours,
        line=one.line,
        copy=one.copy,
        word=one.theirs,
        ours=share_of(one.people_yours, total),
        theirs=share_of(one.people_theirs, total) if one.theirs else None,
        effect=one.effect,
        low=one.interval[0],
        high=one.interval[1],
        everybody=everybody,
        whole=verdict,
        is_unheard=whole is None or whole.verdict == "no customer word",
        example=_example(market, quoter, one),
    )


def _example(market: Market, quoter: Quoter, one: Swap) -> Line | None:
    for utterance_id, start, end in one.examples:
        utterance = market.utterances.get(utterance_id)
        if utterance is not None:
            line = quoter.line(utterance, market.documents[utterance.document_id], start, end)
            if not any(piece.is_removed for piece in line.hit):
                return line
    return None
