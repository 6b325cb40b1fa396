"""Where things are kept: Delta tables, vectors, raw capture, fitted models, notes of what is done, published reports.

Nobody else in the house touches the market's data folder.
"""

from overheard.storage.files import write_atomically
from overheard.storage.lock import hold_market
from overheard.storage.notes import Note, digest_of, load_note, save_note
from overheard.storage.publication import latest_report, publish_report
from overheard.storage.raw import load_captured, save_captured
from overheard.storage.tables import Tables
from overheard.storage.vectors import VectorCache

__all__ = [
    "Note",
    "Tables",
    "VectorCache",
    "digest_of",
    "hold_market",
    "latest_report",
    "load_captured",
    "load_note",
    "publish_report",
    "save_captured",
    "save_note",
    "write_atomically",
]
