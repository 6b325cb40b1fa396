"""What was purged is in no file, no log, no earlier version; whatever packs it, a search sees it."""

from __future__ import annotations

import gzip
import io
import sqlite3
import tarfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overheard.storage import (
    Captures,
    Tables,
    UnreadError,
    VectorCache,
    Visits,
    decode,
    latest_report,
    load_published,
    publish_report,
    purge_keys,
    purge_table,
    unpack_texts,
)
from overheard.storage.publication import withdraw_report
from tests.make import NOON, make_page

SECRET = "zephyrian-kiln"


@dataclass(frozen=True)
class Row:
    row_id: str
    text: str


def bytes_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def texts_below(folder: Path) -> str:
    return "\n".join(text for path in folder.rglob("*") if path.is_file() for _, text in unpack_texts(path))


def test_a_purged_row_is_in_no_version_no_file_and_no_statistics(tmp_path: Path) -> None:
    tables, folder = Tables(tmp_path), tmp_path / "rows"
    tables.replace("rows", Row, [Row("a", SECRET), Row("b", "plain")])
    tables.merge("rows", Row, [Row("c", f"{SECRET} again")])
    tables.delete("rows", Row, ["c"])
    (folder / "part-orphan.parquet").write_text(SECRET)
    (folder / "_delta_log" / "_commit_x.json.tmp").write_text(SECRET)
    assert SECRET in texts_below(tmp_path)
    change = {"a": None, "b": {"row_id": "b", "text": "PLAIN"}}
    assert purge_table(folder, lambda row: change[row["row_id"]]) == (1, 1)
    assert SECRET not in texts_below(tmp_path) and SECRET.encode() not in bytes_below(tmp_path)
    assert tables.load("rows", Row) == [Row("b", "PLAIN")]
    assert purge_table(folder, lambda row: row) == (0, 0)
    tables.merge("rows", Row, [Row("d", "later")])
    assert tables.load("rows", Row, tables.version("rows")) == [Row("b", "PLAIN"), Row("d", "later")]


def test_a_vector_of_a_purged_text_is_gone_and_the_others_stay(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, "e@1")
    cache.add(["a" * 32, "b" * 32], np.eye(2, dtype=np.float32))
    cache.add(["c" * 32], np.ones((1, 2), dtype=np.float32))
    assert purge_keys(tmp_path / "e_1", "key", ["a" * 32, "c" * 32, "f" * 32]) == 2
    assert purge_keys(tmp_path / "e_1", "key", []) == 0
    after = VectorCache(tmp_path, "e@1")
    assert after.keys() == {"b" * 32}
    assert after.take(["b" * 32]).tolist() == [[0.0, 1.0]]
    assert b"a" * 32 not in bytes_below(tmp_path)


def test_captures_are_rewritten_and_damaged_ones_go(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    kept, changed, gone = (f"https://forum.example/t/{name}" for name in "abc")
    captures.save(make_page(SECRET.encode(), changed, etag='"1"'))
    for url in (kept, gone):
        captures.save(make_page(b"plain", url))
    captures.save(make_page(b"newer", changed, fetched_at=NOON.replace(hour=13)))
    (tmp_path / f"{'0' * 16}-20260504T120000Z.warc.gz").write_bytes(b"\x1f\x8bcut")
    (tmp_path / ".x.warc.gz.1.part").write_text(SECRET)

    def change(page: object) -> object:
        body = page.body.replace(SECRET.encode(), b"**********")  # type: ignore[attr-defined]
        return None if page.url == gone else replace(page, body=body)  # type: ignore[attr-defined,type-var]

    assert captures.rewrite(change) == (2, 1)  # type: ignore[arg-type]
    assert SECRET not in texts_below(tmp_path)
    after = Captures(tmp_path)
    assert after.load(gone) is None and captures.load(gone) is None
    assert [after.load(url).body for url in (kept, changed)] == [b"plain", b"newer"]  # type: ignore[union-attr]


def test_a_dropped_address_is_in_the_journal_no_more(tmp_path: Path) -> None:
    visits = Visits(tmp_path / "v.jsonl")
    for name in ("a", SECRET):
        visits.note_visit(f"https://forum.example/{name}", NOON, 200)
    assert visits.drop(lambda url: SECRET in url) == 1
    assert visits.drop(lambda url: SECRET in url) == 0
    assert list(Visits(tmp_path / "v.jsonl").visits) == ["https://forum.example/a"]
    assert SECRET.encode() not in bytes_below(tmp_path)


def test_a_withdrawn_report_keeps_its_place_and_can_be_made_again(tmp_path: Path) -> None:
    publish_report(tmp_path, "r1", {"index.html": SECRET.encode(), "night.json": b"{}"})
    withdraw_report(tmp_path, "r1", {"index.html": b"withdrawn", "night.json": b"{}"})
    assert latest_report(tmp_path) is None
    assert SECRET.encode() not in bytes_below(tmp_path)
    assert load_published(tmp_path, "night.json") == {"r1": b"{}"}
    withdraw_report(tmp_path, "r1", {"index.html": b"withdrawn"})
    again = publish_report(tmp_path, "r1", {"index.html": b"new", "night.json": b"{}"})
    assert (again / "index.html").read_bytes() == b"new" and latest_report(tmp_path) == again.resolve()


def _zip(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/a.txt", content)
    return stream.getvalue()


def _tar(content: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def _parquet(content: bytes) -> bytes:
    stream = io.BytesIO()
    text = content.decode()
    deep = pa.array([[{"a": [text]}]], pa.list_(pa.struct([("a", pa.list_(pa.string()))])))
    pq.write_table(pa.table({"x": deep}), stream, compression="zstd", use_dictionary=False)
    return stream.getvalue()


@pytest.mark.parametrize(
    "pack",
    [
        lambda content: content,
        gzip.compress,
        lambda content: pa.compress(content, codec="zstd", asbytes=True),
        _zip,
        _tar,
        _parquet,
        lambda content: gzip.compress(_zip(content)),
        lambda content: "x".encode("utf-16") + content.decode().encode("utf-16-le"),
    ],
)
def test_a_text_is_seen_however_it_is_packed(tmp_path: Path, pack: object) -> None:
    content = f"something about the {SECRET} and nothing else".encode()
    (tmp_path / "file").write_bytes(pack(content))  # type: ignore[operator]
    assert SECRET in texts_below(tmp_path)


def test_a_database_is_looked_through_with_what_was_deleted_from_it(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE logs (message TEXT)")
        database.executemany("INSERT INTO logs VALUES (?)", [("plain",), (SECRET,)])
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("DELETE FROM logs WHERE message != 'plain'")
    assert SECRET in texts_below(tmp_path)
    with sqlite3.connect(path, isolation_level=None) as database:
        database.execute("VACUUM")
    texts = texts_below(tmp_path)
    assert SECRET not in texts and "plain" in texts


@pytest.mark.parametrize("content", [b"\x1f\x8bcut", b"PK\x03\x04cut", b"PAR1cut", b"\x28\xb5\x2f\xfdcut"])
def test_what_cannot_be_unpacked_is_told_and_not_taken_for_clean(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(UnreadError):
        list(unpack_texts(tmp_path / "file"))


@pytest.mark.parametrize("content", [b"caf\xc3\xa9", b"caf\xe9", "é".encode("utf-16"), b"", b"\x00\xff\xfe\x81"])
def test_text_gives_its_bytes_back(content: bytes) -> None:
    text, encoding = decode(content)
    assert text.encode(encoding) == content
