"""Files of rows that somebody exported (CSV, TSV, JSON Lines) become posts, by a declared mapping of columns."""

from overheard.rows.read import read_rows

__all__ = ["read_rows"]
