"""What is known of people besides what hurts them: where they write, as whom, how much, when and how they spell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from overheard.people.context.self_names import find_self_names
from overheard.records import Document, Utterance

_OUR = "behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|parl|rum|vap"
_ISE = "apolog|author|categor|critic|custom|final|item|minim|organ|prior|real|recogn|special|summar|util"
_DOUBLED = "(?:travel|cancel|label|model|fuel|jewel)"
_BRITISH = re.compile(
    rf"\b(?:(?:{_OUR})our|(?:{_ISE})is(?:e|ing|ation)|(?:cent|theat|met|lit)re|{_DOUBLED}l(?:ed|ing|er)|"
    r"analys(?:e|ing)|cheque|grey|tyre|programme\b|mum\b|learnt\b)",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    rf"\b(?:(?:{_OUR})or|(?:{_ISE})iz(?:e|ing|ation)|(?:cent|theat|lit)er\b|{_DOUBLED}(?:ed|ing|er)\b|"
    r"analyz(?:e|ing)|gray\b|mom\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing known of people: `values` are words of a category or numbers, by person_id; who lacks one is left out.

    `unit` of numbers is "" for plain counts and "day" for days since 0001-01-01.
    """

    name: str
    values: Mapping[str, str] | Mapping[str, float]
    unit: str = ""


def read_fields(
    utterances: Sequence[Utterance],
    own_texts: Mapping[str, str],
    documents: Mapping[str, Document],
    products: Mapping[str, Sequence[str]],
    people: Collection[str],
) -> list[Field]:
    """Read what is known of people.

    Args:
        utterances: what was said, by anybody.
        own_texts: utterance_id → its author's own words.
        documents: document_id → document.
        products: person_id → names of products they recommend or use.
        people: of whom.

    Returns:
        Fields, categories first; without those nobody has.
    """
    said: dict[str, list[Utterance]] = defaultdict(list)
    for one in utterances:
        if one.person_id in people:
            said[one.person_id].append(one)
    texts = {person: [own_texts[one.utterance_id] for one in rows] for person, rows in said.items()}
    days = {
        person: sorted(one.said_at.date().toordinal() for one in rows if one.said_at) for person, rows in said.items()
    }
    words = {person: [len(text.split()) for text in own] for person, own in texts.items()}
    fields = [
        Field("Source", _commonest({p: [documents[one.document_id].source for one in r] for p, r in said.items()})),
        Field("Rank shown", _commonest({person: [one.rank for one in rows] for person, rows in said.items()})),
        Field("Spelling", {person: style for person, own in texts.items() if (style := spelling_of(own))}),
        Field(
            "Call themselves",
            _commonest({p: [n for t in own for n, _ in find_self_names(t)] for p, own in texts.items()}),
        ),
        Field("Product named", _commonest({person: products.get(person, ()) for person in said})),
        Field("Posts", {person: float(len(rows)) for person, rows in said.items()}),
        Field("Threads", {person: float(len({one.document_id for one in rows})) for person, rows in said.items()}),
        Field("Words a post", {person: float(median(counts)) for person, counts in words.items()}),
        Field("First seen", {person: float(own[0]) for person, own in days.items() if own}, "day"),
        Field("Last seen", {person: float(own[-1]) for person, own in days.items() if own}, "day"),
    ]
    return [field for field in fields if field.values]


def spelling_of(texts: Sequence[str]) -> str:
    """Return "British" or "American", whichever more words are spelled, "" where neither is."""
    british = sum(len(_BRITISH.findall(text)) for text in texts)
    american = sum(len(_AMERICAN.findall(text)) for text in texts)
    return "" if british == american else "British" if british > american else "American"


def _commonest(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return each person's most frequent value, the first by name among equals."""
    found = {}
    for person, own in values.items():
        counts = Counter(value for value in own if value)
        if counts:
            found[person] = min(counts, key=lambda value: (-counts[value], value))
    return found
