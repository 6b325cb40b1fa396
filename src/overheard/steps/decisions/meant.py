"""Which pain or segment does a person mean by an id, the beginning of one, or a name?"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from overheard.errors import BadInputError

NEAREST = 3
"""Others that are named where nothing, or too much, is meant."""
LEAST_BEGINNING = 4
"""Characters of an id that may stand for it."""


def find_meant(names: Mapping[str, str], kind: str, asked: str, place: str, mend: str) -> str:
    """Return the id of what a person means.

    Args:
        names: id → name of all there are.
        kind: "pain", "segment".
        asked: an id, the beginning of one, or a name in any case.
        place: the market's folder, named where it fails.
        mend: what to do where there are none yet.

    Raises:
        BadInputError: there are none, or none or several are meant; the nearest are named.
    """
    if not names:
        raise BadInputError(place, f"there are no {kind}s yet", mend)
    word = asked.casefold()
    exact = [one for one, name in names.items() if word in (one, name.casefold())]
    found = exact or [one for one in names if len(asked) >= LEAST_BEGINNING and one.startswith(asked)]
    if len(found) == 1:
        return found[0]

    def likeness(one: str) -> float:
        return max(SequenceMatcher(None, word[:200], form).ratio() for form in (one, names[one].casefold()))

    near = sorted(found or names, key=lambda one: (-likeness(one), one))[:NEAREST]
    what = f"several {kind}s are meant by `{asked[:80]}`" if found else f"no {kind} is `{asked[:80]}`"
    named = ", ".join(f"{one} “{names[one]}”" for one in near)
    raise BadInputError(place, what, f"the nearest are {named}")
