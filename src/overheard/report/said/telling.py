"""How much does a sentence tell by itself?"""

from __future__ import annotations

import re

from overheard.records import SignalKind
from overheard.report.findings import Told

SURE: dict[SignalKind, float] = {
    "pain": 0.4,
    "job": 0.4,
    "gain": 0.5,
    "request": 0.5,
    "question": 0.6,
    "recommendation": 0.5,
    "objection": 0.4,
    "worldview": 0.4,
    "workaround": 0.4,
}
"""Probability from which on a sentence is shown as what its kind says. A source's own threshold may lie far lower."""
READABLE = (30, 260)
"""Characters of a sentence that says something alone and is read at a glance."""
LETTERS = 0.65
"""Least share of letters; of less the rest is data or decoration."""
PLAIN: dict[SignalKind, frozenset[str]] = {
    "gain": frozenset({"liking", "ease"}),
    "objection": frozenset({"fear", "price", "refusal", "bind"}),
}
"""Roles of cues that say it plainly: "works" is mostly said of something else, a doubt is mostly a question."""
PLAIN_ANYHOW = 0.7
"""Probability from which on a sentence without cues is taken for plain."""
FEELING = frozenset({"hurt", "fear", "liking", "relief"})
"""Roles of cues that tell how it feels."""

_NUMBER = re.compile(r"[£$€¥]\s?\d|\d|\b(?:hundred|thousand|dozen|twenty|thirty|forty|fifty|sixty|ninety|half)\b", re.I)
_TIME = re.compile(
    r"\b(?:minutes?|hours?|days?|nights?|weeks?|weekends?|months?|quarters?|years?|mornings?|evenings?|midnight|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|"
    r"november|december|spring|summer|autumn|winter|christmas|yesterday|today|tonight|once|twice)\b",
    re.I,
)
_NAMED = re.compile(r"(?<=[\w,;:)] )(?!I\b|I['’])[A-Z][\w&.-]+|\b[a-z]+[A-Z]\w+|[\"“'‘][A-Za-z][^\"”\n]{2,30}[\"”]")
_OWN = re.compile(r"\b(?:i|we|my|our|me|us|mine|ours|i['’](?:m|ve|d|ll)|we['’](?:re|ve|d|ll))\b", re.I)
_LEANS = re.compile(
    r"\W*(?:(?:and|but|so|or|because|cos|then|also|plus|though|although|yes|yeah|no|nope|well|ok|okay|same|hi|hello|hey|thanks|thank|dear|which\s+(?:is|was|means|meant|makes|made|has|would))\b|"
    r"(?:it|that|this|these|those|he|she|they|him|her|them|there|here|mine|one|another)(?:['’]s|['’]re)?\b)",
    re.I,
)
_BROKEN = re.compile(r"https?://|www\.|[<>{}|=_]{2,}|[:;]\W*\Z")
_COURTESY = re.compile(
    r"\b(?:thanks|thank you|happy (?:new year|holidays|christmas|easter)|merry|good luck|regards|"
    r"hope (?:this|that|you|it|everything))\b",
    re.I,
)


def sentence_of(one: Told) -> str:
    """Return the sentence as it stands in its post."""
    return one.utterance.text[one.signal.start : one.signal.end]


def leans(sentence: str) -> bool:
    """Tell whether a sentence points back to one before it and says little without it."""
    return bool(_LEANS.match(sentence))


def is_own(sentence: str) -> bool:
    """Tell whether its writer speaks of themselves or their own firm."""
    return bool(_OWN.search(sentence))


def is_readable(sentence: str) -> bool:
    """Tell whether a sentence is of a length read at a glance, on one line, words rather than data and no courtesy."""
    if not READABLE[0] <= len(sentence) <= READABLE[1] or "\n" in sentence.strip() or _BROKEN.search(sentence):
        return False
    return sum(map(str.isalpha, sentence)) >= LETTERS * len(sentence) and not _COURTESY.search(sentence)


def is_plain(one: Told) -> bool:
    """Tell whether a gain plainly praises, an objection plainly holds somebody back; other kinds always are."""
    wanted = PLAIN.get(one.signal.kind)
    if wanted is None:
        return True
    roles = {cue.partition(":")[0] for cue in one.signal.evidence}
    return bool(roles & wanted) or (roles <= {"likeness"} and one.signal.probability >= PLAIN_ANYHOW)


def specificity(one: Told) -> float:
    """Return how concrete a sentence is: a number, a time, something named, a feeling, its rung, the cues heard in it.

    After the concreteness and emotion of Heath and Heath's SUCCESs; each counts about as much as the others.
    """
    sentence = sentence_of(one)
    roles = {cue.partition(":")[0] for cue in one.signal.evidence} - {"likeness"}
    signs = [bool(found.search(sentence)) for found in (_NUMBER, _TIME, _NAMED)]
    return (
        sum(signs)
        + bool(roles & FEELING)
        + 0.25 * min(len(roles), 3)
        + (0.3 * one.signal.strength if one.signal.kind == "pain" else 0.3)
        + max(one.signal.probability, one.fit)
        + (0.5 if is_own(sentence) else 0.0)
        - (1.0 if leans(sentence) else 0.0)
    )
