"""What is a term about? Trouble, a wish, a tool, themselves, what sets it off, how a thing is, what they do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from overheard.records import TermKind

READ = 3
"""Uses the parser reads of each term, of different people: they rarely disagree."""
CONTEXT = 70
"""Characters on each side of a use that the parser reads; a word's class is decided by its neighbours."""
LISTED: tuple[TermKind, ...] = ("problem", "outcome", "trigger", "qualifier")
"""Kinds with a list of words, in the order in which they are asked."""
LEAST_SELF = 2
"""People who must use a term as a name for themselves."""
TOOL_SHARE = 0.6
"""Part of the people who write a name with a capital where no sentence begins."""

# "I'm a teacher", "being a new runner", "my fellow landlords".
_SELF = re.compile(r"\b(?:fellow|(?:being|i am|i['’]?m|i was|i became|i work as) an?)(?: \w+)? $", re.IGNORECASE)
# "As a bookkeeper I": what is used as a thing ("as a template") does not speak.
_AS_A = re.compile(r"\bas an?(?: \w+)? $", re.IGNORECASE)
_SPEAKS = re.compile(r"[\w ]{0,20},? (?:i|we|i['’]\w+|we['’]\w+)\b", re.IGNORECASE)
# "We bookkeepers": "we bill" is a verb.
_WE = re.compile(r"\bwe $", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n\"“(*-])\s*$")
_CLASS_KINDS: dict[str, TermKind] = {"VB": "action", "JJ": "qualifier", "RB": "qualifier"}

Use = tuple[str, int, int]
"""A text with the start and end of a term in it."""


class Tagger(Protocol):
    """Tells the class of words."""

    def classes_of(self, uses: Sequence[Use]) -> list[str]:
        """Return the Penn Treebank tag ("NN", "VBD", …) of the last word of each use."""


def load_tagger(model_dir: Path) -> Tagger:
    """Load the tagger of a spaCy pipeline saved in `model_dir` (en_core_web_sm)."""
    return _SpacyTagger(model_dir)


class _SpacyTagger:
    def __init__(self, model_dir: Path) -> None:
        import spacy

        self._model = spacy.load(model_dir, exclude=["parser", "ner", "senter", "lemmatizer", "attribute_ruler"])

    def classes_of(self, uses: Sequence[Use]) -> list[str]:
        windows = [_window(use) for use in uses]
        parsed = self._model.pipe([text for text, _ in windows], batch_size=64)
        return [
            next((token.tag_ for token in reversed(words) if token.idx < end), "")
            for words, (_, end) in zip(parsed, windows, strict=True)
        ]


def _window(use: Use) -> tuple[str, int]:
    text, start, end = use
    first = max(start - CONTEXT, 0)
    return text[first : end + CONTEXT].replace("’", "'"), end - first


def find_kinds(
    terms: Sequence[tuple[str, Sequence[Use], bool]], products: Collection[str], tagger: Tagger
) -> list[TermKind]:
    """Tell what each term is about.

    Asked in this order: is it a name for themselves, a product, a listed word of trouble, outcome, trigger or quality,
    a name written with a capital, and then what class of words it is.

    Args:
        terms: each with its uses, one a person, and whether all its words are in a list of common ones.
        products: names of what people use and recommend, lower case.
        tagger: tells the class of words.
    """
    named = [_by_name(*term, products) for term in terms]
    open_ = [at for at, kind in enumerate(named) if kind is None]
    asked = [(at, use) for at in open_ for use in terms[at][1][:READ]]
    classes: dict[int, Counter[str]] = {at: Counter() for at in open_}
    for (at, _), word_class in zip(asked, tagger.classes_of([use for _, use in asked]), strict=True):
        classes[at][word_class[:2]] += 1
    return [kind or _by_class(classes[at]) for at, kind in enumerate(named)]


def _by_name(text: str, uses: Sequence[Use], is_common: bool, products: Collection[str]) -> TermKind | None:
    if sum(_is_self(use) for use in uses) >= LEAST_SELF:
        return "self"
    if text.lower() in products:
        return "tool"
    for kind in LISTED:
        if _listed(kind).search(text):
            return kind
    inside = [use for use in uses if not _SENTENCE_START.search(use[0][max(use[1] - 20, 0) : use[1]])]
    capitals = sum(_is_name(use[0][use[1] : use[2]]) for use in inside)
    # Two people must agree. Countries, tongues and first names are written so as well, and are in every dictionary.
    return "tool" if not is_common and capitals >= max(2, TOOL_SHARE * len(inside)) else None


def _is_self(use: Use) -> bool:
    text, start, end = use
    before = max(start - 40, 0), start
    if _SELF.search(text, *before) or (_WE.search(text, *before) and text[end - 1] == "s"):
        return True
    return _AS_A.search(text, *before) is not None and _SPEAKS.match(text, end) is not None


def _is_name(written: str) -> bool:
    """Tell a name ("Ledgerline", "iPad") from an abbreviation ("VAT number")."""
    return any(word != word.lower() and word != word.upper() for word in written.split())


def _by_class(classes: Counter[str]) -> TermKind:
    if not classes:
        return "thing"
    most = min(classes, key=lambda word_class: (-classes[word_class], word_class))
    return _CLASS_KINDS.get(most, "thing")


@cache
def _listed(kind: str) -> re.Pattern[str]:
    """Return what finds the words of a list: a word or phrase, or what begins with a stem."""
    text = files("overheard.vocabulary.lexicon.kinds").joinpath(f"{kind}.txt").read_text(encoding="utf-8")
    entries = [line.partition("\t")[0] for line in text.splitlines() if line and not line.startswith("#")]
    forms = (re.escape(entry.removesuffix("*")) + (r"\w*" if entry.endswith("*") else "") for entry in entries)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
