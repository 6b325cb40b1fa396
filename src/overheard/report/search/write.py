"""The index of the search → JSON inside a page, with the one script of the report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from overheard.report.figures import counted
from overheard.report.search.entries import Name, SearchView, Sentence

SEARCH_FILE = "search.html"
MOST_BYTES = 1_300_000
"""Of the index; the page stays below a megabyte and a half."""
MOST_NAME_BYTES = 400_000
LONGEST_SENTENCE = 400
"""Characters of a sentence that are shown; its thread has it whole."""

_FOR_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What would end or comment out the element that the JSON stands in."""


def write_search(environment: Environment, shared: Mapping[str, Any], search: SearchView) -> str:
    """Write the page.

    Args:
        environment: with the templates.
        shared: what every page knows.
        search: what can be found.
    """
    names = _fitting_names(search.names)
    rows, index = _index(search.sentences, MOST_BYTES - len(script_json(names).encode(errors="replace")))
    page = {
        # JSON that cannot end its element: escaping it as text would break it, for scripts are not unescaped.
        "index": Markup(script_json({"names": names, **index})),  # noqa: S704
        "counts": _counts(search.names[: len(names)]),
        "left_out_names": len(search.names) - len(names),
        "sentences": rows,
        "left_out": len(search.sentences) - rows + search.more,
    }
    return environment.get_template("search.html").render({**shared, **page})


def script_json(content: Any) -> str:
    """Write JSON that may stand in a script element."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_FOR_SCRIPT)


def _fitting_names(names: Sequence[Name]) -> list[list[str]]:
    rows: list[list[str]] = []
    room = MOST_NAME_BYTES
    for one in names:
        row = [one.kind, one.text, one.also, one.note, one.file]
        room -= _size(row)
        if room < 0:
            break
        rows.append(row)
    return rows


def _index(sentences: Iterable[Sentence], room: int) -> tuple[int, dict[str, list[list[Any]]]]:
    """Write as many sentences as there is room for, each thread and each pain once.

    Returns:
        How many, and `said` (pain or kind, file), `places` (title, source, beginning of the address), `sentences`
        (text, row of `said`, row of `places`, rest of the address, ISO date).
    """
    said: dict[tuple[str, ...], int] = {}
    places: dict[tuple[str, ...], int] = {}
    rows: list[list[Any]] = []
    for one in sentences:
        quote, href = one.quote, one.quote.link.href or ""
        cut = href.find("#") + 1 or href.rfind("/") + 1
        says = (one.says, one.file)
        place = (quote.title or quote.link.path or "untitled", quote.source, href[:cut])
        text = quote.text if len(quote.text) <= LONGEST_SENTENCE else quote.text[: LONGEST_SENTENCE - 1] + "…"
        row = [text, said.get(says, len(said)), places.get(place, len(places)), href[cut:], quote.said_on]
        room -= _size(row) + (says not in said and _size(says)) + (place not in places and _size(place))
        if room < 0:
            break
        said.setdefault(says, len(said))
        places.setdefault(place, len(places))
        rows.append(row)
    return len(rows), {"said": [*map(list, said)], "places": [*map(list, places)], "sentences": rows}


def _size(row: Sequence[Any]) -> int:
    return len(script_json(row).encode(errors="replace")) + 1


def _counts(names: Iterable[Name]) -> str:
    kinds = [one.kind for one in names]
    return ", ".join(counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds))
