"""Files of rows that somebody exported (CSV, TSV, JSON Lines): posts by declared columns, or customers as they come."""

from overheard.rows.columns import Survey, survey, text_of
from overheard.rows.read import read_rows
from overheard.rows.sheet import SheetRow, read_sheet

__all__ = ["SheetRow", "Survey", "read_rows", "read_sheet", "survey", "text_of"]
