"""Pages of single pains and terms → HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment

from overheard.report.single_pages.over_time import HEIGHT, WIDTH
from overheard.report.view import ReportView


def write_single_pages(
    environment: Environment, shared: Mapping[str, Any], view: ReportView
) -> Iterator[tuple[str, str]]:
    """Return (file name, page) of each pain and each headline term.

    Args:
        environment: with the templates.
        shared: what every page knows.
        view: the report.
    """
    if view.single is None:
        return
    size = {"width": WIDTH, "height": HEIGHT}
    segment_files = {segment.segment_id: segment.file for segment in view.segments}
    template = environment.get_template("pain.html")
    for pain in view.pains:
        page = view.single.pains[pain.pain_id]
        yield page.file, template.render({**shared, **size, "pain": pain, "page": page})
    template = environment.get_template("term.html")
    for key, term in view.single.terms.items():
        groups = [row for segment in view.segments for row in segment.terms.all if row.text.casefold() == key]
        known = {row.group_id for row in groups}
        groups += [row for row in view.terms if row.text.casefold() == key and row.group_id not in known]
        page_of_term = {"page": term, "groups": groups, "segment_files": segment_files}
        yield term.file, template.render({**shared, **size, **page_of_term})
