"""Which words of a sentence are the situation, motivation and outcome of a job?

Rules over words, no parser. A slot leaves out the words that announce it: in "when I travel I want to read my mail so
that I miss nothing" the situation is "I travel", the motivation "read my mail", the outcome "I miss nothing". Only
where the announcing words are denied ("I don't want to lose my mail") the slot begins with the denial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from overheard.records import SlotName


@dataclass(frozen=True, slots=True)
class Part:
    """What fills `name`: characters `start` (inclusive) to `end` (exclusive) of the sentence."""

    name: SlotName
    start: int
    end: int


_ADVERBS = (
    r"(?:(?:really|just|also|only|still|always|simply|now|currently|actually|mainly|mostly|often|usually|basically|"
    r"ideally|definitely|both|very|much|personally|probably|even|never|desperately|finally|sure)\s+){0,2}"
)
_NOT = r"(?:\s+not|n['’]?t)"
_BE = (
    r"(?:\s+(?:am|are|is|was|were|have\s+been|has\s+been|had\s+been)|['’](?:m|re|s|ve\s+been|d\s+been)|"
    r"(?<=\bi)(?:m|ve\s+been))"
)
_WHO = (
    r"(?:i|we|they|he|she|it|people|users|customers|everyone|everybody|nobody|somebody|someone|others|you|"
    r"(?:my|our|the|your|their|every|each|no)\s+\w+)"
)
_SITUATION = (
    r"(?:when|whenever|each\s+time|every\s+time|as\s+soon\s+as|the\s+moment|once)\s+(?:that\s+)?"
    r"(?=(?:i|we|you|they|he|she|it|one|someone|somebody|people|there|an?|the|my|our|your|their|his|her|this|these|"
    r"customers|users|\w+ing)\b)",
    r"(?<!\ba\s)(?<!worth\s)(?<!little\s)while\s+(?=\w+ing\b|(?:at|on|in)\b|(?:i|we|they|he|she)\b)",
    r"\Aas\s+(?=an?\s(?!(?:\w+\s)?(?:present|gift|result|matter|rule|reminder|note|bonus|test|start|last|final|side)\b))",
    r"\Aafter\s+(?=\w+ing\b)",
    r"\Aas\s+(?=(?:i|we)\s+(?!said|say|mentioned|understand|know|see|recall|remember|wrote|write)\w+)",
)
_OUTCOME = (
    r"so\s+that\b(?!['’]s\b|\s+is\b)",
    rf"so\s+(?={_WHO}\s+(?:can|could|will|would|won['’]?t|wouldn['’]?t|do\s+not|don['’]?t|know|never|might|may)\b"
    r"(?!\s+(?:\w+ly\s+)?(?:need|want|like|love|rather)\b))",
    r"in\s+order\s+(?:to|that)\b",
    r"so\s+as\s+to\b",
    r"with\s+(?:the|an?)\s+(?:goal|aim|intention|purpose|hope|idea|view)\s+(?:of|to|that|in)\b",
    r"to\s+(?=(?:make\s+sure|avoid|prevent|ensure)\b)",
    r"in\s+(?:the\s+)?hopes?\s+(?:of|that)\b",
)
_MOTIVATION = (
    rf"what\s+(?:i|we){_BE}?\s*{_ADVERBS}(?:want|need|wanted|needed|after|looking\s+for|(?:trying|going)\s+to\s+do)\s+"
    r"(?:\w+\s+)?(?:is|are|was)\b(?:\s+(?:to|for)\b)?",
    r"all\s+(?:i|we)\s+(?:want|need|wanted|needed)(?:\s+to\s+do)?\s+(?:is|was)\b(?:\s+to\b)?",
    r"(?:do|did|does)(?:\s+not|n['’]?t)\s+(?:want|need)\b(?!\s+to\b)",
    r"(?:wanted|wanting|wants|want|needed|needing|needs|need)\s+to\b",
    r"wanna\b",
    r"(?:trying|attempting|hoping|looking|planning|aiming|struggling|intending|wishing|aspiring)\s+(?:to|for|on)\b",
    r"working\s+(?:on|towards?)\b",
    r"thinking\s+(?:of|about)\b",
    r"considering\s+(?=\w+ing\b|an?\b|whether\b)",
    r"plan(?:s|ned)?\s+on\b",
    r"important\s+(?:for\s+(?:me|us|my\s+\w+|our\s+\w+)\s+)?(?=not\s+to\b|to\b|that\b)(?:to\b|that\b)?",
    r"interested\s+in\b",
    r"(?:try|tried|tries|hope|hoped|plan|planned|intend|aim|wish|wished|decided|attempted|resolved)\s+to\b",
    rf"(?:i|we|they|he|she|who)(?:\s+would|['’]?d)\s+{_ADVERBS}(?:like|love|prefer|rather|wish)\b(?:\s+to\b)?",
    rf"(?:i|we){_BE}\s+{_ADVERBS}(?:going\s+to|gonna|about\s+to|after)\b",
    rf"(?:i|we)\s+{_ADVERBS}(?:wanted|want|needed|need|wish|hope)\b(?!\s+to\b)(?:,?\s+that\b)?",
    r"(?:would|['’]d)\s+(?:really\s+|also\s+)?(?:like|love|prefer)\s+to\b",
    r"(?:i|we)\s+(?:also\s+|really\s+)?like\s+to\b",
    r"(?:goals?|aims?|plan|objectives?|intention|intent|dream|job|task|purpose|mission|idea|point|challenge|ambition|"
    r"concern|hope|requirements?|priority|target)(?:\s+(?:here\s+)?(?:is|was|are|were)\s+(?:just\s+)?(?:to\b|that\b|for\b)?"
    r"|(?:,?\s+[\w'’]+){1,5}?,?\s+(?:is|was|being|are|were)\s+(?:to|that)\b)",
)
# Weaker announcements: looked for only where there is none of the above.
_AT_LAST = (
    r"how\s+(?:can|do|could|would|should|might|to)\s+(?:i\b|we\b)?",
    r"(?:ways?|options?)\s+to\b",
    r"help\s+(?:me|us)\s+(?:to\s+)?",
    r"(?:i|we)(?:\s+will|['’]ll)\s+(?!be\b)(?:try\s+to\s+)?",
    r"(?:intention|plan|goal|idea|attempt|desire|chance)\s+to\b",
    r"(?:i|we)\s+(?:mainly\s+|mostly\s+|only\s+|just\s+)?use\s+\w+(?:\s+\w+){0,3}?\s+(?:to|for)\b",
    r"(?:time|have|had|got)\s+to\b",
    rf"(?:i|we)\s+{_ADVERBS}(?=(?:use|run|look\s+after|manage|teach|handle|maintain|organi[sz]e|coordinate|build|write|make|"
    r"sell|coach|host)\b)",
    r"if\s+(?:i|we)\s+(?:could|can)\s+(?:just\s+|only\s+)?",
    rf"(?:i|we){_BE}\s+{_ADVERBS}(?!talking|saying|having|asking|wondering|seeing|using|doing|being|getting)(?=\w+ing\s)",
    r"\A(?:to\b|for\s+(?=\w+ing\b))",
)
# A bare answer ("keeping track of who came") is itself what somebody tries to get done.
_SAYS_WHO = re.compile(r"\W*(?:i|we|it|you|he|she|they|there|this|that|these|those|the|my|our|what|and|but|so)\b")
_IS_DOING = re.compile(
    r"\W*(?!morning|evening|nothing|something|anything|everything|according|regarding|including|following|assuming|"
    r"speaking|considering|being|thing|king)\w+ing\b"
)
_LONGEST_BARE_ANSWER = 14
_DENIED = rf"(?:(?:do|does|did){_NOT}|never|not|no\s+longer)\s+{_ADVERBS}"


def _any_of(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


_ANNOUNCED = re.compile(
    rf"\b(?:(?P<situation>{_any_of(_SITUATION)})|(?P<outcome>{_any_of(_OUTCOME)})|(?P<motivation>{_any_of(_MOTIVATION)}))"
)
# What may stand before an announcement: who it is that wants, and a denial.
_BEFORE = re.compile(rf"(?P<who>\b{_WHO}(?:{_BE})?\s+|\b(?:and|but|or|who)\s+)?{_ADVERBS}(?P<denied>{_DENIED})?\Z")
LONGEST_READ = 4_000
"""Characters of a sentence that are looked at; longer ones are pasted data."""
_FARTHEST_BEFORE = 48
_LONGEST_CLAUSE = 300
_ANNOUNCED_AT_LAST = re.compile(rf"\b(?P<motivation>{_any_of(_AT_LAST)})")
_SUBJECT = (
    r"(?:i|we|it|you|he|she|they|there|this|that['’]?s|these|those|please|thanks|thank|any|is|are|can|could|does|do|"
    r"how|what|where|why|who|im|ive|id|not|but|however|though|because|since|so|yet|then|which|whether|if|when|as|am|will|would|"
    r"while|preferably|especially|possibly|without|just|also|with\s+no)"
)
_CLAUSE_ENDS = re.compile(
    r"[.!?;:…]+(?=[\s\"'”’)\]*]|\Z)|\.{2,}|…|[\n(\[\]]|--|"
    rf",\s+(?={_SUBJECT}\b)|"
    r",?\s+(?:[-–—=>]+\s|(?:because|cause|although|though|unless|whereas|whilst|whenever|however|except\s+that)\b|"
    rf"(?:but|so)\s+(?=(?:the|my|our|now|only|still|want|{_SUBJECT})\b)|"
    r"(?:when|while|as|and|or|since|until)\s+(?=(?:i|we|it|you|he|she|they|there)\b)|"
    r"is\s+(?:simply\s+|just\s+)?(?:to|that)\b|"
    r"and\s+(?=(?:then|also)\b)|"
    # "See if", "find out if", "a plan for if" go on.
    r"(?<!\bsee\s)(?<!\bknow\s)(?<!\bcheck\s)(?<!\btell\s)(?<!\bask\s)(?<!\bout\s)(?<!\bfor\s)if\b)"
)
_SITUATION_ENDS = re.compile(r",|(?<=\w)\s+then\b")
_LEFT_OVER = re.compile(r"(?<![\s,;])[\s,;]+(?:and|or|but|so|then|even)\Z", re.I)
_TRIM_LEFT, _TRIM_RIGHT = " \t\n,;:\"'“‘*_-–[", " \t\n,;:\"'”’*_-–….]"


def find_job_slots(sentence: str) -> tuple[Part, ...]:
    """Return the situation, motivation and outcome of the job a sentence tells of, where they stand, in their order.

    Args:
        sentence: one sentence that tells what somebody tries to get done; of others the answer means little.
    """
    lowered = lower_in_place(sentence[:LONGEST_READ])
    found = _announcements(lowered)
    slots: list[Part] = []
    for at, one in enumerate(found):
        limit = found[at + 1].start if at + 1 < len(found) else len(lowered)
        end = find_clause_end(lowered, one.end, limit)
        if one.name == "situation" and (ends := _SITUATION_ENDS.search(lowered, one.end, end)):
            end = ends.start()
        slots += _slot(sentence, one.name, one.end if one.denied is None else one.denied, end)
    if not any(slot.name == "motivation" for slot in slots) and _is_bare_answer(lowered):
        limit = found[0].start if found else len(lowered)
        slots = [*_slot(sentence, "motivation", 0, find_clause_end(lowered, 0, limit)), *slots]
    return tuple(slots)


@dataclass(frozen=True, slots=True)
class _Announcement:
    """Words that announce a slot; `who` where a new subject stands before them, `denied` where their denial begins."""

    name: SlotName
    start: int
    end: int
    who: bool
    denied: int | None


def _announcements(lowered: str) -> list[_Announcement]:
    found = [_announcement(lowered, match) for match in _ANNOUNCED.finditer(lowered)]
    if not any(one.name == "motivation" for one in found):
        at_last = _ANNOUNCED_AT_LAST.search(lowered)
        if at_last and not any(one.start <= at_last.start() < one.end for one in found):
            found = sorted([*found, _announcement(lowered, at_last)], key=lambda one: one.start)
    kept: list[_Announcement] = []
    clause_end = 0
    for one in found:
        # "Trying" in "I want to keep trying to read" announces nothing of its own.
        if one.start >= clause_end or one.who or one.name != "motivation":
            kept.append(one)
            if clause_end <= one.end:
                clause_end = find_clause_end(lowered, one.end, len(lowered))
    return kept


def _announcement(lowered: str, match: re.Match[str]) -> _Announcement:
    if match.lastgroup != "motivation":
        name: SlotName = "situation" if match.lastgroup == "situation" else "outcome"
        return _Announcement(name, match.start(), match.end(), True, None)
    if lowered.startswith("d", match.start()) and match.group().endswith(("want", "need")):
        return _Announcement("motivation", match.start(), match.end(), True, match.start())
    who = lowered.startswith(("i ", "i'", "i’", "we ", "we'", "we’"), match.start())
    first = max(0, match.start() - _FARTHEST_BEFORE)
    before = _BEFORE.search(lowered[first : match.start()])
    if before is None or not before.group():
        return _Announcement("motivation", match.start(), match.end(), who, None)
    denied = first + before.start("denied") if before.group("denied") else None
    return _Announcement(
        "motivation", first + before.start(), match.end(), who or _is_anew(before.group("who")), denied
    )


def _is_anew(who: str | None) -> bool:
    """Say whether a new want begins with `who`: "and want to" does, "something they want to" does not."""
    return who is not None and who.split()[0].removesuffix("'m").removesuffix("’m") in ("i", "we", "and", "but", "or")


def _is_bare_answer(lowered: str) -> bool:
    if _IS_DOING.match(lowered):
        return True
    return lowered.count(" ") < _LONGEST_BARE_ANSWER and not _SAYS_WHO.match(lowered)


def _slot(sentence: str, name: SlotName, start: int, end: int) -> list[Part]:
    span = trim(sentence, start, end)
    return [Part(name, *span)] if span else []


def find_clause_end(lowered: str, start: int, limit: int) -> int:
    """Return where the clause that `start` lies in ends: at most at `limit`, after `_LONGEST_CLAUSE` characters."""
    limit = min(limit, start + _LONGEST_CLAUSE)
    ends = _CLAUSE_ENDS.search(lowered, start, limit)
    return ends.start() if ends else limit


def trim(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without the blanks and marks at its ends, or None where no word is left."""
    while start < end and sentence[start] in _TRIM_LEFT:
        start += 1
    while end > start and sentence[end - 1] in _TRIM_RIGHT:
        end -= 1
    while (cut := _LEFT_OVER.search(sentence, max(start, end - 8), end)) and cut.start() > start:
        end = cut.start()
    return (start, end) if any(map(str.isalnum, sentence[start:end])) else None


def lower_in_place(text: str) -> str:
    """Return `text` in lower case, every character in its place (a few capitals have longer small forms)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
