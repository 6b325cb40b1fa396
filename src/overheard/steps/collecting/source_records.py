"""What do a site's owners allow, and when did we last ask? Told of every source that is fetched."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from overheard.settings import WebSource
from overheard.steps.market import Market
from overheard.storage import Visits

_FORBIDDEN = (401, 403, 451)


def load_source_records(market: Market) -> dict[str, tuple[str, str]]:
    """Return of each web source what its robots.txt says, in words, and the day anything was last asked of it.

    The day is "" where nothing was asked yet.
    """
    path = market.data_dir / "raw" / "hosts.json"
    try:
        hosts = {row["origin"]: row for row in json.loads(path.read_text(encoding="utf-8"))}
    except (OSError, ValueError, KeyError, TypeError):
        hosts = {}
    found = {}
    for source in market.settings.source:
        if isinstance(source, WebSource):
            origins = sorted({_origin(url) for url in (*source.boards, *source.urls)})
            told = [_told(hosts.get(origin, {})) for origin in origins]
            visits = Visits(market.data_dir / "raw" / f"{source.name}.visits.jsonl").visits.values()
            refused = sum(visit.status in _FORBIDDEN for visit in visits)
            told += [f"pages refused and left alone: {refused:,}"] if refused else []
            last = max((visit.last_at for visit in visits), default=None)
            found[source.name] = ("; ".join(dict.fromkeys(told)), last.date().isoformat() if last else "")
    return found


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _told(host: dict[str, str | None]) -> str:
    robots, read_at = host.get("robots"), (host.get("robots_at") or "")[:10]
    if robots is None:
        return "robots.txt not read yet"
    lines = sum(1 for line in robots.splitlines() if line.partition("#")[0].strip())
    return f"robots.txt of {read_at} obeyed ({lines:,} lines)" if lines else f"no robots.txt on {read_at}"
