"""Tables at an address of an object store are tables as on the disk; secrets stay in the environment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from deltalake.fs import DeltaStorageHandler
from pyarrow.fs import FileSelector, PyFileSystem

from overheard.settings import StorageSettings
from overheard.storage import Tables, purge_table
from tests.storage.store import environment_of, serve_store


@dataclass(frozen=True)
class Lamp:
    """A record of the test."""

    lamp_id: str
    watts: int
    said: str = ""


LAMPS = [Lamp("a", 40, "It flickers."), Lamp("b", 60, "It is gone.")]


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with serve_store() as address:
        yield address


@pytest.fixture
def tables(store: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Tables:
    for name, value in environment_of(store).items():
        monkeypatch.setenv(name, value)
    return Tables(f"s3://bucket/{request.node.name}")


@pytest.mark.slow
@pytest.mark.enable_socket
def test_tables_in_a_store_are_the_tables_on_the_disk(tables: Tables, tmp_path: Path) -> None:
    here = Tables(tmp_path)
    for place in (here, tables):
        assert place.places() == []
        assert not place.exists("lamps")
        assert place.load("lamps", Lamp) == []
        place.replace("lamps", Lamp, LAMPS)
        assert place.merge("lamps", Lamp, [Lamp("b", 25), Lamp("c", 15)]) == (1, 1)
        assert place.load("lamps", Lamp) == [LAMPS[0], Lamp("b", 25), Lamp("c", 15)]
        place.delete("lamps", Lamp, ["c"])
        assert place.load("lamps", Lamp, version=0) == LAMPS
    assert tables.digest("lamps", Lamp) == here.digest("lamps", Lamp)
    assert tables.version("lamps") == here.version("lamps") == 2
    assert [str(place).rpartition("/")[2] for place in tables.places()] == ["lamps"]


@pytest.mark.slow
@pytest.mark.enable_socket
def test_what_is_forgotten_in_a_store_has_no_past_there(tables: Tables) -> None:
    tables.replace("lamps", Lamp, LAMPS)
    tables.replace("lamps", Lamp, LAMPS)
    (place,) = tables.places()
    assert purge_table(place, lambda row: None if row["lamp_id"] == "a" else row) == (1, 0)
    assert tables.load("lamps", Lamp) == [LAMPS[1]]
    lies = PyFileSystem(DeltaStorageHandler(str(place)))
    files = [one.path for one in lies.get_file_info(FileSelector("", recursive=True)) if one.is_file]
    assert sum(name.endswith(".parquet") and "_delta_log" not in name for name in files) == 1
    assert not [name for name in files if b"flickers" in lies.open_input_file(name).read()]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("s3://key:secret@bucket/market", "belong in the environment"),
        ("s3://bucket/market?token=secret", "belong in the environment"),
        ("bucket/market", "must be an address"),
        ("http://bucket/market", "must be an address"),
        ("s3:///market", "must be an address"),
    ],
)
def test_an_address_names_a_store_and_no_secret(address: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        StorageSettings(tables=address)


def test_tables_lie_in_the_markets_folder_unless_told_otherwise() -> None:
    assert StorageSettings().tables == ""
    assert StorageSettings(tables="s3://bucket/market").tables == "s3://bucket/market"
