"""One spelling for British and American words, so that where somebody went to school is no part of a need.

The folded form is for counting, never for showing, so a rule may also fold a word that has but one spelling ("size" to
"sise"); what counts is that the two spellings of one word meet and that different words seldom do.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RULES = (
    (r"(?<=\w\w)our(?=(?:s|ed|ing|er|ers|ful|less|able|ably|ite|ites|hood|hoods|ly)?$)", "or"),  # colour
    (r"(?<=\w\w[iy])z(?=(?:e|es|ed|er|ers|ing|ings|ation|ations|able)$)", "s"),  # organize, analyze
    (r"(?<=[tb])re(?=s?$)", "er"),  # centre, fibre
    (r"(?<=[tb])red$", "ered"),  # centred
    (r"(?<=[aeiouy][^aeiouy][aeiou]l)l(?=(?:ed|ing|er|ers|ings)$)", ""),  # cancelled
    (r"(?<=[aeiouy][^aeiouy][^aeiouy][aeiou]l)l(?=(?:ed|ing|er|ers|ings)$)", ""),  # enrolled
    (r"(?<=\wog)ue(?=s?$)", ""),  # catalogue
    (r"(?<=\wam)me(?=s?$)", ""),  # programme
    (r"(?<=\wen)c(?=es?$)", "s"),  # licence
    (r"(?<=\w)ae(?=[a-z])|^ae(?=[a-z])", "e"),  # anaemia
    (r"(?<=\w)dgement(?=s?$)", "dgment"),  # judgement
    (r"(?<=il)l(?=ful)|(?<=[^aeiou]il)l(?=ment)|(?<=ol)l(?=ment)", ""),  # skillful, fulfillment, enrollment
)
_PAIRS = (
    "ageing aging, aluminium aluminum, burnt burned, cheque check, chequebook checkbook, cosy cozy, draught draft,"
    " dreamt dreamed, enquire inquire, enquiry inquiry, grey gray, instalment installment, jewellery jewelry,"
    " kerb curb, leant leaned, leapt leaped, learnt learned, manoeuvre maneuver, maths math, mould mold,"
    " moustache mustache, mum mom, plough plow, practise practice, pyjamas pajamas, sceptical skeptical,"
    " smelt smelled, spelt spelled, spilt spilled, spoilt spoiled, storey story, towards toward, tyre tire,"
    " woollen woolen"
)
_AMERICAN = dict(pair.split() for pair in _PAIRS.split(", "))
_COMPILED = tuple((re.compile(pattern), instead) for pattern, instead in _RULES)


@lru_cache(maxsize=50_000)
def one_spelling(word: str) -> str:
    """Return the same for both spellings of `word`, a word in small letters."""
    singular = word.removesuffix("s")
    if word in _AMERICAN:
        return one_spelling(_AMERICAN[word])
    if singular in _AMERICAN and word != singular:
        return one_spelling(_AMERICAN[singular] + "s")
    for pattern, instead in _COMPILED:
        word = pattern.sub(instead, word)
    return word
