"""What does a sentence recommend or warn against: a product by its name, or a practice?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from overheard.records import SlotName, Span
from overheard.signals.slots.job import LONGEST_READ, Part, find_clause_end, lower_in_place, trim
from overheard.signals.slots.product_names import find_names, has_form_of_name

_ADVERBS = (
    r"(?:(?:really|just|also|only|always|simply|definitely|highly|strongly|probably|maybe|personally|certainly|perhaps|"
    r"even|instead|first|then|still|usually|absolutely|honestly|seriously|ever|very|much)\s+){0,2}"
)
# What is done with a thing one recommends; the thing itself follows.
_TAKE = (
    r"(?:us(?:e|ing)|try(?:ing)?(?:\s+out)?|check(?:ing)?\s+out|checkout|consider(?:ing)?|get(?:ting)?|buy(?:ing)?|"
    r"install(?:ing)?|download(?:ing)?|grab|order(?:ing)?|pick(?:ing)?\s+up|look(?:ing)?\s+(?:at|into|for)|"
    r"go(?:ing)?\s+(?:with|for)|stick(?:ing)?\s+(?:with|to)|start\s+with|switch(?:ing)?\s+to|mov(?:e|ing)\s+to|"
    r"upgrad(?:e|ing)\s+to|opt\s+for|swear\s+by|subscribe\s+to|sign\s+up\s+for|read(?:ing)?|watch(?:ing)?(?!\s+out)|"
    r"play(?:ing)?|visit(?:ing)?)"
)
_ADVISE = r"(?:recommend(?:ed|ing|s)?|suggest(?:ed|ing|s)?|advis(?:e|ed|ing)|propose|urge)"
# fmt: off
_VERBS = (
    "accept|add|adjust|aim|allow|apply|ask|assume|attach|back|bake|be|become|begin|bet|book|borrow|bring|brush|build|"
    "buy|call|cancel|carry|change|charge|check|choose|clean|clear|click|close|collect|come|compare|concentrate|connect|"
    "consider|contact|convert|cook|copy|count|cover|create|cut|date|decide|delete|demand|develop|dig|disable|divide|"
    "do|download|drag|draw|dress|drink|drive|drop|eat|email|empty|enable|enjoy|ensure|enter|establish|exchange|expect|explain|"
    "export|fall|feed|file|fill|find|finish|fix|focus|fold|follow|forget|get|give|go|google|grab|grind|grow|handle|hang|have|"
    "head|heat|help|hide|hire|hit|hold|ignore|import|install|insist|invest|invite|join|keep|know|learn|leave|let|lift|"
    "limit|listen|live|lock|look|lower|make|mark|mass|match|measure|meet|mention|mind|mix|move|name|negotiate|note|"
    "offer|open|order|own|pack|paint|park|pay|pick|pin|plan|plant|play|post|pour|practice|practise|prepare|press|print|"
    "protect|pull|push|put|raise|reach|read|refuse|register|relate|relax|remember|remove|rent|replace|reply|report|"
    "request|research|reset|respect|rest|restart|return|review|right-click|ring|rinse|roll|run|save|search|see|select|sell|"
    "send|serve|set|share|sharpen|shop|show|shut|sign|simplify|sit|skip|slow|sort|speak|spend|spin|split|stand|start|"
    "stay|steam|steer|step|stick|stop|store|study|submit|switch|take|talk|tell|test|think|throw|tie|toggle|train|transfer|"
    "treat|trust|try|turn|type|uncheck|uninstall|unplug|update|upgrade|use|verify|visit|wait|walk|wash|watch|wear|weigh|"
    "work|wrap|write|upload|season|bin|double-click|double-check|spray|soak|dry|cool|drain|chop|warm|notify|swap|stash|sign|"
    "stock|budget|bundle|cross|chat|dial|hover|log|navigate|paste|rename|scroll|type|unsubscribe|zoom"
)
# fmt: on
_NOT = r"(?:\s+not|n['’]?t)"
_YOU = r"(?:you|u|people|anyone|everyone|everybody|one|we|folks)"
_WARNED_OF = (
    r"(?:stay|steer|keep|run)\s+(?:well\s+|far\s+|very\s+)?(?:away|clear)\s+(?:from|of)\b",
    r"(?:(?<!to\s)avoid|avoiding|refrain\s+from|beware(?:\s+of)?|watch\s+out\s+for|waste\s+(?:your\s+)?(?:time|money)\s+(?:on|with|in))\b",
    rf"(?:would|can|could|do){_NOT}\s+{_ADVERBS}(?:{_ADVISE}|trust|bother\s+with)\b(?:\s+(?:that\s+)?(?:you|anyone)\b)?",
    rf"(?:i|we)(?:\s+would|['’]d)\s+(?:not|never)\s+(?:{_ADVISE}|trust|use|buy|touch|go\s+(?:near|with))\b",
    r"(?:instead\s+of|rather\s+than)\b",
    r"(?:skip|ditch)\s+(?=(?:the|this|these|those|any|your|all)\b)",
)
_WARNED_TO = (
    rf"{_YOU}\s+(?:(?:should|must|ca|can|could){_NOT}|should\s+never|must\s+never)\s+(?:ever\s+)?"
    r"(?!have\b|need\b|necessarily\b|be\s+able\b)(?:want\s+to\s+)?",
    rf"(?:you|u)\s+(?:do|would){_NOT}\s+want\s+to\s+",
    r"stop\s+(?=\w+ing\s)",
)
_ADVISED = (
    rf"{_ADVISE}\s+(?:that\s+)?(?:(?:{_YOU}|to\s+\w+)\s+)?(?:to\s+)?(?:should\s+)?",
    rf"(?:have|has)\s+{_YOU}\s+{_ADVERBS}(?:tried|considered|looked\s+(?:at|into)|thought\s+(?:of|about)|used)\s+",
    r"(?:why\s+not|how\s+about|what\s+about)\s+(?:just\s+)?",
    r"(?:best|safest|first|my|your)\s+(?:bet|option|choice|choices|advice|suggestion|recommendation)\s+(?:is|are|would\s+be)\s+",
    r"swear\s+by\s+",
)
_ADVISED_TO = (
    rf"(?<=\w\s)(?:should|must|ought\s+to)\s+{_ADVERBS}(?:want\s+to\s+)?(?!not\b|be\s+able\b|have\b)",
    rf"(?:i|we)(?:\s+would|['’]d)\s+{_ADVERBS}(?=(?:{_VERBS})\b)(?!(?:have|be|mind|think|know|see)\b)",
    rf"(?:you|u)(?:(?:\s+(?:could|can|may|might|will)|['’]ll)?\s+{_ADVERBS}(?:want|need|have)\s+to\s+|"
    rf"\s+(?:could|can|may|might)\s+{_ADVERBS}(?!not\b|be\b|have\b|see\b|expect\b)|"
    r"(?:['’]d|\s+would)\s+(?:be\s+)?better\s+(?:off\s+)?|(?:['’]ve|\s+have)\s+(?:got\s+to|gotta)\s+)",
    r"(?:best|better|easiest|safest|simplest|right|only|good|smart|trick|key|advice)\s+(?:[\w'’]+\s+){0,6}?"
    r"(?:is|was|would\s+be)\s+(?:\w+ly\s+)?to\s+",
    r"(?:it\s+is|it['’]?s|would\s+be|['’]d\s+be)\s+(?:\w+\s+)?(?:best|better|worth|important|wise|advisable)\s+(?:to\s+|(?=\w+ing\b))",
    r"(?:make|be)\s+(?:very\s+|absolutely\s+)?(?:sure|certain|careful)\s+(?:that\s+|to\s+)?(?:you\s+)?",
    r"(?:do\s+not|don['’]?t)\s+(?:forget|hesitate|be\s+afraid)\s+to\s+",
    r"feel\s+free\s+to\s+",
)
_OWN_PRACTICE = rf"(?:i|we)\s+{_ADVERBS}(?:use|prefer|stick\s+(?:to|with))\s+"
_OWN = (
    rf"(?:i|we)(?:\s+have|['’]ve|\s+am|['’]?m)?\s+{_ADVERBS}(?:been\s+using|using|use|used|love|like|prefer|bought|"
    r"switched\s+to|moved\s+to|went\s+with|got|highly\s+recommend)\s+",
)
_FIRST = (
    r"(?:(?:please|pls|then|so|also|and|but|or|just|instead|first|finally|edit|tip|psa|simply|always|maybe|yeah|yes|well|"
    r"mate|guys|folks|pls|pro\s+tip|honestly|anyway|now|otherwise|generally|seriously|dude|lol|immediately|next|second)\b[\s,:!.*-]+){0,3}"
)
# An order stands at the start of a clause; "and", "or", "just" before it do for a denied one only.
_ORDERED = (
    rf"(?P<before>\A[\W\d_]*|[:;.!?)\]–—*-]\s+|,\s+|\b(?:please|so|but|and|or|then|just|people|guys|folks)\s+){_FIRST}"
    rf"(?:(?P<warned_off>(?:do{_NOT}|never)\s+(?:ever\s+|bother\s+|even\s+)?(?=(?:{_VERBS})\b)"
    r"(?!(?:forget|hesitate|mind|know|think|have|need|be\s+afraid)\b))|"
    r"(?!make\s+(?:sure|certain)|be\s+(?:sure|careful|certain)|feel\s+free|watch\s+out|stop\s+\w+ing\b|do(?:n['’]?t|\s+not)\b|"
    rf"(?:stay|steer|keep|run)\s+(?:\w+\s+)?(?:away|clear)\b)(?P<ordered>(?:{_VERBS})\b)(?!['’]|\s+(?:is|are|was|were)\b))"
)


def _any_of(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


_ANNOUNCED = re.compile(
    rf"\b(?:(?P<warned_of>{_any_of(_WARNED_OF)})|(?P<warned_to>{_any_of(_WARNED_TO)})|(?P<own_practice>{_OWN_PRACTICE})|"
    rf"(?P<own>{_any_of(_OWN)})|"
    rf"(?P<advised>{_any_of(_ADVISED)})|(?P<advised_to>{_any_of(_ADVISED_TO)}))|{_ORDERED}"
)
# Of these the thing alone is what is recommended; of others ("get the contract signed") what is done with it, too.
_THING_ALONE = re.compile(
    r"(?:use|using|try|trying|check|consider|look|go|stick|start\s+with|switch|mov|opt|swear|upgrad|give|install|download)"
)
_TAKES = re.compile(rf"(?:(?:to|just|also|please)\s+)*(?:(?:give|giving)\s+|{_TAKE}\s+)")
_CONDITION = re.compile(
    r"\W*(?:\w+\s+)?(?:if|when|once|unless|to|for|in|with|after|before|as|since|while|at|depending)\b"
)
_JOINS = re.compile(r"\s*(?:or|and)\b")
_SO = re.compile(r"\b(?:so|please|instead|then)\b")
_IS_CONDITIONAL = re.compile(r"\b(?:if|when|whether|because|as|where|what|that|how|once|like|unless|until)\s+\Z")
_POINTS_BACK = re.compile(
    r"(?:(?:it|them|him|her|me|us|you|so|there|here)\b|"
    r"(?:(?:this|that|these|those)(?:\s+ones?)?|one|all|everything|anything)\b(?=\s*(?:[^\w\s]|\Z)|\s+(?:very|as|for|to|in|on|is|out|if|when|and|or|but)\b))"
)
_NAME_ENDS = re.compile(
    r"[,;:.!?(](?:\s|\Z)|\s(?:for|with|in|on|from|at|as|when|if|that|which|because|instead|and|to|so|by|is|are|was|where|"
    r"who|but|while|since|until|rather|via|into|over|under|after|before)\s"
)
_IS_PRAISED = re.compile(r"\s(?:is|are|was|works?|worked|does|has|makes?|sells?|would|gets?|offers?|saved|rocks)\b")
_CHECK_IT_OUT = re.compile(r"check\s+(?:it|this|that|them|these|those)\s+out\b")
_A_TRY = re.compile(r"(?<!\s)\s+a\s+(?:try|go|shot|look|chance)\b")
_LETTER = re.compile(r"\w")
_LONGEST_ITEM = 3
"""Blanks in an item of a list; what follows a comma with more of them is a clause."""
_FARTHEST_NAME = 4
"""Blanks between where a thing begins and its name: "the free little Snipping Tool"."""
_AND_ANOTHER = re.compile(r"\s*(?:,|/|,?\s+(?:or|and|&))\s+(?:the\s+|a\s+)?\Z")


def find_recommendation_slots(sentence: str, products: Collection[str] = frozenset()) -> tuple[Part, ...]:
    """Return what a sentence recommends or warns against, in its order.

    A thing is a "product" where the words name it (see `product_names.find_names`), else it is a "practice": the thing
    ("a wooden spoon") or what to do ("rinse it first"). What merely points back ("try it") is no slot.

    Args:
        sentence: one sentence that recommends; of others the answer means little.
        products: names known beforehand, in lower case, of one or two words.
    """
    sentence = sentence[:LONGEST_READ]
    lowered = lower_in_place(sentence)
    names = find_names(sentence, products)
    slots: list[Part] = []
    for match in _ANNOUNCED.finditer(lowered):
        if _is_advice(lowered, match):
            found = _slots_after(sentence, lowered, match, names)
            slots += [slot for slot in found if not slots or slot.start >= slots[-1].end]
    if slots:
        return tuple(slots)
    praised = {
        lowered[start:end]: Part("product", start, end)
        for start, end in reversed(names)
        if lowered[start:end] in products or has_form_of_name(sentence[start:end]) or _IS_PRAISED.match(lowered, end)
    }
    return tuple(sorted(praised.values(), key=lambda slot: slot.start))


def _is_advice(lowered: str, match: re.Match[str]) -> bool:
    """Set aside what only looks like advice: "if you want to sleep", the verbs of a list."""
    if _IS_CONDITIONAL.search(lowered[max(0, match.start() - 10) : match.start()]):
        return False
    if match.lastgroup != "ordered":
        return True
    if _CHECK_IT_OUT.match(lowered, match.start("ordered")):
        return False
    before = match.group("before")
    if before.startswith(","):
        follows_condition = _CONDITION.match(lowered) and not _JOINS.match(match.group(), 1)
        return bool(follows_condition or _SO.search(match.group()))
    return not before[:1].isalpha() or before.startswith("please")


def _slots_after(sentence: str, lowered: str, match: re.Match[str], names: Sequence[Span]) -> list[Part]:
    kind = str(match.lastgroup)
    against = kind.startswith("warned")
    start = match.start("ordered") if kind == "ordered" else match.end()
    takes = _TAKES.match(lowered, start)
    thing = _first_letter(lowered, takes.end() if takes else start)
    end = _end_of_advice(lowered, thing)
    of_thing = bool(takes) or kind in ("warned_of", "advised", "own", "own_practice")
    named = _names_at(lowered, thing, end, names) if of_thing else []
    if named:
        product: SlotName = "product against" if against else "product"
        return [Part(product, *span) for span in named]
    points_back = _POINTS_BACK.match(lowered, thing)
    if kind == "own" or match.group().startswith(("instead", "rather")):
        return []
    # "Read it aloud" is a practice, "read it" is none.
    if of_thing and points_back and (not takes or points_back.end() >= end):
        return []
    alone = takes is None or _THING_ALONE.match(lowered, takes.start())
    if tried := _A_TRY.search(lowered, thing, end):
        end = tried.start()
    span = trim(sentence, thing if alone and not points_back else start, end)
    # A single word ("Note:", "trust.") is no practice.
    if span is None or (not of_thing and " " not in sentence[span[0] : span[1]]):
        return []
    return [Part("practice against" if against else "practice", *span)]


def _first_letter(lowered: str, start: int) -> int:
    found = _LETTER.search(lowered, start)
    return found.start() if found else len(lowered)


def _end_of_advice(lowered: str, start: int) -> int:
    """Return where the advice ends: at a clause's end, or at a comma after which more than a list's item follows."""
    end = find_clause_end(lowered, start, len(lowered))
    at = lowered.find(",", start, end)
    while at >= 0:
        following = lowered.find(",", at + 1, end)
        item = lowered[at + 1 : following if following >= 0 else end]
        if item.count(" ") > _LONGEST_ITEM and not item.lstrip().startswith(("and ", "or ")):
            return at
        at = following
    return end


def _names_at(lowered: str, begin: int, end: int, names: Sequence[Span]) -> list[Span]:
    """Return the names the object at `begin` starts with: "the free Snipping Tool", "Foo or Bar"."""
    stops = _NAME_ENDS.search(lowered, begin, end)
    limit = stops.start() if stops else end
    found: list[Span] = []
    for name in names[bisect_left(names, (begin, 0)) :]:
        if name[0] >= end:
            break
        begins = not found and name[0] < limit and lowered.count(" ", begin, name[0]) <= _FARTHEST_NAME
        if begins or (found and _AND_ANOTHER.match(lowered[found[-1][1] : name[0]])):
            found.append(name)
    return found
