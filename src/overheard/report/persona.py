"""A segment on one screen: what they try to do, what hurts and when, what they do instead, where and how they speak."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

import numpy as np

from overheard.keyness import log2_odds_ratio
from overheard.records import SignalKind, Slot
from overheard.report.choose import Chooser
from overheard.report.fields import field_rows
from overheard.report.figures import counted, number, times_as_often
from overheard.report.findings import Market, Told, people_of
from overheard.report.persona_view import CardLine, CardPart, PersonaView
from overheard.report.quotes import Quoter
from overheard.report.view import SegmentView

STORIES = 2
TRIGGERS = 2
WORLDVIEWS = 2
QUOTES = 4
PLACES = 3
WORDS = 6
LONGEST_SLOT = 90
"""Characters of a part of a job's story; longer ones no longer fit a line."""
SHARED_WORDS = 2
"""Long words two sentences must share to be the same view of the world."""
LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_WHO = r"(?:i|we|my|our|they|he|she|the|a|an|one|somebody|someone)\b"
TRIGGER = re.compile(
    rf"\b(?:when(?:ever)?|once|as soon as|until|the (?:day|week|moment|first time))\s+{_WHO}", re.IGNORECASE
)
EVENT = re.compile(
    rf"\b(?:(?:after|since|ever since)\s+{_WHO}|(?:last|this) (?:week|month|year|quarter)|"
    r"(?:last|this) (?:spring|summer|autumn|fall|winter)|(?:in|since|last) (?:january|february|march|april|"
    r"june|july|august|september|october|november|december)|"
    r"(?:weeks?|months?|years?) ago|the other (?:day|week))\b",
    re.IGNORECASE,
)
"""Something that happened at a time, not whenever."""
NOTHING = re.compile(
    r"\b(?:gave up|given up|giv(?:e|ing) up|put(?:ting)? up with|liv(?:e|ing) with it|do(?:ing)? nothing|did nothing|"
    r"just (?:ignore|guess|leave|write it off)|wrote (?:it|them) off|write (?:it|them) off|"
    r"stopped (?:trying|bothering|asking))\b",
    re.IGNORECASE,
)
BY_HAND = re.compile(
    r"\b(?:spreadsheets?|excel|by hand|pen and paper|on paper|notebooks?|notepad|sticky notes?|whiteboard|index cards?|"
    r"exercise books?|diary|shoe ?box(?:es)?|typ(?:e|ing) it all)\b",
    re.IGNORECASE,
)
TRIED: tuple[SignalKind, ...] = ("pain", "workaround", "recommendation")
PRODUCT = "product"
STORY = {"situation": "When", "motivation": "wanted:", "outcome": "so that"}


def persona_views(market: Market, quoter: Quoter, segments: Sequence[SegmentView]) -> dict[str, PersonaView]:
    """View each segment as a card, by segment_id.

    What fewer people say than a group may be shown for is not quoted; the card says that it is missing.
    """
    slots: dict[str, list[Slot]] = defaultdict(list)
    for sheet in market.findings.sheets:
        for heading in sheet.headings:
            for line in heading.lines:
                slots[line.signal.signal_id] = list(line.slots)
    return {one.segment_id: _Card(market, quoter, one, slots).view() for one in segments}


class _Card:
    """One segment's card; nobody is quoted on it more often than the chooser lets them."""

    def __init__(self, market: Market, quoter: Quoter, segment: SegmentView, slots: dict[str, list[Slot]]) -> None:
        self._market, self._quoter, self._segment, self._slots = market, quoter, segment, slots
        self._members = market.members[segment.segment_id]
        self._chooser = Chooser(quoter)

    def view(self) -> PersonaView:
        top = {pain.pain_id for pain in self._segment.top_pains}
        central = [one for pain in self._market.findings.pains if pain.pain_id in top for one in pain.exemplars]
        told = [one for pain in sorted(top) for one in self._market.pain_told.get(pain, ())]
        quotes = self._chooser.choose(self._own(told), central, QUOTES, with_rung=True)
        parts = (
            self._jobs(),
            self._pains(),
            self._triggers(),
            self._alternatives(),
            self._worldview(),
            self._places(),
            self._speech(),
        )
        return PersonaView(parts, quotes, field_rows(self._market, self._quoter, self._segment.segment_id))

    def _own(self, told: Sequence[Told]) -> list[Told]:
        return [one for one in told if one.signal.person_id in self._members]

    def _told(self, kind: SignalKind) -> list[Told]:
        return self._own(self._market.told.get(kind, ()))

    def _people(self, people: Collection[str]) -> str:
        if 0 < len(people) < self._market.smallest:
            return f"fewer than {self._market.smallest} people"
        return f"{number(len(people))} of {number(len(self._members))}"

    def _is_shown(self, told: Sequence[Told]) -> bool:
        return len(people_of(told)) >= self._market.smallest

    def _few(self, told: Sequence[Told], what: str) -> str:
        if not told:
            return f"Nobody {what}."
        return f"Fewer than {self._market.smallest} people {what.replace('tells', 'tell').replace('voices', 'voice')}."

    def _jobs(self) -> CardPart:
        told = self._told("job")
        title = "Jobs"
        if not self._is_shown(told):
            return CardPart(title, self._few(told, "tells what they try to get done"), ())
        # A story with its situation or outcome says more than a bare want.
        fullest = sorted(told, key=lambda one: (not self._story(one), -len(self._slots[one.signal.signal_id])))
        central = [one.signal.signal_id for one in fullest]
        quotes = self._chooser.choose(told, central, STORIES, with_rung=False)
        of = {(one.utterance.utterance_id, one.signal.start): self._story(one) for one in told}
        lines = tuple(CardLine(of[quote.utterance_id, quote.start], "", quote) for quote in quotes)
        return CardPart(title, f"{self._people(people_of(told))} tell what they try to get done.", lines)

    def _story(self, one: Told) -> str:
        """Put a job's parts into the order of a story, their words joined by ours; "" where there is only a want."""
        found: dict[str, str] = {}
        for slot in self._slots.get(one.signal.signal_id, ()):
            said = one.utterance.text[slot.start : slot.end]
            if len(said) <= LONGEST_SLOT and self._quoter.visible_share(one.utterance.text, slot.start, slot.end) == 1:
                found.setdefault(slot.name, " ".join(said.split()))
        if "motivation" not in found or len(found) == 1:
            return ""
        return ", ".join(f"{word} “{found[name]}”" for name, word in STORY.items() if name in found)

    def _pains(self) -> CardPart:
        lines = []
        for pain in self._segment.top_pains:
            strongest = max(pain.ladder.parts, key=lambda part: part.rung)
            told = f"; {counted(strongest.count, 'person tells', 'people tell')} {strongest.words}"
            lines.append(CardLine(f"{pain.name}{told if pain.ladder.is_telling else ''}", pain.share.counted))
        note = "" if lines else f"No pain sets them apart that {self._market.smallest} of them tell."
        return CardPart("Pains that set them apart", note, tuple(lines))

    def _triggers(self) -> CardPart:
        told = [one for one in self._told("pain") if TRIGGER.search(_sentence(one)) or EVENT.search(_sentence(one))]
        title = "Triggers"
        if not self._is_shown(told):
            return CardPart(title, self._few(told, "tells when it began or when it hurts"), ())
        central = [one.signal.signal_id for one in told if EVENT.search(_sentence(one))]
        quotes = self._chooser.choose(told, central, TRIGGERS, with_rung=False)
        note = f"{self._people(people_of(told))} tell when it began or when it hurts."
        return CardPart(title, note, tuple(CardLine("", "", quote) for quote in quotes))

    def _alternatives(self) -> CardPart:
        tried = [one for kind in TRIED for one in self._told(kind)]
        ways: tuple[tuple[str, Callable[[Told], bool]], ...] = (
            ("do nothing, or gave up", lambda one: bool(NOTHING.search(_sentence(one)))),
            ("by hand: paper, a spreadsheet", lambda one: bool(BY_HAND.search(_sentence(one)))),
            ("a way of their own", lambda one: one.signal.kind == "workaround"),
            ("a product they name", self._names_product),
        )
        lines = []
        for words, is_so in ways:
            own = [one for one in tried if is_so(one)]
            if own:
                quotes = self._chooser.choose(own, (), 1, with_rung=False) if self._is_shown(own) else ()
                lines.append(CardLine(words, self._people(people_of(own)), quotes[0] if quotes else None))
        note = "" if lines else "Nobody tells what they do instead; ask them."
        return CardPart("Alternatives today", note, tuple(lines))

    def _names_product(self, one: Told) -> bool:
        return any(slot.name == PRODUCT for slot in self._slots.get(one.signal.signal_id, ()))

    def _worldview(self) -> CardPart:
        told = self._told("worldview")
        title = "Worldview"
        if not self._is_shown(told):
            return CardPart(title, self._few(told, "voices a view of the world"), ())
        lines = []
        for group in _alike(told)[:WORLDVIEWS]:
            quotes = self._chooser.choose(group, (), 1, with_rung=False)
            lines += [CardLine("", counted(len(people_of(group)), "person", "people"), quote) for quote in quotes]
        if not lines:
            return CardPart(title, f"{self._people(people_of(told))} voice one, no two of them the same.", ())
        return CardPart(title, "Said by two of them or more in like words; yours to confirm.", tuple(lines))

    def _places(self) -> CardPart:
        market, lines = self._market, []
        others = market.customers - self._members
        for source in self._segment.sources:
            if source.people is None:
                continue
            there = [p for p in others if any(market.source_of(post) == source.name for post in market.posts_of[p])]
            people = (np.array([source.people]), np.array([len(there)]))
            effect, low, high = log2_odds_ratio(*people, len(self._members), len(others))
            often = times_as_often(float(effect[0]), (float(low[0]), float(high[0])), len(there), len(others))
            own = f"{number(source.people)} of {number(len(self._members))}"
            is_more = float(low[0]) > 0
            lines.append((-float(effect[0]), CardLine(f"{source.name}: {often}" if is_more else source.name, own)))
        kept = tuple(line for _, line in sorted(lines, key=lambda row: (row[0], row[1].text))[:PLACES])
        note = "Nowhere surely more than the others heard." if kept else "No source holds enough to be shown."
        if any(": " in line.text for line in kept):
            note = "Beside how often the others heard are there."
        return CardPart("Where they gather", note, kept)

    def _speech(self) -> CardPart:
        terms = self._segment.terms.all[:WORDS]
        note = "" if terms else "No word is shared by enough of them and told apart from what others say."
        return CardPart(
            "How they speak", note, tuple(CardLine(f"“{one.text}”", one.here.counted) for one in terms), is_run=True
        )


def _sentence(one: Told) -> str:
    return one.utterance.text[one.signal.start : one.signal.end]


def _alike(told: Sequence[Told]) -> list[list[Told]]:
    """Group sentences that share long words, of two people or more, most people first."""
    words = [frozenset(word.casefold() for word in LONG_WORD.findall(_sentence(one))) for one in told]
    left, groups = list(range(len(told))), []
    for row in range(len(told)):
        group = [other for other in left if other == row or len(words[row] & words[other]) >= SHARED_WORDS]
        if row in left and len(people_of(told[other] for other in group)) > 1:
            groups.append([told[other] for other in group])
            left = [other for other in left if other not in group]
    return sorted(groups, key=lambda group: (-len(people_of(group)), group[0].signal.signal_id))
