"""Many small fits run on one thread: starting threads for a hundred people takes longer than grouping them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Let numeric libraries use one thread inside; ten times faster here where other work wants the cores, too."""
    # Only what is loaded already can be limited.
    import sklearn.cluster
    import sklearn.linear_model  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield
