"""Which phrases of a sentence could name what hurts: things, and what is done to them or happens to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from overheard.pains.names.ing import ing_of
from overheard.pains.wording import STOP_WORDS, folded, words_in

LONGEST_PARSED = 400
"""Characters of a sentence that are parsed: the parser's memory grows with them, and a name stands in the first."""

MOST_BEFORE = 3
"""Words before a noun that may belong to its phrase."""

_WEAK = words_in("weak.txt")
_LINKS = frozenset({"of", "for", "from", "to", "on", "in", "with", "without", "between", "by", "at", "about", "into"})
_PARTICLES = frozenset({"up", "out", "off", "in", "on", "down", "back", "away", "over", "through", "apart", "around"})
_MANY = frozenset({"many", "several", "few", "more", "most", "some", "half", "hundred", "hundreds", "thousand"})
_ABLE = frozenset({"ca", "can", "could", "able"})
_FAILS = {"unable": "can't", "impossible": "can't", "fail": "not", "refuse": "not", "stop": "not", "quit": "not"}
_GOES_ON = frozenset({"keep", "start", "begin", "continue", "seem", "appear", "stop", "quit", "fail", "refuse"})
"""Words that deny the verb they govern, and what stands for them; verbs that lend their subject to the verb they
govern."""

DENIED = "n't"
"""The telling word of a phrase that says what is not, cannot be, or is no more."""
_SILENT = frozenset({"PRON", "DET", "NUM", "AUX", "ADV", "INTJ", "SYM", "X", "CCONJ", "SCONJ", "ADP", "PART"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of one sentence.

    `text` is how it would stand in a name. `words` are its telling words, each as said and in its base form, both
    folded; `DENIED` is one of them where the phrase denies. `people` are those of them, as said, that the parser takes
    for somebody's name. `does` is the base form of a verb that has an object, `happens` of one told of its subject.
    """

    text: str
    words: tuple[tuple[str, str], ...]
    people: frozenset[str] = frozenset()
    does: str = ""
    happens: str = ""


class Phraser(Protocol):
    """Finds phrases."""

    def phrases_of(self, texts: Sequence[str]) -> list[list[Phrase]]:
        """Return the phrases of each text, in the order they stand in; no order means better."""
        ...


def load_phraser(model_dir: Path) -> Phraser:
    """Load tagger, parser, lemmatiser and name finder of a spaCy pipeline saved in `model_dir` (en_core_web_sm)."""
    return _SpacyPhraser(model_dir)


class _SpacyPhraser:
    def __init__(self, model_dir: Path) -> None:
        import spacy

        self._model = spacy.load(model_dir, exclude=["senter"])
        # Asked only where a capital stands inside the sentence: it is a quarter of the cost.
        self._names = self._model.get_pipe("ner")
        self._model.disable_pipe("ner")

    def phrases_of(self, texts: Sequence[str]) -> list[list[Phrase]]:
        found = []
        for parsed in self._model.pipe([_calm(text[:LONGEST_PARSED]) for text in texts], batch_size=64):
            if any(token.pos_ == "PROPN" for token in parsed):
                self._names(parsed)
            found.append(list(_phrases(parsed)))
        return found


def _calm(text: str) -> str:
    """Return shouted text in lower case and curly apostrophes straight, as the parser was taught."""
    text = text.replace("’", "'")
    return text.lower() if text.isupper() else text


def _phrases(parsed: Any) -> Iterator[Phrase]:
    for token in parsed:
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
            for nouns in _noun_phrases(token):
                yield _phrase(_joined(nouns), nouns)
                if nouns[0].i > token.sent.start and token.doc[nouns[0].i - 1].lower_ == "no":
                    yield _phrase(f"no {_joined(nouns)}", nouns, "no")
            yield from _linked(token)
            yield from _said_of(token)
        elif token.pos_ == "VERB":
            yield from _acts(token)


def _noun_phrases(head: Any) -> list[list[Any]]:
    """Return `head` alone and with each run of words right before it that describe it; none if `head` says nothing."""
    if not _tells(head):
        return []
    runs, run = [[head]], [head]
    for place in range(head.i - 1, max(head.i - 1 - MOST_BEFORE, head.sent.start - 1), -1):
        token = head.doc[place]
        if token.tag_ == "HYPH" or token.text == "-":
            run = [token, *run]
            continue
        describes = token.dep_ in ("amod", "compound", "nmod") or token.pos_ in ("NOUN", "PROPN", "ADJ")
        if not describes or not token.is_alpha or not head.is_ancestor(token):
            break
        run = [token, *run]
        if _tells(token):
            runs.append(run)
    return runs


def _longest(head: Any) -> list[Any]:
    runs = _noun_phrases(head)
    return runs[-1] if runs else []


def _linked(head: Any) -> Iterator[Phrase]:
    """Yield a noun with the noun that follows it after a preposition: `fees for late payment`."""
    left = _longest(head)
    for link in head.children:
        if left and link.dep_ == "prep" and link.i == head.i + 1 and link.lower_ in _LINKS:
            for goal in link.children:
                if goal.dep_ == "pobj" and (right := _with_article(goal)):
                    yield _phrase(f"{_joined(left)} {link.lower_} {right}", [*left, *_longest(goal)])


def _said_of(subject: Any) -> Iterator[Phrase]:
    """Yield what is said of a noun: `rejected invoice`, `wrong number`, `sync failing`, `sync not working`."""
    verb, nouns = subject.head, _longest(subject)
    if not nouns or verb.i <= subject.i or subject.dep_ not in ("nsubj", "nsubjpass"):
        return
    if verb.lemma_ in _GOES_ON:
        verb = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB" and c.i > verb.i), verb)
    denied = _denial(verb)
    if verb.tag_ == "VBN" and not _has(verb, "aux"):
        if _tells(verb) and not denied:
            yield _phrase(f"{verb.lower_} {_joined(nouns)}", [verb, *nouns])
    elif verb.lemma_ in ("be", "look", "seem", "get"):
        for said in verb.children:
            if said.dep_ == "acomp" and _tells(said) and said.i > verb.i and not denied:
                yield _phrase(f"{said.lower_} {_joined(nouns)}", [said, *nouns])
    elif verb.pos_ == "VERB" and verb.lemma_.isalpha():
        yield from _clauses(nouns, verb, denied)


def _clauses(nouns: list[Any], verb: Any, denied: str) -> Iterator[Phrase]:
    """Yield what a thing does: `update breaking bookmarks`, `links opening`, `links opening in a new tab`."""
    base, goal = verb.lemma_.casefold(), _object_of(verb)
    told = f"{_joined(nouns)} {_doing(verb, 'not' if denied and goal is None else denied)}"
    if goal is not None:
        if goal.i > verb.i and (said := _with_article(goal)):
            yield _phrase(f"{told} {said}", [*nouns, verb, *_longest(goal)], denied)
    elif denied or base not in _WEAK:
        yield _phrase(told, [*nouns, verb], denied, happens=base)
        for way, ends in _ways(verb):
            yield _phrase(f"{told} {way}", [*nouns, verb, *ends], denied, happens=base)


def _acts(verb: Any) -> Iterator[Phrase]:
    """Yield a verb with its object, its particle or what follows its preposition: `matching bank payments`."""
    base, denied = verb.lemma_.casefold(), _denial(verb)
    if not base.isalpha() or (base in _WEAK and not denied):
        return
    doing, goal = _doing(verb, denied), _object_of(verb)
    if goal is not None:
        if goal.i > verb.i and (nouns := _with_article(goal)):
            yield _phrase(f"{doing} {nouns}", [verb, *_longest(goal)], denied, does=base)
            for way, ends in (*_ways(verb), *_ways(goal)):
                yield _phrase(f"{doing} {nouns} {way}", [verb, *_longest(goal), *ends], denied, does=base)
        elif goal.i > verb.i and denied and goal.lower_ in ("it", "them") and _tells(verb):
            yield _phrase(_doing(verb, denied, "it"), [verb], denied, does=base)
        return
    for way, ends in _ways(verb):
        yield _phrase(f"{doing} {way}", [verb, *ends], denied)
    if _particle_of(verb) and _tells(verb):
        yield _phrase(doing, [verb], denied)


def _doing(verb: Any, denied: str, goal: str = "") -> str:
    """Write a verb with its particle as a name does: `setting up`, `not setting up`, `can't set it up`."""
    base, particle = verb.lemma_.casefold(), _particle_of(verb)
    doing = {"": ing_of(base), "not": f"not {ing_of(base)}", "can't": f"can't {base}"}[denied]
    return " ".join(word for word in (doing, goal, particle) if word)


def _particle_of(verb: Any) -> str:
    return next((c.lower_ for c in verb.children if c.dep_ == "prt" and c.lower_ in _PARTICLES), "")


def _ways(head: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield each thing that follows `head` after a preposition, and its nouns: `in a new tab`."""
    for link in head.children:
        if link.dep_ == "prep" and link.lower_ in _LINKS and link.i > head.i:
            for goal in link.children:
                if goal.dep_ == "pobj" and (said := _with_article(goal)):
                    yield f"{link.lower_} {said}", _longest(goal)


def _denial(verb: Any) -> str:
    """Return how a verb is denied, by itself or by what governs it: `not`, `can't`, or nothing."""
    if _is_negated(verb):
        return "can't" if any(child.lower_ in _ABLE for child in verb.children) else "not"
    ruler = verb.head
    if verb.dep_ not in ("xcomp", "ccomp") or ruler.i >= verb.i:
        return ""
    if ruler.lemma_ == "able" and _is_negated(ruler.head):
        return "can't"
    return "" if _is_negated(ruler) else _FAILS.get(ruler.lemma_, "")


def _is_negated(verb: Any) -> bool:
    no_longer = any(c.lower_ == "longer" and c.i and verb.doc[c.i - 1].lower_ == "no" for c in verb.children)
    return _has(verb, "neg") or no_longer


def _object_of(verb: Any) -> Any | None:
    return next((child for child in verb.children if child.dep_ in ("dobj", "obj")), None)


def _has(verb: Any, relation: str) -> bool:
    return any(child.dep_ == relation for child in verb.children)


def _with_article(head: Any) -> str:
    """Return a noun phrase as it stands after a verb or preposition: with its article, if it has one.

    `my`, `this` and the like become `the` before a singular noun and go before a plural; after a number, none.
    """
    nouns = _longest(head)
    if not nouns:
        return ""
    said, first = _joined(nouns), nouns[0].i
    before = head.doc[first - 1] if first > head.sent.start else head
    if before.pos_ == "NUM" or before.lower_ in _MANY:
        return ""
    if before.lower_ in ("the", "a", "an", "no"):
        return f"{before.lower_} {said}"
    one = head.tag_ == "NN" and (before.dep_ in ("det", "poss") or before.lower_ in _WEAK)
    return f"the {said}" if one else said


def _tells(token: Any) -> bool:
    word, base = folded(token.text), folded(token.lemma_)
    if not token.is_alpha or len(word) < 2 or token.pos_ in _SILENT:
        return False
    return not {word, base} & STOP_WORDS and not {word, base} & _WEAK


def _phrase(text: str, tokens: Sequence[Any], denied: str = "", does: str = "", happens: str = "") -> Phrase:
    # `can't find` tells more than `finding`.
    telling = [token for token in tokens if _tells(token) or (denied and token.pos_ == "VERB")]
    words = tuple((folded(token.text), folded(token.lemma_)) for token in telling)
    people = frozenset(folded(token.text) for token in telling if token.ent_type_ == "PERSON")
    return Phrase(text, (*words, (DENIED, DENIED)) if denied and words else words, people, does, happens)


def _joined(tokens: Sequence[Any]) -> str:
    """Write neighbouring tokens as they stand in the text."""
    return "".join(token.text_with_ws for token in tokens).strip()
