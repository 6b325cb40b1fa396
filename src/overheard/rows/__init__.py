"""Rows that somebody exported (CSV, TSV, JSON Lines, .xlsx): posts by declared columns, or customers as they come."""

from overheard.rows.columns import Survey, survey, text_of
from overheard.rows.read import read_rows
from overheard.rows.sheet import SheetRow, read_sheet
from overheard.rows.workbook import read_workbook

__all__ = ["SheetRow", "Survey", "read_rows", "read_sheet", "read_workbook", "survey", "text_of"]
