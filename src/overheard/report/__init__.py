"""Records become a report: pages to read, one file that diffs well, tables to work with, JSON for programs."""

from overheard.report.findings import Findings
from overheard.report.render import render_report
from overheard.report.sheets import short_person
from overheard.report.tables import csv_of

__all__ = ["Findings", "csv_of", "render_report", "short_person"]
