"""How is a term shown? As people write it, in lower case unless it is an acronym."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

LEAST_TIMES = 5
"""A form is shown instead of the one general English prefers when it is written this many times as often.

Singular and plural are often as frequent as each other among a hundred people: what is shown must not change with them.
"""

_ACRONYM = re.compile(r"[A-Z]{2,}s?|[A-Z]{2,}(?:-[A-Z]+)+")


def choose_wording(written: Iterable[str], common_rank: Mapping[str, int]) -> str:
    """Return the form to show for a term.

    Args:
        written: the term as each person wrote it, one entry a person and form; at least one.
        common_rank: words of general English, 1 the commonest.
    """
    forms = list(written)
    folded = Counter(_plain(form).lower() for form in forms)
    unknown = len(common_rank) + 1

    def key(form: str) -> tuple[int, int, str]:
        return sum(common_rank.get(word, unknown) for word in form.split(" ")), len(form), form

    common = min(folded, key=key)
    best = min(folded, key=lambda form: (-folded[form] * (LEAST_TIMES if form == common else 1), *key(form)))
    shapes = [_plain(form).split(" ") for form in forms if _plain(form).lower() == best]
    return " ".join(_case(column) for column in zip(*shapes, strict=True))


def _plain(form: str) -> str:
    return " ".join(form.replace("’", "'").split())


def _case(written: tuple[str, ...]) -> str:
    """Return one word's shape: the acronym where most wrote it so, else lower case."""
    acronyms = Counter(form for form in written if _ACRONYM.fullmatch(form))
    if 2 * sum(acronyms.values()) > len(written):
        return min(acronyms, key=lambda form: (-acronyms[form], form))
    return written[0].lower()
