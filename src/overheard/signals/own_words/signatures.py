"""Where does a letter open and end? Salutation, farewell and signature, and what is added below by others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from overheard.signals.own_words.courtesies import is_farewell, is_greeting
from overheard.signals.own_words.lexicons import load_words
from overheard.signals.own_words.lines import Line, is_after_gap

_SIGNATURE_MARK = re.compile(r"--|[—–]{1,2}")
_NAME = r"[A-ZÀ-ÖØ-ÞА-Я](?:[\w'’-]{0,20}[a-zà-ÿа-я][\w'’-]{0,20}|\.|)"
_SIGNED = re.compile(rf"(?:[-–—~/*]{{1,3}}\s?)?{_NAME}(?:[ ,]{{1,2}}\(?{_NAME}\)?){{0,2}}[.!]?")
_DASHED = re.compile(r"[-–—~]{1,3}\s?[^\W\d][\w.'’ -]{0,24}")
_CALLED = re.compile(rf"@?{_NAME}(?:[ -]{_NAME}){{0,2}}\s?,|Dear [^.!?:]{{2,60}},")
_CONTACT = re.compile(
    r"\b(?:tel|phone|fax|mobile|cell|mob|direct|e-?mail|web|www|skype|twitter|linkedin)\b\W|\+?\(?\d[\d ()/-]{7,40}\d"
    r"|\S@\S+\.\w|https?://|www\.",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\+?\(?\d[\d ()/-]{7,40}\d|\S@\S+\.\w")
_RULER = re.compile(r"[-_=*~]{4,}")
_SENTENCE = re.compile(
    r"\?|\b(?:I|I'm|we|is|are|was|have|has|does|did|do|can|will|not|when|if|it|my|you|this|that"
    r"|ich|ist|nicht|und|wir|habe|kann|je|est|pas|vous|que|es|está|tengo|che|sono|niet|een|jest|nie|się)\b",
    re.IGNORECASE,
)
# Afterthoughts, list items and headings stand below a farewell as well.
_NO_CARD = re.compile(
    r"^\W*(?:edit|update|p\.?s|tl;?dr|note|also|added|fixed|solved)\b|^(?:[-*•+]|\(?\d{1,2}[.)])\s+\S|\]\(|:$",
    re.IGNORECASE,
)
_MOST_CARD_LINES = 12
_LONGEST_CARD_LINE = 90
_LONGEST_FOOTER = 30
_LONGEST_SIGNATURE_LINE = 120
"""Characters of a line below a signature mark; longer ones are a part of the text."""
_LAST_GREETING = 3
_NEAR_RULER = 5
_LONGEST_DEVICE_LINE = 90
_FEWEST_CONTACTS = 2
_FEWEST_WORDS_SIGNED = 6
"""Words a text must have above a name for that to be its signature."""


def find_letter_parts(lines: Sequence[Line], are_known: Sequence[bool]) -> list[bool]:
    """Say for each line whether it is a salutation, a farewell, a signature or a footer.

    Args:
        lines: the text's lines.
        are_known: for each line, whether it is known to be nobody's running words.
    """
    found = [False] * len(lines)
    own = [index for index, known in enumerate(are_known) if not known]
    end = _end_of_letter(lines, own)
    for index in own[end:]:
        found[index] = True
    own = own[:end]
    if not own:
        return found
    for index in own:
        if len(lines[index].body) <= _LONGEST_DEVICE_LINE and _begins_with(lines[index].body, "device"):
            found[index] = True
    if len(own) > 1 and _CALLED.fullmatch(lines[own[0]].body):
        found[own[0]] = True
    for place, index in enumerate(own[:_LAST_GREETING]):
        # Below an afterthought put on top the letter begins anew.
        if is_greeting(lines[index].body, may_name=len(own) > 1) and (place == 0 or lines[index].body[-1] in ",!"):
            found[index] = True
    _mark_farewells(lines, own, found)
    return found


def _mark_farewells(lines: Sequence[Line], own: Sequence[int], found: list[bool]) -> None:
    signed_until = 0
    for place, index in enumerate(own):
        if place < signed_until or found[index]:
            continue
        if is_farewell(lines[index].body, may_name=len(own) > 1):
            found[index] = True
            signed_until = _end_of_signature(lines, own, place + 1) if place else 1
            for signed in own[place + 1 : signed_until]:
                found[signed] = True
    last = own[-1]
    words_above = sum(len(lines[index].body.split()) for index in own[:-1])
    if words_above >= _FEWEST_WORDS_SIGNED and _is_signed(lines, last):
        found[last] = True


def _is_signed(lines: Sequence[Line], index: int) -> bool:
    """Say whether a last line is a name, below a whole sentence or an empty line."""
    body = lines[index].body
    if not (_SIGNED.fullmatch(body) or _DASHED.fullmatch(body)) or _SENTENCE.search(body) or body.endswith("!"):
        return False
    return is_after_gap(lines, index) or lines[index - 1].body.endswith((".", "!", "?", ")", ","))


def _end_of_signature(lines: Sequence[Line], own: Sequence[int], place: int) -> int:
    """Return where in `own` the signature ends that begins at `place`, below a farewell."""
    below = own[place : place + _MOST_CARD_LINES + 1]
    if len(below) <= _MOST_CARD_LINES and all(_is_card(lines[index].body) for index in below):
        return len(own)
    if below and (_SIGNED.fullmatch(lines[below[0]].body) or _DASHED.fullmatch(lines[below[0]].body)):
        return place + 1
    return place


def _is_card(body: str) -> bool:
    """Say whether a line can stand on a visiting card: short and no sentence."""
    return len(body) <= _LONGEST_CARD_LINE and not _SENTENCE.search(body) and not _NO_CARD.search(body)


def _end_of_letter(lines: Sequence[Line], own: Sequence[int]) -> int:
    """Return where in `own` a signature mark, a footer or a card without farewell begins that reaches to the end."""
    end = len(own)
    for place in range(len(own) - 1, max(0, len(own) - _LONGEST_FOOTER), -1):
        body = lines[own[place]].body
        below = end - place - 1
        if _begins_with(body, "footer"):
            end = place
        elif _SIGNATURE_MARK.fullmatch(body) and below <= _MOST_CARD_LINES:
            under = [lines[index].body for index in own[place + 1 : end]]
            end = place if all(len(one) <= _LONGEST_SIGNATURE_LINE for one in under) else end
        elif _RULER.fullmatch(body) and below <= _MOST_CARD_LINES:
            under = [lines[index].body for index in own[place + 1 : end]]
            is_footer = any(_begins_with(one, "footer") for one in under[:_NEAR_RULER])
            if is_footer or (all(map(_is_card, under)) and any(map(_CONTACT.search, under))):
                end = place
    return _end_without_card(lines, own[:end])


def _end_without_card(lines: Sequence[Line], own: Sequence[int]) -> int:
    """Return where in `own` a last paragraph begins that gives addresses and numbers in short lines."""
    start = len(own)
    while start > 1 and len(own) - start < _MOST_CARD_LINES and _is_card(lines[own[start - 1]].body):
        start -= 1
        if is_after_gap(lines, own[start]):
            break
    if not any(_NUMBER.search(lines[index].body) for index in own[start:]):
        return len(own)
    contacts = sum(_CONTACT.search(lines[index].body) is not None for index in own[start:])
    return start if contacts >= _FEWEST_CONTACTS and contacts * 2 > len(own) - start - 2 else len(own)


def _begins_with(body: str, kind: str) -> bool:
    """Say whether a line begins with an entry of `kind`, whatever signs stand before."""
    plain = body.lstrip("*_-–—()[]<>\"'! ").casefold()
    return plain.startswith(tuple(load_words("courtesies")[kind]))
