"""The shareable edition → a page, one text file, tables, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from overheard.report.escaping import escaped
from overheard.report.figures import counted, number, share_of
from overheard.report.policy import policy_of
from overheard.report.shareable.edition import Json, shareable_edition
from overheard.report.shareable.vet import Said
from overheard.report.tables import Cell, csv_of

ABOUT = (
    "This edition quotes nobody, links nowhere, names no person and no source, and tells no day of a post. "
    "No group and no word of fewer than {smallest} people is shown, and people are counted in whole {smallest}s, "
    "rounded down."
)


def shareable_files(report: Mapping[str, Any], said: Iterable[Said]) -> dict[str, bytes]:
    """Write the edition of a report that may be given away.

    Args:
        report: the content of report.json.
        said: everything anybody wrote, whole, as (person_id, text): no name or term holds five words in a row of it.

    Returns:
        File name → content: index.html, report.md, segments.csv, pains.csv, terms.csv, report.json.
    """
    edition = shareable_edition(report, said)
    about = ABOUT.format(smallest=edition["smallest_group"])
    return {
        "index.html": _page(edition, about),
        "report.md": _markdown(edition, about),
        "segments.csv": _segments_csv(edition),
        "pains.csv": _pains_csv(edition),
        "terms.csv": _terms_csv(edition),
        "report.json": (json.dumps(edition, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode(
            errors="replace"
        ),
    }


def heard_line(edition: Json) -> str:
    """Say what the edition rests on."""
    people = "too few people to count" if edition["people"] is None else counted(edition["people"], "person", "people")
    months = sorted({edition["from_month"], edition["to_month"]} - {""})
    when = f", {' to '.join(months)}" if months else ""
    counts = (("posts", "post"), ("threads", "thread"), ("sources", "source"))
    return ", ".join([people, *(counted(edition[key], noun) for key, noun in counts)]) + when


def shown(share: Mapping[str, Any]) -> str:
    """Say a share, for example "31 of 95 (33%, likely 24 to 43%)"."""
    one = share_of(share["people"], share["of"])
    return f"{one.counted} ({one.percent})" if one.percent else one.counted


def _page(edition: Json, about: str) -> bytes:
    style = _read("style.css")
    names = {one["number"]: one["name"] for one in edition["pains"]}
    page = _environment().get_template("shareable.html").render(
        edition=edition,
        about=about,
        heard=heard_line(edition),
        pain_names=names,
        policy=policy_of(style),
        # Our own file, not data: its hash must match byte for byte.
        style=Markup(style),  # noqa: S704
    )  # fmt: skip
    return page.encode("utf-8", errors="replace")


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True, loader=FunctionLoader(_read), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"shown": shown, "number": number}
    return made


def _read(name: str) -> str:
    return (resources.files("overheard.report") / "templates" / name).read_text(encoding="utf-8")


def _markdown(edition: Json, about: str) -> bytes:
    names = {one["number"]: one["name"] for one in edition["pains"]}
    lines = [f"# {escaped(edition['market'])}", "", f"{heard_line(edition)}.", "", about, "", "## Segments", ""]
    for one in edition["segments"]:
        lines += [f"### {one['number']}. {escaped(one['name'])}", "", f"- {one['verdict']}", f"- {shown(one['share'])}"]
        lines += [f"- stability: {_stability(one)}"]
        lines += [f"- {gate['name'].lower()}: {gate['outcome']}" for gate in one["gates"]]
        lines += [f"- pain: {escaped(names[pain['number']])}: {shown(pain['share'])}" for pain in one["pains"]]
        lines += [f"- word: {escaped(term['term'])}: {shown(term['share'])}" for term in one["terms"]]
        lines.append("")
    lines += [] if edition["segments"] else ["None that may be shown.", ""]
    lines += ["## Pains", ""]
    for pain in edition["pains"]:
        trend = f", {pain['trend']}" if pain["trend"] else ""
        told = f"{shown(pain['share'])}, confidence {pain['confidence']}{trend}"
        lines.append(f"- {escaped(pain['name'])}: {told}")
    lines += [] if edition["pains"] else ["None that may be shown."]
    changes = [
        f"- {one['kind']}: {escaped(one['name']) or 'one'}: {escaped(one['what'])}" for one in edition["changes"]
    ]
    lines += ["", "## What changed", "", *changes] if changes else []
    return "\n".join([*lines, ""]).encode("utf-8", errors="replace")


def _stability(segment: Mapping[str, Any]) -> str:
    value = segment["stability"]
    return segment["stability_word"] if value is None else f"{value:.2f}, {segment['stability_word']}"


def _segments_csv(edition: Json) -> bytes:
    header = ("segment", "name", "people", "of_people", "share_low", "share_high", "verdict", "stability",
              "stability_word")  # fmt: skip
    return csv_of(header, [
        [one["number"], one["name"], *_cells(one["share"]), one["verdict"], one["stability"], one["stability_word"]]
        for one in edition["segments"]
    ])  # fmt: skip


def _pains_csv(edition: Json) -> bytes:
    header = ("segment", "pain", "name", "people", "of_people", "share_low", "share_high", "confidence", "trend")
    rows: list[list[Cell]] = [
        ["", one["number"], one["name"], *_cells(one["share"]), one["confidence"], one["trend"] or ""]
        for one in edition["pains"]
    ]
    names = {one["number"]: one["name"] for one in edition["pains"]}
    rows += [
        [segment["number"], one["number"], names[one["number"]], *_cells(one["share"]), "", ""]
        for segment in edition["segments"]
        for one in segment["pains"]
    ]
    return csv_of(header, rows)


def _terms_csv(edition: Json) -> bytes:
    header = ("segment", "term", "people", "of_people", "share_low", "share_high", "other_people")
    return csv_of(header, [
        [segment["number"], one["term"], *_cells(one["share"]), one["others"]]
        for segment in edition["segments"]
        for one in segment["terms"]
    ])  # fmt: skip


def _cells(share: Mapping[str, Any]) -> list[Cell]:
    return [share["people"], share["of"], share["low"], share["high"]]
