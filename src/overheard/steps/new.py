"""A new market: a commented market.toml and the folders it speaks of."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from overheard.errors import BadInputError
from overheard.settings import MARKET_FILE
from overheard.storage import write_atomically

# The key tells who is who and the data hold what people said: neither belongs in a repository.
_IGNORED = "private/\ndata/\nreports/\n"


def write_market(folder: Path) -> Path:
    """Write `folder`/market.toml and its folders; return the file.

    Raises:
        BadInputError: there is a market already.
    """
    path = folder / MARKET_FILE
    if path.exists():
        raise BadInputError(str(path), "is there already", "edit it, or name another folder")
    for name in ("pages", "interviews"):
        (folder / "sources" / name).mkdir(parents=True, exist_ok=True)
    write_atomically(folder / ".gitignore", _IGNORED.encode())
    write_atomically(path, (resources.files("overheard") / "market_template.toml").read_bytes())
    return path
