"""Who does not want to be heard: people who are never collected, shown or written to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from overheard.errors import BadInputError

OPT_OUT_FILE = "private/opt_out.txt"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class OptOuts:
    """Those who opted out: `ids` are pseudonyms, `names` are (source or "" for everywhere, name in lower case)."""

    ids: frozenset[str]
    names: frozenset[tuple[str, str]]

    def has_id(self, person_id: str) -> bool:
        """Tell whether a pseudonym opted out."""
        return person_id in self.ids

    def has_name(self, name: str, source: str = "") -> bool:
        """Tell whether a shown name, an account or an e-mail address opted out, at `source` or everywhere."""
        folded = _folded(name)
        return ("", folded) in self.names or (source, folded) in self.names


NOBODY = OptOuts(frozenset(), frozenset())


def load_opt_outs(market_dir: Path, named: Iterable[str] = ()) -> OptOuts:
    """Load who opted out: the lines of MARKET/private/opt_out.txt, and those `named` in [privacy] opt_out.

    A line is a shown name or an address ("Jo Bloggs", "jo@mail.example"), which counts at every source; one at one
    source ("forum: Jo Bloggs"); or a pseudonym of the market (16 hex digits). What begins with # is a remark.

    Raises:
        BadInputError: the file is no UTF-8 text.
    """
    path = market_dir / OPT_OUT_FILE
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError:
        raise BadInputError(str(path), "is not UTF-8 text", "save the file as UTF-8") from None
    return read_opt_outs([*text.splitlines(), *named])


def read_opt_outs(lines: Iterable[str]) -> OptOuts:
    """Read lines as described at `load_opt_outs`."""
    entries = [line.strip() for line in lines]
    kept = [entry for entry in entries if entry and not entry.startswith("#")]
    ids = frozenset(entry for entry in kept if _ID.fullmatch(entry))
    names: set[tuple[str, str]] = set()
    for entry in kept:
        if entry not in ids:
            source, colon, name = entry.partition(": ")
            # A name may hold a colon itself: then it stands for both.
            names |= {("", _folded(entry)), (source.strip(), _folded(name))} if colon else {("", _folded(entry))}
    return OptOuts(ids, frozenset(names))


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()).removeprefix("@")
