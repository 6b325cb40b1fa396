"""What was heard, and what was left out and why?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from overheard.records import SourceKind, Utterance
from overheard.report.figures import shielded
from overheard.report.findings import Market
from overheard.report.quotes import Quoter, day_of, span_of_days
from overheard.report.view import HeardView, LeftOutView, LoudestView, SkipView, SourceView, TakenView

PLACES_SHOWN = 4
"""Places named for one reason of skipping; the count tells how many there are."""

LARGEST_THREADS = 3

KINDS = {
    "pages": "saved forum pages",
    "web": "forum pages",
    "table": "table of posts or answers",
    "transcripts": "interview transcripts",
}
WHY_LEFT_OUT = {
    "staff": ("Staff of a vendor", "they speak for the product, not for a customer"),
    "vendor": ("Vendors of other products", "they sell, and speak of their customers' pains to do so"),
    "promoter": ("Promoters", "they advertise something of their own"),
    "bot": ("Machines", "no person speaks"),
    "interviewer": ("Interviewers", "their questions are not a customer's words"),
    "passer-by": ("Passers-by", "one short answer that asks and tells nothing; who told something is counted"),
}


def heard_view(market: Market, quoter: Quoter) -> HeardView:
    """Count what the report rests on."""
    posts = [post for person in sorted(market.posts_of) for post in market.posts_of[person]]
    first, last = span_of_days(day_of(post.said_at) for post in posts)
    placed = sum(len(told) for told in market.pain_told.values())
    people = len(market.customers)
    return HeardView(
        people=people if people >= market.smallest or not people else None,
        posts=len(posts),
        all_posts=len(market.utterances),
        threads=len({post.document_id for post in posts}),
        sources=sources_view(market, posts, is_whole=True),
        heard_sources=len({market.source_of(post) for post in posts}),
        first_day=first,
        last_day=last,
        undated=sum(post.said_at is None for post in posts),
        sentences=placed + market.unfitting,
        unfitting=market.unfitting,
        left_out=_left_out(market),
        skips=_skips(market, quoter),
        missing=tuple(sorted({skip.source for skip in market.findings.skips if skip.is_whole_source})),
        taken=_taken(market, posts),
        loudest=_loudest(market, posts),
    )


def sources_view(market: Market, posts: Iterable[Utterance], is_whole: bool) -> tuple[SourceView, ...]:
    """Break posts down by source.

    Args:
        market: whose sources.
        posts: what some people said.
        is_whole: also name the sources nothing was heard from.
    """
    settings = {one.name: KINDS[one.kind] for one in market.findings.settings.source}
    people: dict[str, set[str]] = defaultdict(set)
    threads: dict[str, set[str]] = defaultdict(set)
    said: Counter[str] = Counter()
    for post in posts:
        source = market.source_of(post)
        people[source].add(post.person_id)
        threads[source].add(post.document_id)
        said[source] += 1
    names = set(said) | (set(settings) if is_whole else set())
    shown = shielded({name: len(people[name]) for name in sorted(names)}, market.smallest)
    rows = []
    for name, count in shown.items():
        is_shown = count is not None
        threads_shown, posts_shown = (len(threads[name]), said[name]) if is_shown else (None, None)
        rows.append(SourceView(name, settings.get(name, ""), threads_shown, posts_shown, count))
    return tuple(sorted(rows, key=lambda row: (row.posts is None, -(row.posts or 0), row.name)))


def _left_out(market: Market) -> tuple[LeftOutView, ...]:
    posts = Counter(post.person_id for post in market.utterances.values())
    shown = shielded({role: len(people) for role, people in market.people_by_role.items()}, market.smallest)
    rows = []
    for role, people in market.people_by_role.items():
        who, why = WHY_LEFT_OUT.get(role, (role.capitalize(), "their words are not a customer's"))
        said = sum(posts[person] for person in people) if shown[role] is not None else None
        evidence = shielded(_people_by_rule(market, people), market.smallest) if shown[role] is not None else {}
        rows.append(LeftOutView(who, why, shown[role], said, tuple(evidence.items())))
    return tuple(rows)


def _people_by_rule(market: Market, people: Collection[str]) -> dict[str, int]:
    """Count the people each rule found; what of their words it rests on stands after a colon and is not told."""
    rules = Counter(
        rule
        for role in market.findings.roles
        if role.person_id in people
        for rule in {told.partition(":")[0] for told in role.evidence}
    )
    return dict(sorted(rules.items(), key=lambda row: (-row[1], row[0])))


def _loudest(market: Market, posts: Sequence[Utterance]) -> LoudestView | None:
    """Share out the words that count; None where one person's share could be told from a few people's words."""
    if len(market.customers) < market.smallest:
        return None
    words: Counter[str] = Counter()
    threads: Counter[str] = Counter()
    for post in posts:
        count = len(post.text.split()) - sum(len(post.text[at:to].split()) for at, to in post.not_own)
        words[post.person_id] += max(0, count)
        threads[post.document_id] += max(0, count)
    total = words.total()
    if not total:
        return None
    largest = sum(count for _, count in threads.most_common(LARGEST_THREADS))
    return LoudestView(max(words.values()) / total, largest / total, len(threads))


def _taken(market: Market, posts: Iterable[Utterance]) -> tuple[TakenView, ...]:
    rows: dict[str, list[SourceKind]] = defaultdict(list)
    for one in market.findings.source_kinds:
        rows[one.source].append(one)
    people: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        people[market.source_of(post)].add(post.person_id)
    return tuple(
        TakenView(
            source,
            found[0].register == "answer",
            found[0].sentences,
            {one.kind: (one.share, one.threshold) for one in sorted(found, key=lambda one: one.kind)},
        )
        for source, found in sorted(rows.items())
        if len(people[source]) >= market.smallest
    )


def _skips(market: Market, quoter: Quoter) -> tuple[SkipView, ...]:
    places: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for skip in market.findings.skips:
        places[(skip.source, skip.step, skip.why)].append(skip.place)
    rows = [
        SkipView(
            step,
            source,
            quoter.clean(why),
            len(where),
            tuple(quoter.clean(place) for place in sorted({place for place in where if place})[:PLACES_SHOWN]),
        )
        for (source, step, why), where in places.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.source, row.step, row.why)))


def missing_told(heard: HeardView) -> str:
    """Say which sources tonight lacks."""
    names = ", ".join(f"“{name}”" for name in heard.missing)
    return f"Tonight nothing could be read of {names}; what earlier nights read there stands"
