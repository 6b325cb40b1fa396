"""Which accounts are machines? They are shown as such, say so, or post one template at length."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from overheard.people.roles.said import SHORTEST_WORDS, Said, likeness, triples_of, words_of

_RANK = re.compile(r"\b(?:chat ?)?bots?\b|^(?:app|automated|system|webhook)$", re.I)
_NO_RANK = re.compile(r"\b(?:not|no|non|anti)\b", re.I)
_NAME = re.compile(r"\[bot\]$|^auto-?moderator$", re.I)
_NAMED_LIKE = re.compile(r"(?:[-_. ][Bb]ot|[a-z]Bot|\bBOT)$")
_SAYS_SO = re.compile(
    # "It thinks I am a bot" is what people say whom a captcha shut out: only a sentence of its own counts.
    r"(?:^|[.!?\n*^(\[|])[ *^_]*(?:beep,? ?boop|bleep,? ?bloop"
    r"|i(?:['’]m| am) an? (?:automated |friendly |chat ?)?bot\b(?= ?[,.!;|*)\]]| and\b| that\b| made\b|$)"
    r"|this (?:message|comment|post|reply|action|issue|thread) (?:was|is|has been) (?:\w+ )?automatically"
    r" (?:\w+ )?(?:generated|posted|created|sent|marked|closed|locked|because)"
    r"|this is an automat(?:ed|ic) (?:message|reply|response|post|comment|notification|reminder)\b)"
    r"|\b(?:action|crosspost) was performed automatically\b",
    re.I,
)
_SPEAKS_OF_ITSELF = re.compile(r"\b(?:I|[Mm]y|[Mm]ine|[Mm]yself)\b(?!['’]m a bot| am a bot)")
_OPENING_WORDS = 6
_TEMPLATE_THREADS = 6
_TEMPLATE_DAYS = 3
"""Who is in despair says the same everywhere on one evening; a machine does it week after week."""
_TEMPLATE_SHARE = 0.8
_TEMPLATE_LIKENESS = 0.5
_REGULAR_DAYS = 8
_REGULAR_SHARE = 0.9
_OTHERS_SHARE = 0.05
"""Of other people's posts at one minute of the day; where more are, the source rounds its times."""


def machine_evidence(said: Sequence[Said], names: Collection[str], others_minutes: Counter[int]) -> tuple[str, ...]:
    """Tell what shows that one account is a machine; () for people.

    Args:
        said: everything the account said, at least one.
        names: its shown names.
        others_minutes: how many posts of everybody were said at each minute of the day (UTC).
    """
    ranks = sorted({one.rank.strip() for one in said if _RANK.search(one.rank) and not _NO_RANK.search(one.rank)})
    if ranks:
        return tuple(f"shown as a bot: {rank}" for rank in ranks)
    if any(_NAME.search(name.strip()) for name in names):
        return ("named as a bot",)
    telling = sum(bool(_SAYS_SO.search(one.text)) for one in said)
    if 2 * telling >= len(said):
        return (f"says that it is a machine: in {telling} of {len(said)} posts",)
    if any(_SPEAKS_OF_ITSELF.search(one.text) for one in said):
        return ()
    if len(said) >= 2 and any(_NAMED_LIKE.search(name.strip()) for name in names):
        return ("named like a bot and never says I",)
    threads = _template_threads(said)
    if threads:
        return (f"one template in many threads: {threads}",)
    days = _regular_days(said, others_minutes)
    return (f"posts at the same minute of the day: on {days} days",) if days else ()


def minutes_of(said: Sequence[Said]) -> Counter[int]:
    """Count posts by the minute of the day at which they were said."""
    return Counter(60 * one.said_at.hour + one.said_at.minute for one in said if one.said_at)


def _template_threads(said: Sequence[Said]) -> int:
    """Count the threads in which one text stands with other fillings; 0 where it is not most of what was said."""
    if len(said) < _TEMPLATE_THREADS:
        return 0
    by_opening: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for one in said:
        words = words_of(one.text)
        if len(words) >= SHORTEST_WORDS and "?" not in one.text:
            lasting = [word for word in words if not any(letter.isdigit() for letter in word)]
            by_opening[tuple(lasting[:_OPENING_WORDS])].append(one)
    posts = max(by_opening.values(), key=len, default=[])
    threads = {one.document_id for one in posts}
    days = {one.said_at.date() for one in posts if one.said_at}
    if len(threads) < _TEMPLATE_THREADS or len(days) < _TEMPLATE_DAYS or len(posts) < _TEMPLATE_SHARE * len(said):
        return 0
    triples = [triples_of(one.text) for one in posts]
    alike = sum(likeness(triples[0], other) for other in triples[1:]) / (len(triples) - 1)
    return len(threads) if alike >= _TEMPLATE_LIKENESS else 0


def _regular_days(said: Sequence[Said], others_minutes: Counter[int]) -> int:
    """Count the days of posts at one minute of the day; 0 where that is no habit, or a habit of the source."""
    minutes = minutes_of(said)
    (minute, posts), *_ = minutes.most_common(1) or [(0, 0)]
    days = {one.said_at.date() for one in said if one.said_at and 60 * one.said_at.hour + one.said_at.minute == minute}
    others, rest = others_minutes[minute] - posts, others_minutes.total() - minutes.total()
    if len(days) < _REGULAR_DAYS or posts < _REGULAR_SHARE * len(said) or others > _OTHERS_SHARE * rest:
        return 0
    return len(days) if rest else 0
