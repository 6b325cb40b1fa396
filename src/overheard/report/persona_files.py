"""A persona card as Markdown, one fact a line, and as JSON."""

from __future__ import annotations

from typing import Any

from overheard.report.escaping import escaped, origin_markdown
from overheard.report.json_parts import quote_json
from overheard.report.persona_view import CardLine, PersonaView


def persona_markdown(one: PersonaView) -> list[str]:
    """Write a card, and who its people are otherwise."""
    lines = ["#### On one screen", ""]
    for part in one.parts:
        lines.append(f"- **{part.title}.** {escaped(part.note)}".rstrip())
        lines += [f"  - {_line(line)}" for line in part.lines]
    lines.append("")
    if one.fields:
        lines += ["#### Who they are otherwise", "", "Told afterwards; nobody was grouped by it.", ""]
        for field in one.fields:
            told = "; ".join(filter(None, (field.here, f"known of {field.known}", field.effect, field.chance)))
            lines.append(f"- {escaped(field.name)}: {escaped(told)}")
        lines.append("")
    return lines


def persona_json(one: PersonaView) -> dict[str, Any]:
    """Return a card and the fields for programs."""
    return {
        "card": [
            {
                "title": part.title,
                "note": part.note,
                "lines": [
                    {"text": line.text, "people": line.people, "quote": quote_json(line.quote) if line.quote else None}
                    for line in part.lines
                ],
            }
            for part in one.parts
        ],
        "fields": [
            {"name": row.name, "here": row.here, "known": row.known, "effect": row.effect, "chance": row.chance}
            for row in one.fields
        ],
    }


def _line(line: CardLine) -> str:
    quoted = f"“{escaped(line.quote.text)}” ({origin_markdown(line.quote)})" if line.quote else ""
    return ": ".join(filter(None, (escaped(line.text), line.people, quoted)))
