"""The arithmetic of docs/scale.md: from what one post costs to what a million cost.

Operator: `python -m tests.docs.scale_figures` writes the second table of the page again, from its first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"
SIZES = (1_000_000, 10_000_000, 100_000_000)
START, END = "<!-- made: scale -->\n", "<!-- end -->\n"
_ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([\d.]+) \|$", re.MULTILINE)
_MS_AN_HOUR = 3_600_000
_KB_A_GB = 1_000_000


def read_figures(page: str) -> dict[str, float]:
    """Return the figures of the page's first table by name."""
    return {name: float(value) for name, value in _ROW.findall(page)}


def rows_of(figures: Mapping[str, float], posts: int) -> list[str]:
    """Return what a market of so many posts takes, cell by cell, in the order of the table's rows."""
    shared = posts * figures["shared_ms"] / _MS_AN_HOUR
    here = posts * figures["here_ms"] / _MS_AN_HOUR
    cores = figures["cores"]
    new = posts * figures["new_share"]
    night = new * figures["shared_ms"] / _MS_AN_HOUR / cores + here
    disk = posts * figures["disk_kb"] / _KB_A_GB
    return [
        _shown(shared),
        _shown(here),
        _shown(shared / cores + here),
        _shown(night),
        _shown(posts * figures["memory_kb"] / _KB_A_GB),
        _shown(disk),
        _shown(shared * figures["core_hour_dollars"]),
        _shown(disk * figures["gb_month_dollars"]),
    ]


NAMES = (
    "core hours that are shared out, once",
    "hours on the machine that gathers, once",
    "hours of the first run on all cores",
    "hours of a night",
    "memory of the machine that gathers, GB",
    "tables and caches, GB",
    "dollars of the shared core hours, once",
    "dollars of storage a month",
)


def write_table(figures: Mapping[str, float]) -> str:
    """Return the page's second table."""
    columns = [rows_of(figures, posts) for posts in SIZES]
    lines = ["| | " + " | ".join(f"{posts // 1_000_000} million posts" for posts in SIZES) + " |"]
    lines += ["|---|" + "---:|" * len(SIZES)]
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, *cells in zip(NAMES, *columns, strict=True)]
    return "\n".join(lines) + "\n"


def made_anew(page: str) -> str:
    """Return the page with its second table computed from its first."""
    before, _, rest = page.partition(START)
    return before + START + write_table(read_figures(page)) + END + rest.partition(END)[2]


def _shown(value: float) -> str:
    """Two digits are all these figures are good for."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:g}"


if __name__ == "__main__":
    PAGE.write_text(made_anew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
