"""Where work that costs per post is done: in this process, in processes beside it, or on a Dask cluster.

One seam: `spread`. Parts are cut by content, and results come back in the order of the parts, so that the same posts
make the same tables wherever the work is done.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import lru_cache
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from overheard.errors import BadInputError, EngineError
from overheard.settings import EngineSettings
from overheard.steps.code import code_digest

P_contra = TypeVar("P_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
P = TypeVar("P")
R = TypeVar("R")

# Parts on their way for each worker: one in work, one waiting, so that memory does not grow with the market.
_AHEAD = 2


class Work(Hashable, Protocol[P_contra, R_co]):
    """What is done to a part. Equal works are one in a worker: what it loads for its first part serves all others."""

    def __call__(self, part: P_contra, /) -> R_co:
        """Return what is made of one part."""
        ...


class Engine(Protocol):
    """Does work on parts."""

    def spread(self, work: Work[P, R], parts: Sequence[P]) -> Iterator[R]:
        """Return what `work` makes of each part, in the order of the parts."""
        ...


def open_engine(settings: EngineSettings) -> Engine:
    """Return the engine that market.toml names."""
    if settings.kind == "dask":
        return _OnDask(settings.address)
    return _InProcesses(settings.workers) if settings.workers > 1 else _InProcess()


class _InProcess:
    def spread(self, work: Work[P, R], parts: Sequence[P]) -> Iterator[R]:
        return map(work, parts)


class _InProcesses:
    def __init__(self, workers: int) -> None:
        self._workers = workers

    def spread(self, work: Work[P, R], parts: Sequence[P]) -> Iterator[R]:
        if len(parts) < 2:  # a process of its own would take longer to start
            yield from map(work, parts)
            return
        # A forked child would inherit the locks of libraries' threads.
        workers = min(self._workers, len(parts))
        with ProcessPoolExecutor(workers, get_context("spawn"), _share_cores, (workers,)) as pool:
            try:
                yield from _in_order(lambda part: pool.submit(_do, work, part), parts, workers)
            except BrokenProcessPool:
                what = "a process that shared the work was killed, perhaps for want of memory"
                raise EngineError(f"{what}; run again, with fewer `workers` in [engine]") from None


class _OnDask:
    def __init__(self, address: str) -> None:
        self._address = address

    def spread(self, work: Work[P, R], parts: Sequence[P]) -> Iterator[R]:
        if not parts:
            return
        try:
            from distributed import KilledWorker
        except ImportError:
            what, mend = 'kind = "dask" needs the package distributed', 'pip install "overheard[dask]"'
            raise BadInputError("[engine]", what, mend) from None
        with _connect(self._address) as client:
            codes = set(client.run(code_digest).values())
            if codes != {code_digest()}:
                what = "workers run another version of overheard or of its libraries" if codes else "has no workers"
                raise BadInputError(self._address, what, "install this version on each worker and start them again")
            threads = sum(client.nthreads().values())
            try:
                # Not pure: whoever does the same again, after `--full`, wants it done and not remembered.
                yield from _in_order(lambda part: client.submit(_do, work, part, pure=False), parts, threads)
            except KilledWorker:
                what = "one part of the work killed several workers, perhaps for want of memory"
                raise EngineError(f"{self._address}: {what}; give them more and run again") from None


def _connect(address: str) -> Any:
    from distributed import Client, get_worker, secede

    # A step that itself runs on a worker leaves its place there to the parts: ValueError where it does not, KeyError
    # where it has left already.
    with suppress(ValueError, KeyError):
        get_worker()
        secede()
    try:
        return Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        what = f"no Dask scheduler answers ({str(error)[:120]})"
        raise BadInputError(address, what, "start one, or set another address in [engine]") from None


def _in_order(submit: Callable[[P], Any], parts: Iterable[P], workers: int) -> Iterator[Any]:
    waiting: deque[Any] = deque()
    for part in parts:
        waiting.append(submit(part))
        if len(waiting) >= workers * _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _share_cores(workers: int) -> None:
    os.environ["OMP_NUM_THREADS"] = str(max(1, (os.cpu_count() or 1) // workers))


def _do(work: Any, part: Any) -> Any:
    return _kept(work)(part)


@lru_cache(maxsize=4)
def _kept(work: Any) -> Any:
    """Return the work that arrived first of all equal ones, with what it has loaded since."""
    return work
