"""Who took up whose advice? One recommends; another says later in the thread that they did it or will, or it helped.

That it was this person's advice must show: they are answered, named or quoted there, or what they were first in the
thread to recommend is named as what was tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from overheard.people.reference.replies import Target
from overheard.people.reference.thread import Said, Thread, words_of
from overheard.records import Signal, Slot

_ADVERBS = r"(?:(?:have|just|also|then|finally|actually|definitely|now|since|did)\s)*"
_I_DID = rf"\b(?:i|we)(?:['’]ve\s|\s){_ADVERBS}"
_I_WILL = rf"\b(?:i|we)(?:['’]ll|\swill|['’](?:m|re)\s(?:going\sto|gonna)|\s(?:am|are)\sgoing\sto)\s{_ADVERBS}"
_DID = (
    r"(?:tried(?:\sout)?|switched\s(?:over\s)?to|moved\sto|bought|ordered|installed|downloaded|signed\sup\s(?:for|to)"
    r"|went\swith|ended\sup\s(?:with|using|buying|getting)|started\s(?:with|using)|set\sup|checked\sout|looked\s(?:at|into))"
)
_DO = (
    r"(?:try(?:\sout)?|use|switch\s(?:over\s)?to|move\sto|buy|order|install|download|sign\sup\s(?:for|to)|go\swith"
    r"|start\s(?:with|using)|set\sup|check\sout|look\s(?:at|into))"
)
_DOING = rf"(?:{_I_DID}{_DID}|{_I_WILL}{_DO})"
_WHAT = r"(?:that|this|it|these|those|them|your|both|all)\b"
_TOOK_UP = re.compile(
    rf"{_DOING}\s{_WHAT}(?!\s(?:already|before))|{_I_DID}used\syour\b"
    rf"|(?:{_I_DID}gave|{_I_WILL}give)\s{_WHAT}\sa\s(?:go|try|shot|whirl|spin)\b"
    rf"|(?:{_I_DID}(?:did|done)|{_I_WILL}do)\s(?:that|(?:just\s)?(?:what|as)\s(?:you|@?\w+)\s"
    r"(?:said|suggest\w*|recommend\w*|advised?|describ\w*))\b(?!\s(?:already|before))"
    rf"|(?:{_I_DID}(?:took|followed)|{_I_WILL}(?:take|follow))\s(?:your|the|that|this)\s(?:\w+\s)?"
    r"(?:advice|suggestions?|tips?|recommendations?|instructions|steps|lead)\b"
    r"|\b(?:that|this|your\s\w+)\s(?:(?:has|have|really|totally|actually|just|finally|all)\s)*"
    r"(?:worked|helped|fixed|solved|sorted|did\s(?:the\strick|it)|saved)\b(?!\sbefore)"
    r"|\bthank(?:s|\syou)\b[^.!?\n]{0,40}\b(?:tips?|suggestions?|recommendations?|advice|pointers?|ideas?|hints?)\b"
    r"|(?:\A|[.!?,]\s|\n)will\s(?:do|try)\b|\b(?:on|with)\syour\s(?:advice|suggestion|recommendation)\b",
    re.IGNORECASE,
)
_NAMED_DOING = re.compile(rf"{_DOING}\s(?:the\s|a\s)?\Z", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|never|without)\b|n['’]t\b", re.IGNORECASE)
_LONGEST_DOING = 70
"""Characters that saying what one did takes at most."""
_DENIED_WITHIN = 12
_SHORTEST_THING = 3


class Advice:
    """Follows the advice of one thread; utterances are to be given in the thread's order."""

    def __init__(
        self, thread: Thread, signals: Mapping[str, Sequence[Signal]], slots: Mapping[str, Sequence[Slot]]
    ) -> None:
        """Begin a thread.

        Args:
            thread: whose advice is followed.
            signals: recommendations by utterance_id.
            slots: of recommendations, by signal_id.
        """
        self._products = {
            one.utterance.utterance_id: frozenset(
                word
                for signal in signals.get(one.utterance.utterance_id, ())
                for slot in slots.get(signal.signal_id, ())
                if (word := _product(one.utterance.text[slot.start : slot.end], slot))
            )
            for one in thread.said
            if one.utterance.utterance_id in signals
        }
        self._sought = frozenset[str]().union(*self._products.values())
        self._given: dict[str, str] = {}
        self._first: dict[str, Target] = {}
        self._named: dict[str, set[str]] = defaultdict(set)

    def find(self, said: Said, targets: Sequence[Target]) -> list[Target]:
        """Return whose advice an utterance takes up, and where it was given; then remember its own advice.

        Args:
            said: the utterance.
            targets: whom it answers, names or quotes.
        """
        person, utterance_id = said.utterance.person_id, said.utterance.utterance_id
        found: dict[Target, None] = {}
        advisers = [other for other, _ in targets if other in self._given]
        if advisers and takes_up(said.own):
            found = {(other, self._given[other]): None for other in advisers}
        sought = [word for word in said.words if word.folded in self._sought] if self._sought else []
        for word in sought:
            # Who named it before had it from elsewhere.
            if word.folded in self._first and word.folded not in self._named[person] and _is_done(said.own, word.start):
                found[self._first[word.folded]] = None
        self._named[person].update(word.folded for word in sought)
        if utterance_id in self._products:
            self._given[person] = utterance_id
            for product in sorted(self._products[utterance_id]):
                self._first.setdefault(product, (person, utterance_id))
        return list(found)


def _product(text: str, slot: Slot) -> str:
    """Return the small letters of a product of one word, "" for others: parts of longer names are other things."""
    words = words_of(text)
    is_one = slot.name == "product" and len(words) == 1 and len(words[0].folded) >= _SHORTEST_THING
    return words[0].folded if is_one else ""


def takes_up(text: str) -> bool:
    """Tell whether a text says that advice was followed, will be, or helped."""
    return any(
        not _DENIED.search(text, max(0, match.start() - _DENIED_WITHIN), match.end())
        for match in _TOOK_UP.finditer(text)
    )


def _is_done(text: str, start: int) -> bool:
    """Tell whether "I tried", "we switched to" and the like stand before what begins at `start`."""
    before = text[max(0, start - _LONGEST_DOING) : start]
    found = _NAMED_DOING.search(before)
    return found is not None and not _DENIED.search(before, found.start())
