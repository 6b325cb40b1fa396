"""Where do the words of a text stand? Tokens with offsets, and which of them may be counted."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from overheard.records import Span
from overheard.vocabulary.pasted import find_pasted
from overheard.vocabulary.stopwords import boilerplate, function_words, general_words, prefixes
from overheard.vocabulary.variants import join_variants

FUNCTION, GENERAL, CONTENT = 0, 1, 2

_LETTERS = r"[^\W\d_]"
_TOKEN = re.compile(
    # A word, unless it is the beginning of an address, a file, a number or a made-up name.
    rf"({_LETTERS}++(?:['’-]{_LETTERS}++)*+)(?![\w@]|[./\\]\w|://)"
    r"|(?:https?://|www\.)\S+"
    r"|</?[a-zA-Z][^<>]{0,300}>|&#?\w{1,10};"
    r"|```.*?```|`[^`\n]{1,300}`"
    # What a clerk or a machine put between the words; a tag such as "[request]" was typed by the person.
    r"|[\[(](?:(?i:laugh(?:s|ter|ing)?|unintelligible|inaudible|indiscernible|crosstalk|applause|music|pause|echo(?:es)?"
    r"|deleted|removed|sic|img|url|quote|code)\b)[^\[\]()\n]{0,40}[\])]"
    r"|(?<!\w)/?[ur]/\w+|@\w+"
    rf"|({_LETTERS}++(?:['’-]{_LETTERS}++)*+)(?=/{_LETTERS})"
    r"|[\w.+-]{1,64}@[\w.-]+"
    r"|\w[\w-]*+(?:[.:/\\][\w-]++)*+",
    re.DOTALL,
)
_JOINS = frozenset((" ", "  ", "\u00a0", "\t", "-", "'s ", "’s "))
_SHORT_FORM = re.compile(r"(?:n't|'(?:m|re|ve|ll|d|all|em|t|cause|til))$")


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said at once. `own` are the spans of `text` that are the person's own words; no other is read.

    `deciding` are the spans by which the person came into a group; `said_on` is None where the day is not known.
    """

    utterance_id: str
    person_id: str
    text: str
    own: tuple[Span, ...]
    document_id: str = ""
    said_on: date | None = None
    deciding: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """All own words of many texts, in order; all arrays but the last two have the shape (tokens,).

    `row` is the text, `start` and `end` characters into it, `word` an index into `spelled`; `joined` says that only a
    blank or a hyphen stands before the next token; `barred` tokens are neither counted nor part of a phrase.
    `base` is the word each word is counted as and `kind` is FUNCTION, GENERAL or CONTENT, both of shape (words,).
    """

    spelled: tuple[str, ...]
    row: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    word: NDArray[np.int32]
    joined: NDArray[np.bool_]
    barred: NDArray[np.bool_]
    base: NDArray[np.int32]
    kind: NDArray[np.int8]


def read_words(said: Sequence[Said], excluded_words: Collection[str] = ()) -> Words:
    """Cut the own words of `said` into tokens and tell what each may be counted as.

    Links, addresses, markup, code, user names (@ann, u/ann), and whatever holds a digit or an underscore are left out.
    So is what several people wrote word for word: it was pasted.
    A compound with a hyphen is two words, unless a part could not stand alone ("follow-up", "e-mail": one word).

    Args:
        said: the texts.
        excluded_words: words and phrases to leave out wherever they stand, such as people's names.
    """
    forms: dict[str, int] = {}
    rows, starts, ends, ids = (array("i") for _ in range(4))
    joins = array("b")
    for number, one in enumerate(said):
        for left, right in one.own:
            for start, end, joined in read_tokens(one.text, left, right):
                rows.append(number)
                starts.append(start)
                ends.append(end)
                ids.append(forms.setdefault(one.text[start:end], len(forms)))
                joins.append(joined)
    row, start_, end_, form = (np.array(column, dtype=np.int32) for column in (rows, starts, ends, ids))
    spelled: dict[str, int] = {}
    word_of_form = np.array([spelled.setdefault(spell(form), len(spelled)) for form in forms], dtype=np.int32)
    word = word_of_form[form] if len(form) else form
    base, kind = _sort_out(spelled, np.bincount(word, minlength=len(spelled)))
    people: dict[str, int] = {}
    person = np.array([people.setdefault(one.person_id, len(people)) for one in said], dtype=np.int64)
    barred = _find_barred(word, row, spelled, [*boilerplate(), *excluded_words]) | find_pasted(word, row, person)
    return Words(tuple(spelled), row, start_, end_, word, np.array(joins, dtype=np.bool_), barred, base, kind)


def spell(form: str) -> str:
    """Return how a word as written is spelled for counting: lower case, no possessive, hyphens and apostrophes closed.

    Short forms ("don't", "we're") come back with their apostrophe; they are function words.
    """
    word = form.lower().replace("’", "'")
    word = word.removesuffix("'s")
    if _SHORT_FORM.search(word):
        return word
    return word.replace("-", "").replace("'", "")


def read_tokens(text: str, left: int, right: int) -> list[tuple[int, int, bool]]:
    """Return (start, end, joined) of each word of `text` between `left` and `right`.

    `joined` says that only a blank or a hyphen stands before the next word.
    """
    found: list[tuple[int, int, bool]] = []
    before = -1
    for match in _TOKEN.finditer(text, left, right):
        group = match.lastindex
        if group is None:
            before = -1
            continue
        start, end = match.span(group)
        if before >= 0 and text[before:start] in _JOINS:
            found[-1] = (*found[-1][:2], True)
        pieces = _cut(text, start, end)
        before = pieces[-1][1]
        found += [(first, last, last < before) for first, last in pieces]
    return found


def _cut(text: str, start: int, end: int) -> Sequence[Span]:
    """Cut a compound at its hyphens where each part can stand alone, and the possessive off its end."""
    form = text[start:end]
    if form[-2:] in ("'s", "’s"):
        end -= 2
    if "-" not in form:
        return ((start, end),)
    parts = [(match.start() + start, match.end() + start) for match in re.finditer(r"[^-]+", text[start:end])]
    said = [text[first:last].lower() for first, last in parts]
    if said[0] in prefixes() or any(len(part) < 2 or part in function_words() for part in said):
        return ((start, end),)
    return parts


def _sort_out(spelled: dict[str, int], uses: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Return what each word is counted as, and its kind."""
    kind = np.full(len(spelled), CONTENT, dtype=np.int8)
    for word, index in spelled.items():
        if len(word) < 2 or "'" in word or word in function_words():
            kind[index] = FUNCTION
        elif word in general_words():
            kind[index] = GENERAL
    apart = function_words() | general_words()
    base = np.arange(len(spelled), dtype=np.int32)
    for variant, root in join_variants(dict(zip(spelled, uses.tolist(), strict=True)), apart).items():
        base[spelled[variant]] = spelled[root]
    return base, kind


def spell_words(text: str) -> list[str]:
    """Return the words of `text` as they are spelled for counting."""
    words = read_tokens(text, 0, len(text))
    return [spell(text[start:end]) for start, end, _ in words]


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, as they are spelled for counting."""
    empty = function_words() | general_words()
    return frozenset(word for word in spell_words(text) if len(word) > 2 and "'" not in word and word not in empty)


def _find_barred(
    word: NDArray[np.int32], row: NDArray[np.int32], spelled: dict[str, int], phrases: Collection[str]
) -> NDArray[np.bool_]:
    """Mark the tokens that stand in one of `phrases`, whatever punctuation stands between its words."""
    alone = np.zeros(len(spelled) + 1, dtype=np.bool_)
    barred = np.zeros(len(word), dtype=np.bool_)
    by_first: dict[int, list[list[int]]] = {}
    for phrase in phrases:
        ids = [spelled.get(part, -1) for part in spell_words(phrase)]
        if ids and min(ids) >= 0:
            by_first.setdefault(ids[0], []).append(ids)
            alone[ids[0]] |= len(ids) == 1
    starts = np.zeros(len(spelled) + 1, dtype=np.bool_)
    starts[[first for first, found in by_first.items() if any(len(ids) > 1 for ids in found)]] = True
    for place in np.flatnonzero(starts[word]).tolist():
        for ids in by_first[int(word[place])]:
            last = place + len(ids)
            if last <= len(word) and row[last - 1] == row[place] and word[place:last].tolist() == ids:
                barred[place:last] = True
    return barred | alone[word]
