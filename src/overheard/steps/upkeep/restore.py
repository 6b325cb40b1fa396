"""One file → a market in a new folder."""

from __future__ import annotations

from pathlib import Path

from overheard.storage import Archive, restore_archive


def restore_market(path: Path, market_dir: Path) -> Archive:
    """Unpack a back-up as the market `market_dir`, whole or not at all; every byte is checked.

    There is no way to unpack over a market that is there: what the two hold would be mixed.

    Raises:
        BadInputError: the folder is there, or the file is no whole back-up.
        NewerSchemaError: a newer release wrote it.
    """
    return restore_archive(path, market_dir)
