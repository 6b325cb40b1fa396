"""The segments: who they are, what they need, how far each can be trusted; and the people in none."""

from __future__ import annotations

from collections import Counter

from overheard.records import Segment
from overheard.report.charts import whisker_of
from overheard.report.choose import Chooser
from overheard.report.figures import counted, number, share_of, shielded
from overheard.report.findings import Market, people_of
from overheard.report.heard import sources_view
from overheard.report.pains import anchor_of, name_of, pain_views, voice_views
from overheard.report.quotes import Quoter, day_of, span_of_days
from overheard.report.trust import judge, loudest, stability_of
from overheard.report.unseen import untold_in_part
from overheard.report.view import AskView, PainView, SegmentView, SourceView, UnplacedView, VoiceView
from overheard.report.words import terms_view

QUOTES = (5, 5, 5, *[3] * 9, 1)
"""Quotes of a segment's pains by rank; those from the thirteenth on stand in the tables only, with one."""
PAID = 4
"""The rung of sentences that tell of money spent."""
TOP_PAINS = 3
WORDS = 5
UNNAMED = "A segment without a name"
SILENT = "told no pain"
TOO_SMALL = "are in a segment too small to show"
WHY_UNPLACED = {
    "": SILENT,
    "insufficient-evidence": "told too little to be sure of their need",
    "ambiguous": "stand between two segments",
    "no-segments": "told enough, but no segments were found",
    "by-hand": "were put in no segment by hand",
}
ENOUGH = "no-segments"
"""`Membership.method` of people who told enough where no segments were found."""
MOSTLY = 0.5
"""Chance from which on an answer is expected to settle somebody's segment."""
FEWEST_FOR_SEGMENTS = 20
"""People who told enough, below which segments are not looked for."""


def segment_views(market: Market, quoter: Quoter) -> tuple[tuple[SegmentView, ...], int]:
    """View the segments with enough people, largest first; and count those with too few."""
    views, hidden = [], 0
    for segment in sorted(market.findings.segments, key=lambda one: one.segment_id):
        members = len(market.members[segment.segment_id])
        if members >= market.smallest:
            views.append(_view(market, quoter, segment))
        else:
            hidden += 1
    return tuple(sorted(views, key=lambda view: (-view.share.count, view.segment_id))), hidden


def unplaced_view(market: Market, quoter: Quoter) -> UnplacedView:
    """Count the customers in no shown segment by why; a segment too small to show is one of the reasons."""
    reasons = Counter(WHY_UNPLACED.get(why, "are left out for another reason") for why in market.unplaced.values())
    for members in market.members.values():
        if 0 < len(members) < market.smallest:
            reasons[TOO_SMALL] += len(members)
    total = sum(reasons.values())
    shown = shielded(reasons, market.smallest)
    rows = sorted(shown.items(), key=lambda row: (-(row[1] or 0), row[0]))
    is_shown = total >= market.smallest or not total
    share = share_of(total, len(market.customers)) if is_shown else None
    return UnplacedView(share, tuple(rows), _asks(market, quoter, total))


def _asks(market: Market, quoter: Quoter, total: int) -> tuple[AskView, ...]:
    """Count by question whom of those in no segment to ask it; questions for too few people are left out.

    `total`: people in no segment.
    """
    names = {pain.pain_id: name_of(pain, quoter) for pain in market.findings.pains}
    asks = [one for one in market.findings.asks if one.person_id in market.unplaced]
    found = []
    for question_id, people in sorted(Counter(one.question_id for one in asks).items()):
        own = [one for one in asks if one.question_id == question_id]
        options = tuple(names[pain_id] for pain_id in own[0].pain_ids if pain_id in names)
        settled = sum(one.settles >= MOSTLY for one in own)
        if people >= market.smallest and len(options) > 1:
            is_shown = settled >= market.smallest and people - settled not in range(1, market.smallest)
            found.append(AskView(question_id, options, people, settled if is_shown or not settled else None))
    found.sort(key=lambda one: (-one.people, one.question_id))
    # Else who is asked nothing could be counted from the whole.
    if total - sum(one.people for one in found) in range(1, market.smallest):
        found = found[:-1]
    return tuple(found)


def why_no_segments(market: Market) -> str:
    """Say why none were found."""
    if market.findings.segments:
        return (
            "A person made these segments by hand. Who belongs together is their judgement; nothing was measured, and "
            "no stability goes with it."
        )
    enough = sum(why == ENOUGH for why in market.unplaced.values())
    people = market.findings.settings.people
    needed = (
        f"{counted(people.minimum_signals, 'pain sentence')} in {counted(people.minimum_documents, 'thread')}"
        " or in one interview"
    )
    if enough >= FEWEST_FOR_SEGMENTS:
        return (
            f"No segments: {number(enough)} people told enough, but their needs do not fall into groups that come back "
            "when the people are drawn again. What follows holds for the market as a whole."
        )
    return (
        f"No segments: too few people told enough ({needed}; {FEWEST_FOR_SEGMENTS} such people are needed). "
        "Among fewer, any two who agree look like a segment. What follows holds for the market as a whole."
    )


def _view(market: Market, quoter: Quoter, segment: Segment) -> SegmentView:
    members = market.members[segment.segment_id]
    posts = [post for person in sorted(members) for post in market.posts_of[person]]
    told = [one for rows in market.pain_told.values() for one in rows if one.signal.person_id in members]
    chooser = Chooser(quoter)
    pains, hidden = pain_views(market, quoter, chooser, members, QUOTES)
    voices = voice_views(market, chooser, members)
    sources = sources_view(market, posts, is_whole=False)
    loud, sentences = loudest(one.signal.person_id for one in told)
    threads = len({one.document.document_id for one in told})
    name = _name(segment, pains, quoter)
    terms = terms_view(market, quoter, segment.segment_id, name, len(members))
    share = share_of(len(members), len(market.customers))
    first, last = span_of_days(day_of(post.said_at) for post in posts)
    # Judged as shown: "stability 0.60, 0.60 needed" would make nobody wiser.
    stability = None if segment.by_hand else round(segment.stability, 2)
    top_pains = _top(segment, pains) if segment.top_pains else _apart(market, pains, len(members))
    return SegmentView(
        segment_id=segment.segment_id,
        file=anchor_of("segment", segment.segment_id) + ".html",
        name=name,
        share=share,
        whisker=whisker_of(share),
        stability=stability_of(stability),
        verdict=judge(len(members), stability, loud, sentences, threads),
        words=tuple(term.text for term in terms.all[:WORDS]),
        top_pains=top_pains,
        pains=pains,
        hidden_pains=hidden,
        terms=terms,
        voices=voices,
        sources=sources,
        posts=len(posts),
        threads=threads,
        loudest=(loud, sentences),
        first_day=first,
        last_day=last,
        others=len(market.customers) - len(members),
        missing=_missing(market, members, pains, sources, voices, sum(post.said_at is None for post in posts)),
    )


def _name(segment: Segment, pains: tuple[PainView, ...], quoter: Quoter) -> str:
    name = segment.name.strip()
    return quoter.clean(name) if name else " · ".join(pain.name for pain in _top(segment, pains)[:2]) or UNNAMED


def _top(segment: Segment, pains: tuple[PainView, ...]) -> tuple[PainView, ...]:
    by_id = {pain.pain_id: pain for pain in pains}
    ranked = dict.fromkeys([*(one for one in segment.top_pains if one in by_id), *by_id])
    return tuple(by_id[one] for one in ranked)[:TOP_PAINS]


def _apart(market: Market, pains: tuple[PainView, ...], members: int) -> tuple[PainView, ...]:
    """Return the pains that more of these people tell than of the others, for segments no fit described."""
    others = max(1, len(market.customers) - members)

    def lift(pain: PainView) -> float:
        elsewhere = len(people_of(market.pain_told[pain.pain_id])) - pain.share.count
        return pain.share.point - elsewhere / others

    ranked = sorted(pains, key=lambda pain: -lift(pain))
    return tuple(pain for pain in ranked[:TOP_PAINS] if lift(pain) > 0)


def _missing(
    market: Market,
    members: frozenset[str],
    pains: tuple[PainView, ...],
    sources: tuple[SourceView, ...],
    voices: tuple[VoiceView, ...],
    undated: int,
) -> tuple[str, ...]:
    """Say what this page cannot tell."""
    missing = []
    heard = {source.name for source in sources}
    unheard = sorted({one.name for one in market.findings.settings.source} - heard)
    if unheard:
        missing.append(f"Nobody of this segment was heard in: {', '.join(unheard)}.")
    if len(heard) == 1:
        missing.append("All of it comes from one source, so what is true of that place may look true of the segment.")
    counts = [
        len({one.signal.person_id for one in rows if one.signal.person_id in members})
        for rows in market.pain_told.values()
    ]
    if untold := untold_in_part([count for count in counts if count]):
        missing.append(untold)
    if not any(pain.rungs[PAID] for pain in pains):
        missing.append("Nobody speaks of money spent on these pains: whether they would pay is not known from here.")
    unvoiced = [f"{voice.kind}s" for voice in voices if not voice.quotes]
    if unvoiced:
        missing.append(f"Too few people voice these to show any: {', '.join(unvoiced)}.")
    if undated:
        missing.append(f"There is no date on {counted(undated, 'post')} of this segment.")
    missing.append("Who they are is not in here: people are grouped by what hurts, not by job, size or country.")
    return tuple(missing)
