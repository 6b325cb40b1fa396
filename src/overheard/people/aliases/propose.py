"""Which accounts of different sources may be one person's? Shown names, links and closing lines tell; none are joined.

How somebody writes is not looked at: what knows people by their style finds those who do not want to be found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise

_SHORTEST_NAME = 6
_MOST_BEARERS = 4
"""Accounts under one name; a name that more have is no rare one, whatever the dictionary says."""
_LEAST_POSTS = 2
"""Of each account, that show the same link or closing line."""
_CLOSING_WORDS = (2, 12)
_POST_WORDS = 12
_LONG_WORDS = 20
_TYPING = timedelta(seconds=20)
"""Nobody types two long posts in it."""
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>()\[\]\"']+", re.I)
_MOST_POSTS = 500
"""Posts of one account that are looked at; more show no more."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account of one source with its posts: own words and when they were said."""

    account_id: str
    source: str
    name: str
    posts: tuple[tuple[str, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two accounts of different sources that may be one person's, and what speaks for it, in words."""

    left: Account
    right: Account
    evidence: tuple[str, ...]


def propose_aliases(accounts: Sequence[Account], common_words: Collection[str]) -> list[Proposal]:
    """Propose pairs of accounts for a person to look at.

    Args:
        accounts: all of the market, in any order.
        common_words: words and first names many bear, in lower case.

    Returns:
        Pairs by their sources and names; those whose times contradict them are left out.
    """
    ordered = sorted(accounts, key=lambda one: (one.source, one.name.casefold(), one.account_id))
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for told, marks_of, most in (
        ("the same rare shown name", _exact_name(common_words), _MOST_BEARERS),
        ("nearly the same rare shown name", _near_name(common_words), _MOST_BEARERS),
        ("both link the same address again and again, nobody else does", _addresses, 2),
        ("both close posts with the same line, nobody else does", _closings, 2),
        ("the same long post stands in both sources", _long_posts, 2),
    ):
        for left, right in _pairs(ordered, marks_of, most):
            if not told.startswith("nearly") or not found[left, right]:
                found[left, right].append(told)
    return [
        Proposal(ordered[left], ordered[right], tuple(evidence))
        for (left, right), evidence in sorted(found.items())
        if evidence and not _contradict(ordered[left], ordered[right])
    ]


def _pairs(
    accounts: Sequence[Account], marks_of: Callable[[Account], Iterable[str]], most: int
) -> list[tuple[int, int]]:
    """Pair up accounts of different sources that bear the same mark, where at most `most` bear it."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for index, account in enumerate(accounts):
        for mark in sorted(set(marks_of(account))):
            bearers[mark].append(index)
    found = {
        pair
        for bearing in bearers.values()
        if len(bearing) <= most
        for pair in combinations(bearing, 2)
        if accounts[pair[0]].source != accounts[pair[1]].source
    }
    return sorted(found)


def _exact_name(common_words: Collection[str]) -> Callable[[Account], list[str]]:
    return lambda account: [" ".join(_name_words(account.name))] if _is_rare(account.name, common_words) else []


def _near_name(common_words: Collection[str]) -> Callable[[Account], list[str]]:
    """Without blanks, marks and digits, first and last name in any order."""

    def marks(account: Account) -> list[str]:
        words = _letters(account.name)
        return sorted({"".join(words), "".join(sorted(words))}) if _is_rare(account.name, common_words) else []

    return marks


def _is_rare(name: str, common_words: Collection[str]) -> bool:
    words = _letters(name)
    return len("".join(words)) >= _SHORTEST_NAME and not all(len(w) == 1 or w in common_words for w in words)


def _letters(name: str) -> list[str]:
    return [word for word in (re.sub(r"\d", "", word) for word in _name_words(name)) if word]


def _name_words(name: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(one for one in folded if not unicodedata.combining(one))
    return re.findall(r"[^\W_]+", plain)


def _addresses(account: Account) -> list[str]:
    return _repeated([_plain_addresses(text) for text, _ in account.posts[:_MOST_POSTS]])


def _plain_addresses(text: str) -> set[str]:
    found = (match[0].casefold().rstrip("/.,;:!?") for match in _ADDRESS.finditer(text))
    return {re.sub(r"^(?:https?://)?(?:www\.)?", "", address) for address in found}


def _closings(account: Account) -> list[str]:
    closings = []
    for text, _ in account.posts[:_MOST_POSTS]:
        *body, last = [line for line in text.splitlines() if line.strip()] or [""]
        words = re.findall(r"\w+", last.casefold())
        is_closing = bool(body) and _CLOSING_WORDS[0] <= len(words) <= _CLOSING_WORDS[1]
        closings.append({" ".join(words)} if is_closing else set())
    return _repeated(closings)


def _long_posts(account: Account) -> list[str]:
    words = (re.findall(r"\w+", text.casefold()) for text, _ in account.posts[:_MOST_POSTS])
    return [" ".join(one) for one in words if len(one) >= _POST_WORDS]


def _repeated(marks: Iterable[set[str]]) -> list[str]:
    counts = Counter(mark for own in marks for mark in own)
    return [mark for mark, count in counts.items() if count >= _LEAST_POSTS]


def _contradict(left: Account, right: Account) -> bool:
    """Tell whether both said something long and different within seconds."""
    times = sorted(
        (said_at, side, text)
        for side, account in enumerate((left, right))
        for text, said_at in account.posts
        # Midnight to the second is a source that tells days only.
        if said_at and (said_at.hour, said_at.minute, said_at.second) != (0, 0, 0) and len(text.split()) >= _LONG_WORDS
    )
    return any(
        one[1] != other[1] and one[2] != other[2] and other[0] - one[0] <= _TYPING for one, other in pairwise(times)
    )
