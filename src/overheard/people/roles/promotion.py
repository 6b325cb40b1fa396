"""Who posts to sell? Links with promotional wording, and the same advert in several threads.

One post with one link is what helpful people write, so no rule here fires on a single post.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from overheard.people.roles.said import SHORTEST_WORDS, Said, likeness, linked_sites, triples_of, words_of

_OFFER = re.compile(
    # Calls to act, give-aways and promises: what a seller writes and a sufferer does not.
    r"\b(?:(?:sign|signing) up (?:now|today|here|free|for (?:a|your) free)\b"
    r"|(?:try|get|start|book|claim|order|download|join|apply|call|contact us) (?:it |yours? )?(?:now|today)\b"
    r"|(?:free|no[- ]obligation) (?:trial|demo|quote|consultation|e-?book|webinar)\b"
    r"|(?:promo|discount|coupon|voucher|referral) (?:code|link)\b"
    r"|\d{1,2} ?% (?:off|discount)\b|limited[- ]time\b|special offer\b|money[- ]back guarantee"
    r"|(?:click|tap) (?:the link|below)\b|link in (?:my )?(?:bio|profile|signature)\b"
    r"|(?:dm|pm|message|inbox|whats ?app) (?:me|us) (?:for|to get|now|today|if you(?:'d| would)? (?:like|want))\b"
    r"|(?:check|checkout) out (?:my|our)\b|visit (?:my|our|us)\b|check us out\b"
    r"|guaranteed? (?:approval|results?|income|returns?|to)\b"
    r"|(?:instant|same[- ]day) (?:approval|cash|funding|payout)\b"
    r"|(?:earn|make) (?:up to )?[$£€]\s?\d|risk[- ]free\b"
    r"|no (?:credit check|card required|strings attached)\b"
    r"|(?:game[- ]changer|revolutionary|cutting[- ]edge|one[- ]stop|world[- ]class)\b"
    r"|(?:all[- ]in[- ]one|look no further|say goodbye to|say hello to)\b"
    r"|(?:tired of|fed up with|done with)\b[^.!?]{3,40}\?"
    r"|(?:try|grab|get|see) (?:it|yours)(?: (?:here|at|now|today|free))?:? {0,2}"
    r"(?=https?:|www\.|[a-z0-9-]+\.[a-z]{2,}/)"
    r"|(?:we|our company|our firm) (?:offer|provide|specialise|specialize|deliver)s?\b)"
    # False help lines: a number to call, written so that filters miss it.
    r"|\b(?:help ?line|toll[- ]free|customer (?:care|service|support)|support|contact) (?:phone |telephone )?number\b"
    r"[^?]{0,40}?\d(?:\W{0,4}[\dOI]){6}|[☎☏📞📲]\W{0,6}[\dOI](?:\W{0,4}[\dOI]){5}"
    r"|#1 (?:tool|app|service|choice)\b",
    re.I,
)
_OWNING = re.compile(
    # Something of the writer's own to sell. Customers own shops and apps too: it counts only beside a link.
    r"\b(?:my|our) (?:new |own |little |free )?(?:app|tool|saas|product|platform|startup(?! \w)|course|service"
    r"|newsletter|plugin|extension|agency|shop|store)\b"
    # Filters, profiles and accounts are created by everybody.
    r"|\b(?:i|we)(?:'ve| have)? (?:just )?(?:built|launched|released|founded) (?:a|an|this|our|my)\b"
    r"|\b(?:i|we)(?:'ve| have)? (?:just )?created (?:a|an|our|my) (?:\w+ ){0,2}(?:app|tool|saas|product"
    r"|plugin|course)\b",
    re.I,
)
_TELEPHONE = re.compile(r"(?<![\w.+-])\+?\d(?:[\s().-]{0,2}\d){8,13}(?![\w-])")
_ALIKE = 0.35
"""Jaccard of word triples: an advert re-spun with other openings keeps two fifths, two people's posts under a tenth."""
_SKETCH = 8
"""Smallest triple hashes by which near copies are looked up; texts as alike as `_ALIKE` share one almost surely."""
_LARGEST_BUCKET = 60
"""Texts compared with each other under one hash; a triple of more texts is a common phrase."""
_VERBATIM_THREADS = 4


@dataclass(frozen=True, slots=True)
class _Advert:
    """A text that links or offers, read once."""

    person_id: str
    document_id: str
    text: str
    offers: bool
    sites: tuple[str, ...]


def promotion_evidence(said: Sequence[Said]) -> dict[str, tuple[str, ...]]:
    """Find who promotes, and what shows it.

    Args:
        said: every utterance's own words, in any order.

    Returns:
        person_id → evidence, for promoters only.
    """
    posts = Counter(one.person_id for one in said)
    adverts = []
    for one in said:
        sites = linked_sites(one.text)
        offers = bool(_OFFER.search(one.text)) or bool(sites and _OWNING.search(one.text))
        if offers or sites:
            adverts.append(_Advert(one.person_id, one.document_id, one.text, offers, sites))
    repeats, verbatim = (
        _repeated_adverts(adverts, posts),
        _verbatim_threads([one for one in said if posts[one.person_id] >= _VERBATIM_THREADS]),
    )
    by_person: dict[str, list[_Advert]] = defaultdict(list)
    for advert in adverts:
        by_person[advert.person_id].append(advert)
    found = {}
    for person_id, count in posts.items():
        evidence = _evidence_of(by_person[person_id], count, repeats.get(person_id, 0), verbatim.get(person_id, 0))
        if evidence:
            found[person_id] = evidence
    return found


def _evidence_of(adverts: Sequence[_Advert], posts: int, repeated: int, verbatim: int) -> tuple[str, ...]:
    offers = [advert for advert in adverts if advert.offers]
    linking = Counter(site for advert in adverts for site in advert.sites)
    site = max(sorted(linking), key=lambda name: linking[name], default="")
    linked_offers = sum(1 for advert in offers if site and site in advert.sites)
    evidence = []
    if repeated >= 2:
        evidence.append(f"near-identical advert in several threads: {repeated}")
    if verbatim >= _VERBATIM_THREADS and 2 * verbatim >= posts:
        evidence.append(f"the same text, with a link or number to call, in many threads: {verbatim}")
    if linked_offers >= 2 and 2 * linked_offers >= posts:
        evidence.append(f"offers and links one site: {site} in {linked_offers} of {posts} posts")
    if len(offers) >= 3 and 4 * len(offers) >= 3 * posts:
        evidence.append(f"posts worded as offers: {len(offers)} of {posts}")
    return tuple(evidence)


def _verbatim_threads(said: Sequence[Said]) -> dict[str, int]:
    """Count the threads one person put the same text into.

    Questions are left out, and so is what leads nowhere: people in need say the same again elsewhere, too.
    """
    threads: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in said:
        words = words_of(one.text)
        leads = linked_sites(one.text) or _OFFER.search(one.text) or _TELEPHONE.search(one.text)
        if len(words) >= SHORTEST_WORDS and "?" not in one.text and leads:
            threads[one.person_id, " ".join(words)].add(one.document_id)
    most: dict[str, int] = {}
    for (person_id, _), documents in threads.items():
        most[person_id] = max(most.get(person_id, 0), len(documents))
    return most


def _repeated_adverts(adverts: Sequence[_Advert], posts: Mapping[str, int]) -> dict[str, int]:
    """Count for each person the threads that hold a near copy of one of their adverts, their own thread included.

    Copies under another name count: one seller often posts under several. Copies that link but offer nothing count from
    the fourth thread on and where they are half of what the person posts: people in need repeat themselves once, and
    helpers have an answer ready that links a manual.
    """
    triples = [triples_of(advert.text) for advert in adverts]
    offering: dict[int, set[str]] = {index: {advert.document_id} for index, advert in enumerate(adverts)}
    linking = {index: {advert.document_id} for index, advert in enumerate(adverts)}
    for left, right in _candidates(triples):
        one, other = adverts[left], adverts[right]
        if one.document_id == other.document_id or likeness(triples[left], triples[right]) < _ALIKE:
            continue
        if one.offers or other.offers:
            offering[left].add(other.document_id)
            offering[right].add(one.document_id)
        elif one.person_id == other.person_id and set(one.sites) & set(other.sites):
            linking[left].add(other.document_id)
            linking[right].add(one.document_id)
    counts: dict[str, int] = {}
    for index, advert in enumerate(adverts):
        linked = len(linking[index])
        is_habit = linked >= _VERBATIM_THREADS and 2 * linked >= posts[advert.person_id]
        threads = max(len(offering[index]), linked if is_habit else 0)
        counts[advert.person_id] = max(counts.get(advert.person_id, 0), threads)
    return counts


def _candidates(triples: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """Pair up texts that share one of their smallest triple hashes (a bottom-k sketch; Broder, 1997)."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for index, shingles in enumerate(triples):
        for value in sorted(crc32(shingle.encode()) for shingle in shingles)[:_SKETCH]:
            buckets[value].append(index)
    pairs: set[tuple[int, int]] = set()
    for members in buckets.values():
        if len(members) <= _LARGEST_BUCKET:
            pairs.update(combinations(members, 2))
    return sorted(pairs)
