"""Where the tables lie in an object store, nobody lives on there, nor in a back-up of it."""

from __future__ import annotations

import io
import os
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from deltalake.fs import DeltaStorageHandler
from pyarrow.fs import FileSelector, PyFileSystem

from overheard.errors import BadInputError
from overheard.records import Utterance
from overheard.steps.forgetting.forget import forget_person
from overheard.steps.market import Market
from overheard.steps.upkeep.backup import backup_market
from overheard.steps.upkeep.doctor import examine_market
from overheard.steps.upkeep.restore import restore_market
from overheard.storage import Tables, find_stored
from tests.steps.forgetting.forget_market import (
    CANARIES,
    NAME,
    NIGHT,
    OPENING,
    canaries_below,
    make_forget_market,
)
from tests.storage.store import environment_of, serve_store

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

ADDRESS = "s3://bucket/potters"


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """One for all tests of this file: every request to the server takes its time."""
    with serve_store() as server, pytest.MonkeyPatch.context() as monkeypatch:
        for name, value in environment_of(server).items():
            monkeypatch.setenv(name, value)
        folder = tmp_path_factory.mktemp("potters") / "market"
        yield make_forget_market(folder, monkeypatch, f'[storage]\ntables = "{ADDRESS}"\n')


def files_in_store() -> dict[str, bytes]:
    store = PyFileSystem(DeltaStorageHandler(ADDRESS))
    found = store.get_file_info(FileSelector("", recursive=True))
    return {one.path: store.open_input_file(one.path).read() for one in found if one.is_file}


def canaries_in_store() -> set[str]:
    """Search by other means than the proof does."""
    texts = []
    for name, content in files_in_store().items():
        texts.append(name + content.decode("latin-1"))
        if content[:4] == b"PAR1":
            texts.append(str(pq.read_table(io.BytesIO(content)).to_pylist()))
    return {canary for canary in CANARIES for text in texts if canary in text.casefold()}


def put(name: str, content: bytes) -> None:
    address = f"{os.environ['AWS_ENDPOINT_URL']}/{ADDRESS.removeprefix('s3://')}/{name}"
    # Of a form, which is what urllib takes content for otherwise, the server waits for more.
    headers = {"Content-Type": "application/octet-stream"}
    urllib.request.urlopen(urllib.request.Request(address, content, headers, method="PUT"), timeout=60).close()


def test_the_doctor_misses_a_file_of_a_table_in_a_store(market: Market) -> None:
    def told() -> list[tuple[str, str]]:
        return [(one.state, one.told) for one in examine_market(market.folder, False) if one.check == "tables"]

    lost = next(one for one in find_stored(ADDRESS) if one.name.startswith("utterances/part"))
    content = lost.read_bytes()
    [(state, healthy)] = told()
    assert state == "ok" and not healthy.startswith(("0 ", "1 "))
    PyFileSystem(DeltaStorageHandler(ADDRESS)).delete_file(lost.name)
    [(state, damage)] = told()
    assert state == "bad" and f"{lost}: is damaged or missing" in damage
    put(lost.name, content)


def test_tables_that_were_moved_leave_none_behind_unseen(market: Market, tmp_path: Path) -> None:
    shutil.copytree(market.folder, tmp_path / "moved", symlinks=True)
    shutil.copytree(next((market.data_dir / "vectors").glob("*")), tmp_path / "moved" / "data" / "tables" / "pains")
    with pytest.raises(BadInputError, match=r"tables is set, and .* holds some too; take it out to go on"):
        Market(tmp_path / "moved", NIGHT)


def test_nobody_lives_on_in_a_store_or_in_a_backup_of_it(market: Market, tmp_path: Path) -> None:
    assert not (market.data_dir / "tables").exists()
    # Names lie beside the key, in the market's folder, and never in tables.
    assert canaries_in_store() == set(CANARIES) - set(NAME.casefold().split())
    said = market.tables.load("utterances", Utterance)
    backup_market(market.folder, tmp_path / "before.zip", with_private=True)
    restore_market(tmp_path / "before.zip", tmp_path / "before")
    assert Tables(tmp_path / "before" / "data" / "tables").load("utterances", Utterance) == said
    with pytest.raises(BadInputError, match="holds some too"):  # no run writes into the store of another market
        Market(tmp_path / "before", NIGHT)

    # What is no table is not ours to change, but the proof must see it.
    strays = {"left.txt": f"said by {NAME}".encode(), "strays/part-0.parquet": OPENING.encode()}
    for name, content in strays.items():
        put(name, content)
    receipt = forget_person(market, NAME, "export", also_sources=True)
    assert sorted(map(str, receipt.proof.found)) == [f"{ADDRESS}/{name}" for name in sorted(strays)]
    assert receipt.proof.files > len(files_in_store()) > len(strays)
    for name in strays:
        PyFileSystem(DeltaStorageHandler(ADDRESS)).delete_file(name)
    assert canaries_in_store() == set()
    assert canaries_below(market.folder) == {}

    backup_market(market.folder, tmp_path / "after.zip", with_private=True)
    restore_market(tmp_path / "after.zip", tmp_path / "after")
    assert canaries_below(tmp_path / "after") == {}
    assert 0 < len(Tables(tmp_path / "after" / "data" / "tables").load("utterances", Utterance)) < len(said)
