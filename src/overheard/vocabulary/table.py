"""How are terms written as a table?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from overheard.records import Term

COLUMNS = ("term", "people", "people_reference", "uses", "effect", "low", "high", "z")


def write_table(terms: Iterable[Term]) -> str:
    """Return `terms` as CSV, one line each, in their order; effect and its limits are log2 odds ratios by people."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in terms:
        measured = (f"{value:.3f}" for value in (term.effect, *term.interval, term.z))
        writer.writerow((term.text, term.people, term.people_elsewhere, term.uses, *measured))
    return text.getvalue()
