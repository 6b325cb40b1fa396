"""Which words of a text tell of a need? Content words, plural and singular as one, and so both spellings."""

from __future__ import annotations

import re
from functools import cache

from overheard.people.needs.spelling import one_spelling

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S+")


def need_words(text: str) -> list[str]:
    """Return the content words of `text` in order, without contractions and links.

    They are in lower case, plurals as singulars, each word in one spelling.
    """
    return [folded for folded, _ in shown_words(text)]


def shown_words(text: str) -> list[tuple[str, str]]:
    """Return the content words of `text` in order, each folded (as `need_words` does) and as it was written."""
    return [shown for form in _WORD.findall(_LINK.sub(" ", text.lower())) if (shown := _shown(form))]


@cache
def _shown(form: str) -> tuple[str, str] | None:
    word = form.replace("’", "'").removesuffix("'s")
    if len(word) < 3 or "'" in word or word in _stop_words():
        return None
    return one_spelling(_singular(word)), word


def _singular(word: str) -> str:
    """Fold regular plurals only: a wrong fold shows in a segment's name, a missed one costs little."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous")):
        return word[:-1]
    return word


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    # Forum small talk and verbs of any topic; a segment named after them would say nothing.
    chatter = (
        "thanks thank hello hey yeah yes okay just like really actually basically literally thing things stuff lot lots"
        " want wanted going got get gets getting know think thought make made makes making use used using way ways say"
        " said says don doesn didn isn aren wasn won can cant dont doesnt didnt wont ive youre thats whats need needs"
        " try tried trying good great bit sure people time times day days year years new come came look looking right"
    )
    return frozenset(ENGLISH_STOP_WORDS) | frozenset(chatter.split())
