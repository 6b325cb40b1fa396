"""What to call each topic: the terms more of its people use than other topics' people do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.keyness import log_odds
from overheard.pains.wording import stems_of, terms_of

WORDS_SHOWN = 10
NAME_TERMS = 3
LONGEST_NAME_TERMS = 6
"""Terms a name may grow to where shorter ones are taken by another topic."""

PRIOR = 0.5
"""Imagined people on each side of a comparison, as a multiple of the topic's own people."""

PHRASE_SHARE = 0.4
"""Share of a word's people who use it inside one phrase, from which the phrase replaces the word."""

FEWEST_USERS = 2
LEAST_SHARE = 0.12
"""People of a topic, and their share, who must use a term before it can stand for them; a few people's word is a
quirk."""


def distinctive_terms(
    texts: Sequence[str], people: Sequence[str], labels: NDArray[np.int64], topics: int
) -> list[tuple[str, ...]]:
    """Return each topic's terms, best first: at most ten, as people write them, none repeating another.

    Args:
        texts: every text, shape (texts,).
        people: who said it; a person counts once per topic and term, however often they use it.
        labels: topic of each text, -1 for none.
        topics: how many topics there are.
    """
    users, written, crowd = _users_of_terms(texts, people, labels, topics)
    everywhere: Counter[str] = Counter()
    for terms in users:
        everywhere.update(terms)
    return [_best_terms(users[topic], everywhere, crowd, topic, written) for topic in range(topics)]


def names_of(terms: Sequence[Sequence[str]], given: Collection[str] = ()) -> list[str]:
    """Join each topic's first terms to a name, adding the next where another topic, or `given`, has it already."""
    names: list[str] = []
    taken = {name.casefold() for name in given}
    for own in terms:
        name = ""
        for length in range(NAME_TERMS, LONGEST_NAME_TERMS + 1):
            name = ", ".join(own[:length])
            if name and name.casefold() not in taken:
                break
        number, plain = 2, name or "no common words"
        name = plain
        while name.casefold() in taken:
            name, number = f"{plain} ({number})", number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _users_of_terms(
    texts: Sequence[str], people: Sequence[str], labels: NDArray[np.int64], topics: int
) -> tuple[list[Counter[str]], dict[str, Counter[str]], list[int]]:
    """Count, per topic, the people who use each term; the spellings of each term; and the people of each topic."""
    who: list[dict[str, set[str]]] = [defaultdict(set) for _ in range(topics)]
    crowd: list[set[str]] = [set() for _ in range(topics)]
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for text, person, label in zip(texts, people, labels, strict=True):
        if label < 0:
            continue
        crowd[label].add(person)
        for term, form in terms_of(text).items():
            who[label][term].add(person)
            written[term][form] += 1
    users = [Counter({term: len(members) for term, members in topic.items()}) for topic in who]
    return users, written, [len(members) for members in crowd]


def _best_terms(
    own: Counter[str], everywhere: Counter[str], crowd: list[int], topic: int, written: dict[str, Counter[str]]
) -> tuple[str, ...]:
    enough = max(FEWEST_USERS, LEAST_SHARE * crowd[topic])
    shared = [term for term, users in own.items() if users >= enough] or list(own)
    if not shared:
        return ()
    here = np.array([own[term] for term in shared], dtype=np.float64)
    elsewhere = np.array([everywhere[term] for term in shared], dtype=np.float64) - here
    # People elsewhere are counted once per topic; the prior is the whole market's, as strong as half the topic.
    imagined = PRIOR * crowd[topic]
    prior = imagined * (here + elsewhere) / max(sum(crowd), 1) + 0.01
    scores = log_odds(here, elsewhere, crowd[topic], sum(crowd) - crowd[topic], prior, imagined + 0.02)[1]
    ranked = sorted(zip(shared, scores.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    return _without_repeats([term for term, score in ranked if score > 0 or len(crowd) == 1], own, written)


def _without_repeats(ranked: list[str], own: Counter[str], written: dict[str, Counter[str]]) -> tuple[str, ...]:
    """Keep the first ten terms that add a word; a word mostly said inside one phrase gives way to the phrase."""
    phrases = [term for term in ranked if " " in term]
    chosen: list[str] = []
    seen: set[str] = set()
    for term in ranked:
        better = term
        if " " not in term:
            around = (p for p in phrases if term in p.split() and own[p] >= PHRASE_SHARE * own[term])
            better = max(around, key=lambda phrase: own[phrase], default=term)
        stems = stems_of(better)
        if stems & seen and len(stems - seen) < len(stems):
            continue
        seen |= stems
        chosen.append(better)
        if len(chosen) == WORDS_SHOWN:
            break
    return tuple(_usual_spelling(written[term]) for term in chosen)


def _usual_spelling(forms: Counter[str]) -> str:
    """Return the commonest form, lower case where that is as common: a capital may only have begun a sentence."""
    lower = [form for form in forms if form == form.lower()]
    if lower and 3 * max(forms[form] for form in lower) >= max(forms.values()):
        return max(sorted(lower), key=lambda form: forms[form])
    return max(sorted(forms), key=lambda form: forms[form])
