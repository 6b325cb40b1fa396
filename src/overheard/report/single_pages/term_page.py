"""Everything that is known of one term: who says it, where, when, and in which lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from overheard.report.figures import share_of
from overheard.report.findings import Market
from overheard.report.quotes import Line, Quoter, span_of_days
from overheard.report.single_pages.address import term_file
from overheard.report.single_pages.over_time import first_days, strip_of, timeline_of
from overheard.report.single_pages.uses import Use
from overheard.report.single_pages.views import Block, Saying, TermPage, Voices
from overheard.report.term_view import TermView
from overheard.report.view import PainView, ReportView

MOST_LINES = 50
MOST_BLOCKS = 60
"""People with a block of their own; more are thinner than a pixel."""
MOST_SAYINGS = 12


def headline_terms(view: ReportView) -> dict[str, TermView]:
    """Return the terms that get a page, by their text in small letters: those that enough people of a group say."""
    rows = [term for segment in view.segments for term in segment.terms.headline]
    rows += [term for term in view.terms if term.here.count >= view.rules["headline_people"]]
    return {row.text.casefold(): row for row in reversed(rows)}


def term_page(
    market: Market,
    quoter: Quoter,
    text: str,
    forms: Sequence[str],
    uses: Sequence[Use],
    pains: Iterable[Saying],
) -> TermPage:
    """Make the page of a term.

    Args:
        market: where it is said.
        quoter: cuts and blots.
        text: the term as it is shown.
        forms: as it was written, in small letters.
        uses: all of them, by utterance and place.
        pains: those in whose sentences it is said.
    """
    people = Counter(use.utterance.person_id for use in uses)
    said = [(use.utterance.said_at.date(), use.utterance.person_id) for use in uses if use.utterance.said_at]
    first, last = span_of_days(day.isoformat() for day, _ in said)
    return TermPage(
        file=term_file(text),
        text=text,
        forms=tuple(form for form in forms if quoter.is_clean(form)),
        share=share_of(len(people), len(market.customers)),
        uses=len(uses),
        voices=voices_of(list(people.values())),
        timeline=timeline_of(market.calendar, said, market.smallest),
        strip=strip_of(market.calendar, first_days(use.utterance for use in uses)),
        first_day=first,
        last_day=last,
        lines=_lines(market, quoter, uses),
        pains=tuple(pains),
    )


def voices_of(uses: Sequence[int]) -> Voices:
    """Lay out how many uses each person has.

    Args:
        uses: of each person, in any order; each >= 1.
    """
    total, ranked = sum(uses), sorted(uses, reverse=True)
    blocks, x = [], 0.0
    for count in ranked[:MOST_BLOCKS]:
        blocks.append(Block(round(x, 2), round(100 * count / total, 2), is_rest=False))
        x += 100 * count / total
    if len(ranked) > MOST_BLOCKS:
        blocks.append(Block(round(x, 2), round(100 - x, 2), is_rest=True))
    squares = sum(count * count for count in ranked)
    return Voices(tuple(blocks), ranked[0] if ranked else 0, total * total / squares if squares else 0.0)


def find_sayings(
    market: Market, pains: Sequence[PainView], terms: Mapping[str, TermView], uses: Mapping[str, Sequence[Use]]
) -> tuple[dict[str, list[Saying]], dict[str, list[Saying]]]:
    """Find out which terms are said in which pains' sentences.

    Returns:
        Terms by pain_id, and pains by term; most people first, those of too few left out.
    """
    told = defaultdict(list)
    for pain in pains:
        for one in market.pain_told[pain.pain_id]:
            told[one.utterance.utterance_id].append((one.signal.start, one.signal.end, pain))
    by_pain: dict[str, list[Saying]] = defaultdict(list)
    by_term: dict[str, list[Saying]] = defaultdict(list)
    for key, term in sorted(terms.items()):
        people: dict[str, set[str]] = defaultdict(set)
        files = {}
        for use in uses[key]:
            for start, end, pain in told[use.utterance.utterance_id]:
                if start <= use.start and use.end <= end:
                    people[pain.pain_id].add(use.utterance.person_id)
                    files[pain.pain_id] = (pain.name, pain.file)
        for pain_id, own in people.items():
            if len(own) >= market.smallest:
                by_pain[pain_id].append(Saying(term.text, term_file(term.text), len(own)))
                by_term[key].append(Saying(*files[pain_id], len(own)))
    return _most(by_pain), _most(by_term)


def _most(sayings: Mapping[str, Iterable[Saying]]) -> dict[str, list[Saying]]:
    return {key: sorted(own, key=lambda one: (-one.people, one.text, one.file))[:MOST_SAYINGS]
            for key, own in sayings.items()}  # fmt: skip


def _lines(market: Market, quoter: Quoter, uses: Iterable[Use]) -> tuple[Line, ...]:
    """Choose the lines, one a person before anybody's second, and order them by what follows the term."""
    turn: Counter[str] = Counter()
    ranked = []
    for at, use in enumerate(uses):
        ranked.append((turn[use.utterance.person_id], at, use))
        turn[use.utterance.person_id] += 1
    lines: list[Line] = []
    for _, _, use in sorted(ranked, key=lambda row: row[:2]):
        line = quoter.line(use.utterance, market.documents[use.utterance.document_id], use.start, use.end)
        if not any(piece.is_removed for piece in line.hit):
            lines.append(line)
        if len(lines) == MOST_LINES:
            break
    return tuple(sorted(lines, key=_what_follows))


def _what_follows(line: Line) -> tuple[str, str, str, int]:
    right, hit = ("".join(piece.text for piece in part).strip().casefold() for part in (line.right, line.hit))
    return right, hit, line.source.utterance_id, line.source.start
