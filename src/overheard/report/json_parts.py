"""How do a quote, a share and a line of a concordance look to programs?"""

from __future__ import annotations

from typing import Any

from overheard.report.figures import Share
from overheard.report.quotes import Line, Quote
from overheard.report.tables import address_of


def quote_json(one: Quote) -> dict[str, Any]:
    """Return the fields `Quote` of report.schema.json."""
    return {
        "text": one.text, "utterance_id": one.utterance_id, "start": one.start, "end": one.end, "rung": one.rung,
        "source": one.source, "title": one.title, "url": address_of(one), "date": one.said_on,
    }  # fmt: skip


def share_json(share: Share | None) -> dict[str, Any] | None:
    """Return the fields `Share`; None where nothing was counted."""
    return None if share is None else {"people": share.count, "of": share.total, "low": share.low, "high": share.high}


def line_json(one: Line) -> dict[str, Any]:
    """Return the fields `Line`."""
    return {
        "left": "".join(piece.text for piece in one.left),
        "hit": "".join(piece.text for piece in one.hit),
        "right": "".join(piece.text for piece in one.right),
        "url": address_of(one.source),
        "date": one.source.said_on,
    }
