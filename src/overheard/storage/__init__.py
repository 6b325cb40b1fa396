"""Where things are kept: Delta tables, vectors, raw capture, fitted models, notes of what is done, published reports.

Nobody else in the house touches the market's data folder.
"""

from overheard.storage.files import replace_folder, write_atomically
from overheard.storage.lock import hold_market
from overheard.storage.notes import Note, digest_of, load_note, save_note
from overheard.storage.publication import latest_report, load_published, publish_report
from overheard.storage.raw import Captures
from overheard.storage.tables import Tables
from overheard.storage.vectors import VectorCache
from overheard.storage.visits import ThreadState, Visit, Visits

__all__ = [
    "Captures",
    "Note",
    "Tables",
    "ThreadState",
    "VectorCache",
    "Visit",
    "Visits",
    "digest_of",
    "hold_market",
    "latest_report",
    "load_note",
    "load_published",
    "publish_report",
    "replace_folder",
    "save_note",
    "write_atomically",
]
