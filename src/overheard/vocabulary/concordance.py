"""Where does a term stand, and what stands around it? Keyword in context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from overheard.vocabulary.stopwords import function_words, general_words
from overheard.vocabulary.variants import join_variants
from overheard.vocabulary.words import Said, read_words, spell_words


@dataclass(frozen=True, slots=True)
class Line:
    """One use of a term: what stands before it, the term as written, what stands after it, and where."""

    left: str
    hit: str
    right: str
    utterance_id: str


def concordance(term: str, said: Sequence[Said], width: int) -> list[Line]:
    """Show every use of `term`, plurals and other spellings included, in the words around it.

    Args:
        term: a word or phrase, in any spelling.
        said: the texts; only people's own words are searched, and only they are shown as context.
        width: characters of context on each side, at most.

    Returns:
        A line a use, in the order of `said`; line breaks are shown as blanks, so that a line is one line.
    """
    return [
        Line(
            _flat(one.text[left:start][-width:] if width else ""),
            _flat(one.text[start:end]),
            _flat(right),
            one.utterance_id,
        )
        for one, start, end in _uses(term, said)
        for left, last in one.own
        if left <= start and end <= last
        for right in [one.text[end:last][:width]]
    ]


def _uses(term: str, said: Sequence[Said]) -> Iterator[tuple[Said, int, int]]:
    wanted = spell_words(term)
    words = read_words(said)
    known = dict.fromkeys([*words.spelled, *wanted], 1)
    base = join_variants(known, function_words() | general_words())
    bases = [base.get(word, word) for word in words.spelled]
    pattern = [base.get(word, word) for word in wanted]
    size = len(pattern)
    spoken = [bases[word] for word in words.word.tolist()]
    for place in range(len(spoken) - size + 1):
        if size and spoken[place : place + size] == pattern and words.joined[place : place + size - 1].all():
            yield said[words.row[place]], int(words.start[place]), int(words.end[place + size - 1])


def _flat(text: str) -> str:
    return "".join(" " if letter.isspace() else letter for letter in text)
