"""Where things are kept: Delta tables, vectors, raw capture, fitted models, notes of what is done, published reports.

Nobody else in the house touches the market's data folder.
"""

from overheard.storage.archive import Archive, restore_archive, write_archive
from overheard.storage.files import replace_folder, write_atomically
from overheard.storage.health import find_damaged_tables, is_private
from overheard.storage.lock import hold_market, holder_of
from overheard.storage.memory import give_back_memory
from overheard.storage.migration import load_schema
from overheard.storage.notes import Note, damaged_notes, digest_of, load_note, save_note
from overheard.storage.number_lists import NumberLists, Numbers, load_number_lists
from overheard.storage.publication import (
    find_changed,
    latest_report,
    load_published,
    publish_report,
    withdraw_report,
)
from overheard.storage.purge import purge_keys, purge_table
from overheard.storage.raw import Captures
from overheard.storage.runs import Run, last_night, last_run
from overheard.storage.snapshot import latest_of, snapshot_market
from overheard.storage.stored import Stored, find_stored
from overheard.storage.tables import Tables
from overheard.storage.unpack import UnreadError, decode, unpack_members, unpack_texts
from overheard.storage.vectors import VectorCache, discard_damaged
from overheard.storage.visits import ThreadState, Visit, Visits

__all__ = [
    "Archive",
    "Captures",
    "Note",
    "NumberLists",
    "Numbers",
    "Run",
    "Stored",
    "Tables",
    "ThreadState",
    "UnreadError",
    "VectorCache",
    "Visit",
    "Visits",
    "damaged_notes",
    "decode",
    "digest_of",
    "discard_damaged",
    "find_changed",
    "find_damaged_tables",
    "find_stored",
    "give_back_memory",
    "hold_market",
    "holder_of",
    "is_private",
    "last_night",
    "last_run",
    "latest_of",
    "latest_report",
    "load_note",
    "load_number_lists",
    "load_published",
    "load_schema",
    "publish_report",
    "purge_keys",
    "purge_table",
    "replace_folder",
    "restore_archive",
    "save_note",
    "snapshot_market",
    "unpack_members",
    "unpack_texts",
    "withdraw_report",
    "write_archive",
    "write_atomically",
]
