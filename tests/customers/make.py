"""Rows of made-up customers' files."""

import csv
import io

from overheard.customers import Row


def make_rows(text):
    """Return the rows of a small CSV, each with the line it stands on."""
    return [Row(line, row) for line, row in enumerate(csv.DictReader(io.StringIO(text.strip())), 2)]


def person_of(name):
    return f"p:{name.casefold()}"
