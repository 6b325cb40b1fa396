"""Who posts to sell? Links with promotional wording, and the same advert in several threads.

One post with one link is what helpful people write, so no rule here fires on a single post.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_LINK = re.compile(
    r"(?:https?://|\bwww\.)[^\s<>()\[\]\"']+|\b[a-z0-9-]+\.(?:com|net|io|app|org|co|example)\b(?:/\S*)?", re.I
)
_OFFER = re.compile(
    # Calls to act, give-aways and promises: what a seller writes and a sufferer does not.
    r"\b(?:sign|signing) up (?:now|today|here|free|for (?:a|your) free)\b"
    r"|\b(?:try|get|start|book|claim|order|download|join|apply|call|contact us) (?:it |yours? )?(?:now|today)\b"
    r"|\b(?:free|no[- ]obligation) (?:trial|demo|quote|consultation|e-?book|webinar)\b"
    r"|\b(?:promo|discount|coupon|voucher|referral) (?:code|link)\b"
    r"|\b\d{1,2} ?% (?:off|discount)\b|\blimited[- ]time\b|\bspecial offer\b|\bmoney[- ]back\b"
    r"|\b(?:click|tap) (?:the link|below)\b|\blink in (?:my )?(?:bio|profile|signature)\b"
    r"|\b(?:dm|pm|message|inbox|whats ?app) (?:me|us) (?:for|to get|now|today|if you(?:'d| would)? (?:like|want))\b"
    r"|\b(?:check|checkout) out (?:my|our)\b|\bvisit (?:my|our|us)\b|\bcheck us out\b"
    r"|\bguaranteed? (?:approval|results?|income|returns?|to)\b"
    r"|\b(?:instant|same[- ]day) (?:approval|cash|funding|payout)\b"
    r"|\b(?:earn|make) (?:up to )?[$£€]\s?\d|\brisk[- ]free\b"
    r"|\bno (?:credit check|card required|strings attached)\b"
    r"|\b(?:game[- ]changer|revolutionary|cutting[- ]edge|one[- ]stop|world[- ]class)\b"
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
_ALIKE = 0.5
"""Jaccard of word triples: an advert re-spun with another greeting keeps two thirds, two people's posts a tenth."""
_SHORTEST_WORDS = 6
_LARGEST_BUCKET = 60
"""Texts compared with each other under one triple; a triple in more texts than that is a common phrase."""


@dataclass(frozen=True, slots=True)
class Said:
    """One person's own words in one document (quotes of others removed)."""

    person_id: str
    document_id: str
    text: str


def promotion_evidence(said: Sequence[Said]) -> dict[str, tuple[str, ...]]:
    """Find who promotes, and what shows it.

    Args:
        said: every utterance's own words, in any order.

    Returns:
        person_id → evidence, for promoters only.
    """
    repeats = _repeated_adverts(said)
    verbatim = _verbatim_threads(said)
    by_person: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_person[one.person_id].append(one)
    found = {}
    for person_id, posts in by_person.items():
        evidence = _evidence_of(posts, repeats.get(person_id, 0), verbatim.get(person_id, 0))
        if evidence:
            found[person_id] = evidence
    return found


def has_wording(text: str) -> bool:
    """Tell whether `text` is worded as an offer."""
    return bool(_OFFER.search(text)) or bool(_OWNING.search(text) and linked_sites(text))


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


def _evidence_of(posts: Sequence[Said], repeated: int, verbatim: int) -> tuple[str, ...]:
    offers = [post for post in posts if has_wording(post.text)]
    by_site: dict[str, int] = defaultdict(int)
    for post in posts:
        for site in linked_sites(post.text):
            by_site[site] += 1
    site, linking = max(by_site.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    linked_offers = sum(1 for post in offers if site and site in linked_sites(post.text))
    evidence = []
    if repeated >= 2:
        evidence.append(f"near-identical advert in {repeated} threads")
    if verbatim >= 3:
        evidence.append(f"the same text in {verbatim} threads")
    if linking >= 2 and linked_offers >= 2 and 2 * linked_offers >= len(posts):
        evidence.append(f"{linked_offers} of {len(posts)} posts offer and link {site}")
    if len(offers) >= 3 and 4 * len(offers) >= 3 * len(posts):
        evidence.append(f"{len(offers)} of {len(posts)} posts are worded as offers")
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


def _repeated_adverts(said: Sequence[Said]) -> dict[str, int]:
    """Count for each person the threads that hold a near copy of one of their adverts, their own thread included.

    Only texts with a link or an offer are compared, so a question asked twice is none. Copies under another name count:
    one seller often posts under several.
    """
    adverts = [one for one in said if linked_sites(one.text) or has_wording(one.text)]
    triples = [_triples(one.text) for one in adverts]
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, shingles in enumerate(triples):
        for shingle in shingles:
            buckets[shingle].append(index)
    near: dict[int, set[str]] = {index: {one.document_id} for index, one in enumerate(adverts)}
    compared: set[tuple[int, int]] = set()
    for members in buckets.values():
        if not 2 <= len(members) <= _LARGEST_BUCKET:
            continue
        for position, left in enumerate(members):
            for right in members[position + 1 :]:
                if (left, right) in compared:
                    continue
                compared.add((left, right))
                if _jaccard(triples[left], triples[right]) >= _ALIKE and _is_advert(adverts[left], adverts[right]):
                    near[left].add(adverts[right].document_id)
                    near[right].add(adverts[left].document_id)
    counts: dict[str, int] = {}
    for index, documents in near.items():
        person_id = adverts[index].person_id
        counts[person_id] = max(counts.get(person_id, 0), len(documents))
    return counts


def _is_advert(left: Said, right: Said) -> bool:
    """Two near copies are an advert if either is worded as one, or one person put the same link under both."""
    if has_wording(left.text) or has_wording(right.text):
        return True
    shared = set(linked_sites(left.text)) & set(linked_sites(right.text))
    return left.person_id == right.person_id and bool(shared) and "?" not in left.text + right.text


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’]+", _LINK.sub(" ", text).casefold())


def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    if len(words) < _SHORTEST_WORDS:
        return frozenset()
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE_WORDS)), strict=False))


def _jaccard(left: frozenset[tuple[str, ...]], right: frozenset[tuple[str, ...]]) -> float:
    return len(left & right) / len(left | right)
