"""Records become a report: pages to read, one file that diffs well, tables to work with, JSON for programs."""

from overheard.report.findings import Findings
from overheard.report.nights.page import NIGHTS_FILE
from overheard.report.nights.summary import NIGHT_FILE, Earlier, read_night
from overheard.report.notice import notice_of
from overheard.report.render import polish_requests, render_landings, render_report
from overheard.report.shareable import shareable_files
from overheard.report.sheets import short_person
from overheard.report.tables import csv_of

__all__ = [
    "NIGHTS_FILE",
    "NIGHT_FILE",
    "Earlier",
    "Findings",
    "csv_of",
    "notice_of",
    "polish_requests",
    "read_night",
    "render_landings",
    "render_report",
    "shareable_files",
    "short_person",
]
