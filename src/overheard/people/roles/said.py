"""What one person said in one document, in their own words, and how alike two such texts are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

LINK = re.compile(
    r"(?:https?://|\bwww\.)[^\s<>()\[\]\"']+|\b[a-z0-9-]+\.(?:com|net|io|app|org|co|example)\b(?:/\S*)?", re.I
)

SHORTEST_WORDS = 8
"""Words from which on two alike texts are no accident."""
_SHINGLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Said:
    """One person's own words in one document (quotes of others removed); `position` counts from 0 within it."""

    person_id: str
    document_id: str
    text: str
    position: int = 0
    said_at: datetime | None = None
    rank: str = ""


# Every rule asks it anew.
@lru_cache(maxsize=65_536)
def linked_sites(text: str) -> tuple[str, ...]:
    """Return the sites `text` links to, without `www.`, in order, each once."""
    sites: dict[str, None] = {}
    for match in LINK.finditer(text):
        address = match[0] if "://" in match[0] else f"http://{match[0]}"
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:  # an unclosed [ of something that only looks like an address
            continue
        sites[host.removeprefix("www.").rstrip(".")] = None
    return tuple(site for site in sites if site)


def words_of(text: str) -> list[str]:
    """Return the words of `text` in order, in lower case, without addresses."""
    return re.findall(r"[\w'’]+", LINK.sub(" ", text).casefold())


def shortened(text: str) -> str:
    """Return `text` on one line of at most 80 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"


def triples_of(text: str) -> frozenset[str]:
    """Return the runs of three words of `text`; none of a text shorter than `SHORTEST_WORDS`."""
    words = words_of(text)
    if len(words) < SHORTEST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(len(words) - _SHINGLE_WORDS + 1))


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the Jaccard index of two sets of which one is not empty, 0-1."""
    return len(left & right) / len(left | right)
