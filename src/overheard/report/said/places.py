"""Where are they heard more than others are?"""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urlsplit

import numpy as np

from overheard.keyness import log2_odds_ratio
from overheard.records import Document, Utterance
from overheard.report.figures import share_of, times_as_often
from overheard.report.heard import KINDS
from overheard.report.links import link_of
from overheard.report.said.group import Group
from overheard.report.said.views import Place

MOST_PLACES = 8
_COMMUNITY = re.compile(r"^/(r/[A-Za-z0-9_]{2,30})(?:/|$)")
_REPOSITORY = re.compile(r"^/([\w.-]{1,60}/[\w.-]{1,100})/(?:issues|discussions|pull)/")


def list_places(group: Group) -> tuple[Place, ...]:
    """List sources, and the communities in them where an address tells them; the most over-represented first.

    Places with too few of the group are left out.
    """
    market = group.market
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    for posts in market.posts_of.values():
        for post in posts:
            document = market.documents[post.document_id]
            for place in {(market.source_of(post), ""), (market.source_of(post), community_of(post, document))}:
                people[place].add(post.person_id)
    others = len(market.customers) - len(group.members)
    rows = []
    for (source, community), who in sorted(people.items()):
        here = len(who & set(group.members))
        if here >= market.smallest:
            rows.append(_place(group, source, community, here, len(who) - here, others))
    return tuple(place for _, place in sorted(rows, key=lambda row: (-row[0], row[1].name))[:MOST_PLACES])


def community_of(post: Utterance, document: Document) -> str:
    """Return the community an address names: a subreddit, a repository; "" where it names none."""
    parts = urlsplit(post.url or document.url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("old.")
    found = _COMMUNITY.match(parts.path) if host == "reddit.com" else None
    found = _REPOSITORY.match(parts.path) if host == "github.com" else found
    return found[1] if found else ""


def _place(group: Group, source: str, community: str, here: int, there: int, others: int) -> tuple[float, Place]:
    settings = next((one for one in group.market.findings.settings.source if one.name == source), None)
    boards = getattr(settings, "boards", ())
    effect, low, high = (
        log2_odds_ratio(np.array([here]), np.array([there]), len(group.members), others) if others else ([0.0],) * 3
    )
    often = times_as_often(float(effect[0]), (float(low[0]), float(high[0])), there, others)
    place = Place(
        name=community or source,
        kind=f"in {source}" if community else KINDS[settings.kind] if settings else "",
        href=link_of(boards[0]).href if boards and not community else None,
        here=share_of(here, len(group.members)),
        others=share_of(there, others) if others else None,
        often=often,
        is_more=float(low[0]) > 0,
    )
    return float(effect[0]), place
