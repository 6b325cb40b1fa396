"""Drafts → pages: one for the team with the quote behind every word, and the landing pages as a visitor sees them."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from overheard.report.drafts.landing import VARIED
from overheard.report.policy import policy_of
from overheard.report.view import ReportView


def write_drafts(environment: Environment, shared: dict[str, Any], view: ReportView) -> dict[str, str]:
    """Write the page of drafts of each segment; `shared` is what every page of the report is given."""
    template = environment.get_template("drafts.html")
    drafts = view.drafts
    return {
        drafts[one.segment_id].file: template.render(
            shared | {"segment": one, "drafts": drafts[one.segment_id], "varied": VARIED}
        )
        for one in view.segments
    }


def write_landings(environment: Environment, view: ReportView, style: str) -> dict[str, str]:
    """Write the landing pages, a file a variant: no part of the report, they have a form and go to a web server.

    Args:
        environment: with the templates.
        view: the report they are drafted from.
        style: of the landing pages, our own file.
    """
    pages = {}
    for name, landing in ((name, one) for drafts in view.drafts.values() for name, one in drafts.landings.items()):
        first = landing.slots[0]
        pages[name] = environment.get_template("landing.html").render(
            landing=landing,
            headline=first.polished or (first.entries[0].text if first.entries else ""),
            style=Markup(style),  # noqa: S704 - our own file, whose hash must match byte for byte
            # The form goes where the founder says; everything else stays as closed as the report.
            policy=policy_of(style).replace("form-action 'none'", "form-action *"),
            action=view.landing_action,
        )
    return pages
