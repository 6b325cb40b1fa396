"""Is anything left of somebody? Every file of a market is looked through, however it is packed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from overheard.steps.forgetting.cascade import Doomed
from overheard.steps.forgetting.places import all_files, own_files
from overheard.steps.forgetting.refusals import FORGOTTEN_FILE
from overheard.steps.market import Market
from overheard.storage import UnreadError, unpack_texts


@dataclass(frozen=True, slots=True)
class Proof:
    """What a search found: files that hold something, `yours` and all others, and those that could not be opened."""

    files: int
    texts: int
    yours: tuple[Path, ...]
    found: tuple[Path, ...]
    unread: tuple[Path, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing is left but in the user's own files."""
        return not self.found and not self.unread


def prove_gone(market: Market, doomed: Doomed, beside: Sequence[Path] = ()) -> Proof:
    """Search everything.

    Args:
        market: its folder.
        doomed: what must be gone.
        beside: further folders, such as Prefect's.
    """
    own = own_files(market)
    # The record of who was forgotten holds, while the work is under way, the ids of what must go.
    left_out = market.folder / FORGOTTEN_FILE
    files = texts = 0
    yours: list[Path] = []
    found: list[Path] = []
    unread: list[Path] = []
    for path in [one for folder in (market.folder, *beside) for one in all_files(folder)]:
        if path == left_out:
            continue
        files += 1
        try:
            is_in = doomed.is_in(path.name)
            for _, text in unpack_texts(path):
                texts += 1
                if is_in := is_in or doomed.is_in(text):
                    break
            if is_in:
                (yours if path in own else found).append(path)
        except UnreadError:
            (yours if path in own else unread).append(path)
        except OSError:
            unread.append(path)
    return Proof(files, texts, tuple(yours), tuple(found), tuple(unread))
