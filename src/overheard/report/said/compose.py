"""Records → the lists of each segment, and of the whole market."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from overheard.records import Slot
from overheard.report.findings import Market
from overheard.report.quotes import Quoter
from overheard.report.said.alternatives import list_practices, list_switches, list_ways
from overheard.report.said.dreams import list_anxieties, list_outcomes, list_worldviews, tell_stories
from overheard.report.said.group import Group
from overheard.report.said.messages import rank_messages
from overheard.report.said.places import list_places
from overheard.report.said.products import Naming, find_product_names, list_products
from overheard.report.said.questions import list_questions
from overheard.report.said.swipe import fill_swipe_file
from overheard.report.said.views import SaidView
from overheard.report.said.wording import Wording
from overheard.report.view import PainView, SegmentView

WHOLE = ""
"""Stands for the whole market among the ids of segments."""
MATTER_PAINS = 16
"""Pains whose words say what a segment talks about; those few of it tell say little of it."""


def said_views(
    market: Market, quoter: Quoter, segments: Sequence[SegmentView], pains: Sequence[PainView]
) -> dict[str, SaidView]:
    """View what each segment says, by segment_id, and under `WHOLE` what all customers say."""
    wording = Wording(one for rows in market.told.values() for one in rows)
    slots: dict[str, list[Slot]] = defaultdict(list)
    for slot in sorted(market.findings.slots, key=lambda one: (one.signal_id, one.start, one.name)):
        slots[slot.signal_id].append(slot)

    naming = Naming(find_product_names(market, quoter, wording, slots), market.posts_of)

    def view(members: Collection[str], own: Sequence[PainView], terms: Sequence[str]) -> SaidView:
        matter = [text for pain in own for text in (pain.name, *pain.words)]
        return _view(Group(market, quoter, members, wording, [*matter, *terms]), own, slots, naming)

    views = {
        one.segment_id: view(
            market.members[one.segment_id],
            [*one.top_pains, *one.pains[:MATTER_PAINS]],
            [term.text for term in one.terms.all],
        )
        for one in segments
    }
    return views | {WHOLE: view(market.customers, pains[:MATTER_PAINS], ())}


def _view(group: Group, pains: Sequence[PainView], slots: dict[str, list[Slot]], naming: Naming) -> SaidView:
    own = tuple({pain.pain_id: pain for pain in pains}.values())
    stories, stories_note = tell_stories(group, slots)
    products, products_note = list_products(group, slots, naming)
    questions, questions_note = list_questions(group)
    return SaidView(
        messages=rank_messages(group, own),
        stories=stories,
        stories_note=stories_note,
        outcomes=list_outcomes(group),
        anxieties=list_anxieties(group),
        worldviews=list_worldviews(group),
        ways=list_ways(group),
        products=products,
        products_note=products_note,
        practices=list_practices(group, slots),
        switches=list_switches(group),
        questions=questions,
        questions_note=questions_note,
        swipe=fill_swipe_file(group, own),
        places=list_places(group),
    )
