"""What was changed on the disk behind our back is told, never taken for what was written."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from deltalake import DeltaTable

from overheard.errors import DamagedError, DiskError, UnreadableError, disk_error_of
from overheard.records import Utterance
from overheard.storage import Captures, Tables, VectorCache, delta, discard_damaged, find_changed, publish_report
from overheard.storage.sums import SUMS_FILE
from tests.make import make_page, make_utterance

ROWS = [make_utterance(f"It is slow, case {at}.", position=at) for at in range(200)]


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    made = Tables(tmp_path / "tables")
    made.merge("utterances", Utterance, ROWS[:150])
    made.merge("utterances", Utterance, ROWS)
    return made


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 4
    path.write_bytes(content)


def test_a_flipped_bit_of_a_table_is_told_wherever_it_is(tables: Tables, tmp_path: Path) -> None:
    folder = tmp_path / "tables" / "utterances"
    active = set(DeltaTable(folder).get_add_actions(flatten=True).column("path").to_pylist())
    paths = [*(folder / name for name in sorted(active)), *sorted((folder / "_delta_log").glob("*.json"))]
    for path in paths:
        for at in random.Random(1).sample(range(path.stat().st_size), 12):
            flip(path, at)
            with pytest.raises(DamagedError, match=r"overheard restore.*delete the folder") as told:
                tables.load("utterances", Utterance)
            assert str(path) in str(told.value)
            assert "\n" not in str(told.value)
            flip(path, at)
    assert len(tables.load("utterances", Utterance)) == len(ROWS)


@pytest.mark.parametrize("what", ["version", "replace", "delete"])
def test_a_log_cut_short_is_told_by_whatever_comes_across_it(tables: Tables, tmp_path: Path, what: str) -> None:
    path = max((tmp_path / "tables" / "utterances" / "_delta_log").glob("*.json"))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    use = {
        "version": lambda: tables.version("utterances"),
        "replace": lambda: tables.replace("utterances", Utterance, ROWS),
        "delete": lambda: tables.delete("utterances", Utterance, [ROWS[0].utterance_id]),
    }
    with pytest.raises(DamagedError, match=r"overheard restore.*delete the folder") as told:
        use[what]()
    assert "\n" not in str(told.value)


def test_a_missing_file_of_a_table_is_named(tables: Tables, tmp_path: Path) -> None:
    folder = tmp_path / "tables" / "utterances"
    (name, *_) = DeltaTable(folder).get_add_actions(flatten=True).column("path").to_pylist()
    (folder / name).unlink()
    with pytest.raises(DamagedError, match=name):
        tables.load("utterances", Utterance)


def test_a_table_without_its_log_is_not_taken_for_one_never_written(tables: Tables, tmp_path: Path) -> None:
    for path in (tmp_path / "tables" / "utterances" / "_delta_log").iterdir():
        path.unlink()
    with pytest.raises(DamagedError):
        tables.load("utterances", Utterance)


def test_a_table_of_a_release_that_kept_no_sums_is_read_and_a_cut_file_of_it_is_told(
    tables: Tables, tmp_path: Path
) -> None:
    folder = tmp_path / "tables" / "utterances"
    (folder / SUMS_FILE).unlink()
    assert len(tables.load("utterances", Utterance)) == len(ROWS)
    for path in folder.glob("*.parquet"):
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(DamagedError):
        tables.load("utterances", Utterance)


def test_a_full_disk_is_told_in_one_line_and_the_table_is_as_before(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("Generic LocalFileSystem error: No space left on device (os error 28)")

    monkeypatch.setattr("overheard.storage.tables.write_deltalake", fail)
    with pytest.raises(DiskError, match="the disk is full; free some space and run again"):
        tables.replace("utterances", Utterance, [])
    assert len(tables.load("utterances", Utterance)) == len(ROWS)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device", "a/b"), "a/b: the disk is full"),
        (OSError(30, "Read-only file system", "a/b"), "a/b: the disk is read-only"),
        (PermissionError(13, "Permission denied", "a/b"), "a/b: is not yours"),
        (RuntimeError("Generic error (os error 28)"), "the disk: the disk is full"),
        (FileNotFoundError(2, "No such file", "a/b"), None),
        (ValueError("os error 280"), None),
    ],
)
def test_what_an_error_says_of_the_disk_is_said_plainly(error: BaseException, told: str | None) -> None:
    found = disk_error_of(error)
    assert (found is None) == (told is None)
    assert found is None or str(found).startswith(str(told))


def test_a_damaged_cache_of_vectors_is_discarded_and_a_whole_one_kept(tmp_path: Path) -> None:
    VectorCache(tmp_path, "model@1").add(["a", "b"], np.eye(2, 8, dtype=np.float32))
    assert not discard_damaged(tmp_path, "model@1")
    (path,) = (tmp_path / "model_1").glob("*.parquet")
    flip(path, path.stat().st_size // 2)
    with pytest.raises(DamagedError):
        VectorCache(tmp_path, "model@1")
    assert discard_damaged(tmp_path, "model@1")
    assert VectorCache(tmp_path, "model@1").keys() == frozenset()


def test_a_vector_that_is_not_there_is_told_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="overheard understand"):
        VectorCache(tmp_path, "model@1").take(["a"])


def test_no_flipped_bit_of_a_capture_is_read_as_another_page(tmp_path: Path) -> None:
    page = make_page(b"<p>" + b" ".join(b"word %d" % at for at in range(60)) + b"</p>")
    captures = Captures(tmp_path)
    captures.save(page)
    (path,) = tmp_path.iterdir()
    told = 0
    for at in range(path.stat().st_size):
        flip(path, at)
        try:
            assert captures.load(page.url) == page  # a flipped bit of gzip's own header changes nothing
        except UnreadableError:
            told += 1
        flip(path, at)
    assert told > 0.9 * path.stat().st_size


def test_a_damaged_capture_is_set_aside_and_not_there_any_more(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    captures.save(make_page())
    captures.set_aside(make_page().url)
    assert not captures.has(make_page().url)
    assert not Captures(tmp_path).has(make_page().url)


def test_a_published_report_that_was_changed_is_found_and_published_again(tmp_path: Path) -> None:
    files = {"index.html": b"1", "report.md": b"2"}
    folder = publish_report(tmp_path, "one", files)
    assert find_changed(folder) is None
    (folder / "report.md").write_bytes(b"3")
    assert find_changed(folder) == "one/report.md"
    publish_report(tmp_path, "one", files)
    assert find_changed(folder) is None
    assert (folder / "report.md").read_bytes() == b"2"
    (folder / "index.html").unlink()
    assert find_changed(folder) == "one/index.html"


def test_what_a_killed_run_wrote_behind_its_commit_is_noted_by_the_next(tables: Tables, tmp_path: Path) -> None:
    folder = tmp_path / "tables" / "utterances"
    before = (folder / SUMS_FILE).read_bytes()
    tables.replace("utterances", Utterance, ROWS[:3])
    (folder / SUMS_FILE).write_bytes(before)
    assert len(tables.load("utterances", Utterance)) == 3
    tables.replace("utterances", Utterance, ROWS[:4])
    delta.check_delta(folder)
    assert len(tables.load("utterances", Utterance)) == 4
