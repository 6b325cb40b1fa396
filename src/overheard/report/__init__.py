"""Records become a report: pages to read, one file that diffs well, tables to work with, JSON for programs."""

from overheard.report.findings import Findings
from overheard.report.render import render_report

__all__ = ["Findings", "render_report"]
