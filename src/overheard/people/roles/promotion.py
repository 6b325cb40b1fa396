"""Who posts to sell? Links with promotional wording, and the same advert in several threads.

One post with one link is what helpful people write, so no rule here fires on a single post.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlsplit
from zlib import crc32

_LINK = re.compile(
    r"(?:https?://|\bwww\.)[^\s<>()\[\]\"']+|\b[a-z0-9-]+\.(?:com|net|io|app|org|co|example)\b(?:/\S*)?", re.I
)
_OFFER = re.compile(
    # Calls to act, give-aways and promises: what a seller writes and a sufferer does not.
    r"\b(?:sign|signing) up (?:now|today|here|free|for (?:a|your) free)\b"
    r"|\b(?:try|get|start|book|claim|order|download|join|apply|call|contact us) (?:it |yours? )?(?:now|today)\b"
    r"|\b(?:free|no[- ]obligation) (?:trial|demo|quote|consultation|e-?book|webinar)\b"
    r"|\b(?:promo|discount|coupon|voucher|referral) (?:code|link)\b"
    r"|\b\d{1,2} ?% (?:off|discount)\b|\blimited[- ]time\b|\bspecial offer\b|\bmoney[- ]back guarantee"
    r"|\b(?:click|tap) (?:the link|below)\b|\blink in (?:my )?(?:bio|profile|signature)\b"
    r"|\b(?:dm|pm|message|inbox|whats ?app) (?:me|us) (?:for|to get|now|today|if you(?:'d| would)? (?:like|want))\b"
    r"|\b(?:check|checkout) out (?:my|our)\b|\bvisit (?:my|our|us)\b|\bcheck us out\b"
    r"|\bguaranteed? (?:approval|results?|income|returns?|to)\b"
    r"|\b(?:instant|same[- ]day) (?:approval|cash|funding|payout)\b"
    r"|\b(?:earn|make) (?:up to )?[$£€]\s?\d|\brisk[- ]free\b"
    r"|\bno (?:credit check|card required|strings attached)\b"
    r"|\b(?:game[- ]changer|revolutionary|cutting[- ]edge|one[- ]stop|world[- ]class)\b"
    r"|\b(?:all[- ]in[- ]one|look no further|say goodbye to|say hello to)\b"
    r"|\b(?:tired of|fed up with|done with)\b[^.!?]{3,40}\?"
    r"|\b(?:try|grab|get|see) (?:it|yours)(?: (?:here|at|now|today|free))?:? {0,2}"
    r"(?=https?:|www\.|[a-z0-9-]+\.[a-z]{2,}/)"
    r"|#1 (?:tool|app|service|choice)\b"
    r"|\b(?:we|our company|our firm) (?:offer|provide|specialise|specialize|deliver)s?\b",
    re.I,
)
_OWNING = re.compile(
    # Something of the writer's own to sell. Customers own shops and apps too: it counts only beside a link.
    r"\b(?:my|our) (?:new |own |little |free )?(?:app|tool|saas|product|platform|startup|course|service|newsletter"
    r"|plugin|extension|agency|shop|store)\b"
    r"|\b(?:i|we)(?:'ve| have)? (?:just )?(?:built|launched|created|released|founded) (?:a|an|this|our|my)\b",
    re.I,
)
_SHINGLE_WORDS = 3
_ALIKE = 0.35
"""Jaccard of word triples: an advert re-spun with other openings keeps two fifths, two people's posts under a tenth."""
_SHORTEST_WORDS = 8
_SKETCH = 8
"""Smallest triple hashes by which near copies are looked up; texts as alike as `_ALIKE` share one almost surely."""
_LARGEST_BUCKET = 60
"""Texts compared with each other under one hash; a triple of more texts is a common phrase."""
_VERBATIM_THREADS = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One person's own words in one document (quotes of others removed)."""

    person_id: str
    document_id: str
    text: str


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
    repeats, verbatim = _repeated_adverts(adverts), _verbatim_threads(said)
    by_person: dict[str, list[_Advert]] = defaultdict(list)
    for advert in adverts:
        by_person[advert.person_id].append(advert)
    found = {}
    for person_id, count in posts.items():
        evidence = _evidence_of(by_person[person_id], count, repeats.get(person_id, 0), verbatim.get(person_id, 0))
        if evidence:
            found[person_id] = evidence
    return found


def linked_sites(text: str) -> tuple[str, ...]:
    """Return the sites `text` links to, without `www.`, in order, each once."""
    sites: dict[str, None] = {}
    for match in _LINK.finditer(text):
        address = match[0] if "://" in match[0] else f"http://{match[0]}"
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:  # an unclosed [ of something that only looks like an address
            continue
        sites[host.removeprefix("www.").rstrip(".")] = None
    return tuple(site for site in sites if site)


def _evidence_of(adverts: Sequence[_Advert], posts: int, repeated: int, verbatim: int) -> tuple[str, ...]:
    offers = [advert for advert in adverts if advert.offers]
    linking = Counter(site for advert in adverts for site in advert.sites)
    site = max(sorted(linking), key=lambda name: linking[name], default="")
    linked_offers = sum(1 for advert in offers if site and site in advert.sites)
    evidence = []
    if repeated >= 2:
        evidence.append(f"near-identical advert in {repeated} threads")
    if verbatim >= _VERBATIM_THREADS:
        evidence.append(f"the same text in {verbatim} threads")
    if linked_offers >= 2 and 2 * linked_offers >= posts:
        evidence.append(f"{linked_offers} of {posts} posts offer and link {site}")
    if len(offers) >= 3 and 4 * len(offers) >= 3 * posts:
        evidence.append(f"{len(offers)} of {posts} posts are worded as offers")
    return tuple(evidence)


def _verbatim_threads(said: Sequence[Said]) -> dict[str, int]:
    """Count the threads one person put the same text into; questions are left out: people in need ask elsewhere too."""
    threads: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in said:
        words = _words(one.text)
        if len(words) >= _SHORTEST_WORDS and "?" not in one.text:
            threads[one.person_id, " ".join(words)].add(one.document_id)
    most: dict[str, int] = {}
    for (person_id, _), documents in threads.items():
        most[person_id] = max(most.get(person_id, 0), len(documents))
    return most


def _repeated_adverts(adverts: Sequence[_Advert]) -> dict[str, int]:
    """Count for each person the threads that hold a near copy of one of their adverts, their own thread included.

    Copies under another name count: one seller often posts under several. Copies that link but offer nothing count from
    the fourth thread on, for people in need repeat themselves once.
    """
    triples = [_triples(advert.text) for advert in adverts]
    offering: dict[int, set[str]] = {index: {advert.document_id} for index, advert in enumerate(adverts)}
    linking = {index: {advert.document_id} for index, advert in enumerate(adverts)}
    for left, right in _candidates(triples):
        one, other = adverts[left], adverts[right]
        if one.document_id == other.document_id or _jaccard(triples[left], triples[right]) < _ALIKE:
            continue
        if one.offers or other.offers:
            offering[left].add(other.document_id)
            offering[right].add(one.document_id)
        elif one.person_id == other.person_id and set(one.sites) & set(other.sites):
            linking[left].add(other.document_id)
            linking[right].add(one.document_id)
    counts: dict[str, int] = {}
    for index, advert in enumerate(adverts):
        threads = max(len(offering[index]), len(linking[index]) if len(linking[index]) >= _VERBATIM_THREADS else 0)
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


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’]+", _LINK.sub(" ", text).casefold())


def _triples(text: str) -> frozenset[str]:
    words = _words(text)
    if len(words) < _SHORTEST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(len(words) - _SHINGLE_WORDS + 1))


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right)
