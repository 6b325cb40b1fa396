"""Is anything left of somebody? Every file of a market is looked through, wherever it lies and however it is packed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from overheard.steps.forgetting.cascade import Doomed
from overheard.steps.forgetting.places import all_files, own_files
from overheard.steps.forgetting.refusals import FORGOTTEN_FILE
from overheard.steps.market import Market
from overheard.storage import Stored, UnreadError, find_stored, unpack_texts

File = Path | Stored


@dataclass(frozen=True, slots=True)
class Proof:
    """What a search found: files that hold something, `yours` and all others, and those that could not be opened."""

    files: int
    texts: int
    yours: tuple[File, ...]
    found: tuple[File, ...]
    unread: tuple[File, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing is left but in the user's own files."""
        return not self.found and not self.unread


def prove_gone(market: Market, doomed: Doomed, beside: Sequence[Path] = ()) -> Proof:
    """Search everything.

    Args:
        market: its folder, its own files elsewhere, and the object store where its tables lie.
        doomed: what must be gone.
        beside: further folders, such as Prefect's.

    Raises:
        DiskError: the object store cannot be searched.
    """
    own = own_files(market)
    # The record of who was forgotten holds, while the work is under way, the ids of what must go.
    left_out = market.folder / FORGOTTEN_FILE
    files = texts = 0
    yours: list[File] = []
    found: list[File] = []
    unread: list[File] = []
    for path in _files(market, own, beside):
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


def _files(market: Market, own: frozenset[Path], beside: Sequence[Path]) -> Iterator[File]:
    """Yield every file once: a person's own may be a link, or lie behind one."""
    found = [one for folder in (market.folder, *beside) for one in all_files(folder)]
    yield from found
    yield from sorted(path for path in own - set(found) if path.is_file())
    if market.settings.storage.tables:
        yield from find_stored(market.settings.storage.tables)
