"""Which files of a market are its user's own, and which did we write?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from overheard.settings import MARKET_FILE, WebSource
from overheard.steps.market import Market

OURS = ("data", "reports", "private")
"""Folders of a market in which nobody but us writes."""
OWN_PRIVATE = frozenset({"person.key", "opt_out.txt", "aliases.csv", "forgotten.json"})
"""Files beside the key that are a person's own, or have an owner among the steps."""


def own_files(market: Market) -> frozenset[Path]:
    """Return the files a person put there: sources, customers' files, the product's page, the settings."""
    settings = market.settings
    patterns = [source.files for source in settings.source if not isinstance(source, WebSource)]
    patterns += [one.file for one in (*settings.survey, *settings.funnel, *settings.payments)]
    patterns += [one.file for one in settings.traffic]
    patterns += [MARKET_FILE, *([] if "://" in settings.product.page else [settings.product.page])]
    found = {path for pattern in patterns if pattern for path in market.folder.glob(pattern)}
    return frozenset(path for path in found if path.is_file()) | {market.folder / "private" / "opt_out.txt"}


def all_files(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder, in a fixed order; links are not followed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path
