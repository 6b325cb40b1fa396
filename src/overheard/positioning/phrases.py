"""Which things does a sentence name, and what does it say is done to them? With the place each fills in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

LONGEST_PARSED = 400
"""Characters of a sentence that are parsed: the parser's memory grows with them."""

MOST_BEFORE = 3
"""Words before a noun that may belong to its phrase."""

Kind = Literal["thing", "action"]
_DESCRIBES = frozenset({"amod", "compound", "nmod"})
_OBJECTS = frozenset({"dobj", "obj", "pobj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with what describes it, or a verb with its object.

    `key` is its words in their base forms, lower case: the same for `sent an invoice` and `sending invoices`. `start`
    and `end` are characters into the sentence; an action's span is its verb to its object. `is_object`: something is
    done to it. `is_name`: the parser takes its noun for a name.
    """

    kind: Kind
    text: str
    key: tuple[str, ...]
    start: int
    end: int
    is_object: bool
    is_name: bool
    is_plural: bool


class Phraser(Protocol):
    """Finds phrases."""

    def phrases_of(self, texts: Sequence[str]) -> list[list[Phrase]]:
        """Return the phrases of each text, in the order they stand in."""
        ...


def load_phraser(model_dir: Path) -> Phraser:
    """Load tagger, parser and lemmatiser of a spaCy pipeline saved in `model_dir` (en_core_web_sm)."""
    return _SpacyPhraser(model_dir)


class _SpacyPhraser:
    def __init__(self, model_dir: Path) -> None:
        import spacy

        self._model = spacy.load(model_dir, exclude=["senter", "ner"])

    def phrases_of(self, texts: Sequence[str]) -> list[list[Phrase]]:
        parsed = self._model.pipe([text[:LONGEST_PARSED] for text in texts], batch_size=64)
        return [list(_phrases(one)) for one in parsed]


def _phrases(parsed: Any) -> Iterator[Phrase]:
    for token in parsed:
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound" and _is_word(token):
            for nouns in _runs(token):
                yield _thing(token, nouns)
        elif token.pos_ == "VERB" and _is_word(token):
            yield from _actions(token)


def _runs(noun: Any) -> list[list[Any]]:
    """Return a noun alone and with each run of words right before it that describe it."""
    runs, run = [[noun]], [noun]
    for place in range(noun.i - 1, max(noun.i - 1 - MOST_BEFORE, noun.sent.start - 1), -1):
        token = noun.doc[place]
        if token.text == "-":
            run = [token, *run]
            continue
        describes = token.dep_ in _DESCRIBES or token.pos_ in ("NOUN", "PROPN", "ADJ")
        if not describes or not _is_word(token) or not noun.is_ancestor(token):
            break
        run = [token, *run]
        runs.append(run)
    return runs


def _thing(noun: Any, nouns: Sequence[Any]) -> Phrase:
    return _phrase("thing", nouns, noun, noun.dep_ in _OBJECTS)


def _actions(verb: Any) -> Iterator[Phrase]:
    """Yield a verb with its object, with its particle where it has one."""
    goal = next((child for child in verb.children if child.dep_ in ("dobj", "obj") and child.i > verb.i), None)
    particle = [child for child in verb.children if child.dep_ == "prt"][:1]
    if goal is None or goal.pos_ not in ("NOUN", "PROPN") or not _is_word(goal):
        return
    for nouns in _runs(goal):
        yield _phrase("action", [verb, *particle, *nouns], goal, is_object=False)


def _phrase(kind: Kind, tokens: Sequence[Any], noun: Any, is_object: bool) -> Phrase:
    words = sorted((token for token in tokens if token.text != "-"), key=lambda token: token.i)
    first, last = words[0], words[-1]
    key = tuple(_base(token) for token in tokens if token.text != "-")
    start, end = first.idx, last.idx + len(last.text)
    text = noun.doc.text[start:end] if kind == "thing" else " ".join(token.text for token in words)
    return Phrase(kind, text, key, start, end, is_object, noun.pos_ == "PROPN", noun.tag_ in ("NNS", "NNPS"))


def _base(token: Any) -> str:
    return str(token.lemma_ if token.pos_ != "PROPN" else token.lower_).casefold()


def _is_word(token: Any) -> bool:
    return token.is_alpha and len(token) > 1
