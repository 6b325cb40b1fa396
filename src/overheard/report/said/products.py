"""Which products do they name, and do they speak for or against them?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from overheard.records import SignalKind, Slot, Utterance
from overheard.report.findings import Market, Told
from overheard.report.quotes import Quoter
from overheard.report.said.group import Group, counted_share
from overheard.report.said.telling import sentence_of
from overheard.report.said.views import Point, Product
from overheard.report.said.wording import Wording

MOST_PRODUCTS = 8
LEAST_NAMED = 0.8
"""Share of a word's uses that are written as a name; of less it is a word that began a sentence."""
FOR: tuple[SignalKind, ...] = ("gain", "recommendation")
AGAINST: tuple[SignalKind, ...] = ("pain", "objection")
SPOKEN: tuple[SignalKind, ...] = (
    "gain",
    "recommendation",
    "workaround",
    "request",
    "job",
    "question",
    "objection",
    "pain",
)

_NAME = r"[A-Z][\w&.+-]{0,40}\w(?:\s[A-Z0-9][\w&.+-]{0,40}\w){0,2}"
_TAKEN = re.compile(
    r"\b(?:[Uu]s(?:e|es|ed|ing)|[Tt]r(?:y|ied|ying)|[Bb](?:uy|ought|uying)|[Ii]nstall(?:ed|ing)?|[Dd]itch(?:ed|ing)?|"
    r"[Rr]ecommend(?:ed|ing)?|(?:[Mm]ov(?:e|ed|ing)|[Ss]witch(?:ed|ing)?|[Mm]igrat(?:e|ed|ing))\s(?:over\s)?(?:to|from))"
    rf"\s(?P<name>{_NAME})"
)
_WORD = re.compile(r"[^\W_][\w&.+-]*")


class Naming:
    """Which products a text names; each person's posts are looked through once for all groups."""

    def __init__(self, names: Sequence[str], posts_of: Mapping[str, Sequence[Utterance]]) -> None:
        """Args: names: all there are, longest first. posts_of: what each person wrote."""
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None
        self._posts_of = posts_of
        self._named: dict[str, frozenset[str]] = {}

    def named_in(self, text: str) -> frozenset[str]:
        """Return the products that a text names."""
        return frozenset(self._pattern.findall(text)) if self._pattern else frozenset()

    def named_by(self, person: str) -> frozenset[str]:
        """Return the products that a person names anywhere."""
        if person not in self._named:
            self._named[person] = frozenset().union(*(self.named_in(post.text) for post in self._posts_of[person]))
        return self._named[person]


def list_products(group: Group, slots: Mapping[str, Sequence[Slot]], naming: Naming) -> tuple[tuple[Product, ...], str]:
    """List the products that enough of the group name, most people first."""
    named_by: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, list[Told]] = defaultdict(list)
    for person in group.members:
        for name in naming.named_by(person):
            named_by[name].add(person)
    for one in group.telling(*SPOKEN):
        for name in naming.named_in(sentence_of(one)):
            spoken[name].append(one)
    products = []
    for name, people in sorted(named_by.items(), key=lambda row: (-len(row[1]), row[0]))[:MOST_PRODUCTS]:
        share = group.share(len(people))
        if share is not None:
            best = next((one for one in spoken[name] if group.is_whole(one)), None)
            named = Point(name, counted_share(share), share, group.quote(best) if best else None)
            products.append(Product(name, named, *(_side(group, spoken[name], slots, side) for side in (True, False))))
    return tuple(products), "" if products else f"No product is named by {group.market.smallest} of them or more."


def _side(group: Group, spoken: Sequence[Told], slots: Mapping[str, Sequence[Slot]], is_for: bool) -> str:
    """Say how many name a product in praise or advice, or with a pain or a warning."""
    own = []
    for one in spoken:
        warned = any("against" in slot.name for slot in slots.get(one.signal.signal_id, ()))
        good = one.signal.kind in FOR and not warned
        if good if is_for else (warned or one.signal.kind in AGAINST):
            own.append(one)
    return group.people(own) if own else "nobody"


def find_product_names(
    market: Market, quoter: Quoter, wording: Wording, slots: Mapping[str, Sequence[Slot]]
) -> tuple[str, ...]:
    """Return what enough people of the market recommend or take up by a name that is no common word, longest first."""
    people: dict[str, set[str]] = defaultdict(set)
    for rows in market.told.values():
        for one in filter(wording.is_readable, rows):
            for found in _TAKEN.finditer(sentence_of(one)):
                people[found["name"]].add(one.signal.person_id)
            for slot in slots.get(one.signal.signal_id, ()):
                if slot.name.startswith("product"):
                    people[one.utterance.text[slot.start : slot.end]].add(one.signal.person_id)
    wanted = {name for name, who in people.items() if len(who) >= 2 and name[0].isupper() and len(name) > 2}
    forms: Counter[str] = Counter(
        word for posts in market.posts_of.values() for post in posts for word in _WORD.findall(post.text)
    )
    kept = (name for name in wanted if _is_name(name, forms) and quoter.is_clean(name))
    return tuple(sorted(kept, key=lambda name: (-len(name), name)))


def _is_name(name: str, forms: Counter[str]) -> bool:
    first = name.split()[0]
    written = forms[first]
    return written >= LEAST_NAMED * (written + forms[first.lower()])
