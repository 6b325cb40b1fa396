"""The lists as Markdown, one fact a line, and as JSON."""

from __future__ import annotations

from typing import Any

from overheard.report.escaping import escaped, origin_markdown
from overheard.report.json_parts import quote_json, share_json
from overheard.report.quotes import Quote
from overheard.report.said.views import Point, PointList, SaidView


def said_markdown(one: SaidView, depth: int) -> list[str]:
    """Write the lists of a group under headings of `depth`."""
    mark = "#" * depth
    stories = [
        _said(" → ".join(filter(None, (row.situation, row.motivation, row.outcome))), row.quote) for row in one.stories
    ]
    products = [
        f"- {escaped(row.name)}: {row.named.people}; with praise or advice {row.speak_for}, "
        f"with a pain or a warning {row.speak_against}"
        for row in one.products
    ]
    switches = [f"- {escaped(row.left)} → {escaped(row.taken)}: {_quoted(row.quote)}" for row in one.switches]
    questions = [f"{_point(row.point)}; {row.answers}" for row in one.questions]
    swipe = [f"- {row.message}, {escaped(row.about)}: {_quoted(row.quote)}; {escaped(row.terms) or 'no terms told'}"
             for row in one.swipe]  # fmt: skip
    places = [
        f"- {escaped(row.name)}: {row.here.counted}"
        + (f"; others {row.others.counted}, {row.often}" if row.others else "")
        for row in one.places
    ]
    parts: tuple[tuple[str, str, list[str]], ...] = (
        ("Messages", "", [f"- {row.kind}{_point(row.point)[1:]}" for row in one.messages]),
        ("What they dream of", one.outcomes.note, _points(one.outcomes)),
        ("What they try to get done", one.stories_note, stories),
        ("What holds them back", one.anxieties.note, _points(one.anxieties)),
        ("How they see the world", one.worldviews.note, _points(one.worldviews)),
        ("What they do already", one.ways.note, _points(one.ways)),
        ("Products they name", one.products_note, products),
        ("From what to what they went", "", switches),
        ("What they advise each other", one.practices.note, _points(one.practices)),
        ("What they ask", one.questions_note, questions),
        ("Swipe file", "", swipe),
        ("Where they gather", "", places),
    )
    lines: list[str] = []
    for title, note, rows in parts:
        if note or rows:
            lines += [f"{mark} {title}", "", *([f"{note}", ""] if note else []), *rows, *([""] if rows else [])]
    return lines


def said_json(one: SaidView) -> dict[str, Any]:
    """Return the lists of a group for programs; a point is {text, share or null, people (in words), quote or null}."""
    return {
        "messages": [{"kind": row.kind, **_point_json(row.point)} for row in one.messages],
        "outcomes": [_point_json(row) for row in one.outcomes.points],
        "jobs": [
            {"situation": row.situation, "motivation": row.motivation, "outcome": row.outcome,
             "quote": quote_json(row.quote)}
            for row in one.stories
        ],
        "anxieties": [_point_json(row) for row in one.anxieties.points],
        "worldviews": [_point_json(row) for row in one.worldviews.points],
        "ways": [_point_json(row) for row in one.ways.points],
        "products": [
            {"name": row.name, "share": share_json(row.named.share), "for": row.speak_for,
             "against": row.speak_against}
            for row in one.products
        ],
        "switches": [{"from": row.left, "to": row.taken, "quote": quote_json(row.quote)} for row in one.switches],
        "practices": [_point_json(row) for row in one.practices.points],
        "questions": [
            {**_point_json(row.point), "threads": row.threads, "answers": row.answers} for row in one.questions
        ],
        "swipe": [
            {"message": row.message, "about": row.about, "terms": row.terms, "quote": quote_json(row.quote)}
            for row in one.swipe
        ],
        "places": [
            {"name": row.name, "kind": row.kind, "here": share_json(row.here), "others": share_json(row.others),
             "often": row.often}
            for row in one.places
        ],
    }  # fmt: skip


def _points(one: PointList) -> list[str]:
    return [_point(row) for row in one.points]


def _point(one: Point) -> str:
    said = [part for part in (escaped(one.text), _quoted(one.quote) if one.quote else "") if part]
    return f"- {one.people}: {'; '.join(said)}"


def _said(text: str, quote: Quote) -> str:
    return f"- {escaped(text)} ({origin_markdown(quote)})"


def _quoted(quote: Quote) -> str:
    return f"“{escaped(quote.text)}” ({origin_markdown(quote)})"


def _point_json(one: Point) -> dict[str, Any]:
    return {
        "text": one.text,
        "people": one.people,
        "share": share_json(one.share),
        "quote": quote_json(one.quote) if one.quote else None,
    }
