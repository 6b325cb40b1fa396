"""Where does a term stand in people's own words?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from overheard.records import Utterance
from overheard.report.findings import Market

_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a term: characters `start` to `end` of an utterance."""

    utterance: Utterance
    start: int
    end: int


def forms_of(market: Market) -> dict[str, tuple[str, ...]]:
    """Return the forms of each term as they were written, by the term in small letters.

    A term is counted in all its forms ("invoice", "invoices"); its examples show which there are.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for term in market.findings.terms:
        own = forms[term.text.casefold()]
        own.add(term.text.casefold())
        for utterance_id, start, end in term.examples:
            own.add(" ".join(_BETWEEN.split(market.utterances[utterance_id].text[start:end].casefold())))
    return {text: tuple(sorted(own)) for text, own in sorted(forms.items())}


def find_uses(market: Market, forms: Mapping[str, Iterable[str]]) -> dict[str, tuple[Use, ...]]:
    """Find all uses of terms in the own words of those who count, by utterance and place.

    Args:
        market: whose words.
        forms: forms of each term, in small letters.
    """
    patterns = {form: _pattern(form) for own in forms.values() for form in own}
    # Looking for each term in every text takes minutes on a large market: only texts with its first word are searched.
    wanted = {words[0] for form in patterns if (words := _WORD.findall(form))}
    texts: dict[str, list[Utterance]] = defaultdict(list)
    posts = (post for person in market.posts_of.values() for post in person)
    for post in sorted(posts, key=lambda one: one.utterance_id):
        for word in wanted.intersection(_WORD.findall(post.text.casefold())):
            texts[word].append(post)
    found: dict[str, tuple[Use, ...]] = {}
    for term, own in forms.items():
        uses = {
            (post.utterance_id, match.start(), match.end()): Use(post, match.start(), match.end())
            for form in own
            for word in _WORD.findall(form)[:1]
            for post in texts[word]
            for match in patterns[form].finditer(post.text)
            if _is_own(market, post, match.start(), match.end())
        }
        found[term] = tuple(uses[place] for place in sorted(uses))
    return found


def _pattern(form: str) -> re.Pattern[str]:
    # Counted as a phrase are words with a blank or a hyphen between them; three characters allow for a line's end.
    words = r"[\s-]{1,3}".join(re.escape(word) for word in _BETWEEN.split(form) if word)
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _is_own(market: Market, post: Utterance, start: int, end: int) -> bool:
    own = market.findings.own_words.get(post.utterance_id)
    if own is not None:
        return any(at <= start and end <= to for at, to in own)
    return not any(at < end and start < to for at, to in post.not_own)
