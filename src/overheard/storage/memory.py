"""Memory that is no longer needed goes back to the system, so that the next work does not come on top of it."""

from __future__ import annotations

import ctypes

import pyarrow as pa


def give_back_tables() -> None:
    """Give back what Arrow keeps for the next table: in a large market it is a gigabyte."""
    pa.default_memory_pool().release_unused()


def give_back_memory() -> None:
    """Give back all that is free: after the signals of 40,000 posts a quarter of a gigabyte."""
    give_back_tables()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's; other allocators do it by themselves, or never
    if trim is not None:
        trim(0)
