"""A night's work grows with what is new: each step told by what it did, not by how long it took."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import overheard.steps.collecting.items
import overheard.steps.scores
import overheard.steps.sentences
import overheard.steps.signals
import overheard.steps.vectors
import overheard.vectors.encode
from overheard.records import Signal, Slot, SourceKind
from overheard.signals import SentenceRows, read_rows
from overheard.steps.collect import collect
from overheard.steps.market import Market
from overheard.steps.roles import find_market_roles
from overheard.steps.signals import find_market_signals
from overheard.steps.vectors import encode_market
from overheard.storage.delta import load_delta
from overheard.vectors import inner_encoder_id
from tests.conftest import NIGHT
from tests.make import InnerEncoder, MarkSplitter, WordEncoder, make_heads

pytestmark = pytest.mark.slow

THINGS = (
    "lamp",
    "shelf",
    "hinge",
    "lock",
    "drawer",
    "handle",
    "curtain",
    "carpet",
    "boiler",
    "gutter",
    "fence",
    "gate",
)
SENTENCES = 3


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is read, split, scored and encoded; the models are stand-ins."""
    counts: Counter[str] = Counter()
    heads = make_heads(encoder=inner_encoder_id())

    def counted(name: str, function: Callable[..., Any], size: Callable[..., int]) -> Callable[..., Any]:
        def count(*given: Any) -> Any:
            counts[name] += size(*given)
            return function(*given)

        return count

    def read(sentences: Sequence[str], heads: Any) -> SentenceRows:
        counts["sentences read"] += len(sentences)
        return read_rows(sentences, heads)

    inner, outer = InnerEncoder(), WordEncoder()
    monkeypatch.setattr(inner, "encode", counted("sentences scored", inner.encode, len))
    monkeypatch.setattr(outer, "encode", counted("sentences encoded", outer.encode, len))
    split = counted("posts split", overheard.steps.sentences.split_utterances, lambda posts, *_: len(posts))
    parse = counted("files parsed", overheard.steps.collecting.items.read_rows, lambda *_: 1)
    monkeypatch.setattr(overheard.steps.collecting.items, "read_rows", parse)
    monkeypatch.setattr(overheard.steps.sentences, "split_utterances", split)
    monkeypatch.setattr(overheard.steps.sentences, "load_sentence_splitter", lambda _: MarkSplitter())
    monkeypatch.setattr(overheard.steps.scores, "read_rows", read)
    monkeypatch.setattr(overheard.steps.scores, "load_inner_encoder", lambda: inner)
    monkeypatch.setattr(overheard.steps.signals, "load_heads", lambda: heads)
    monkeypatch.setattr(overheard.steps.vectors, "load_encoder", lambda _: outer)
    return counts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "market.toml").write_text(
        '[market]\nname = "House"\n[[source]]\nname = "forum"\nkind = "table"\nfiles = "sources/*.jsonl"\n'
        '[source.columns]\nauthor = "author"\ndocument = "thread"\n',
        encoding="utf-8",
    )
    return tmp_path


def say(folder: Path, first: int, count: int) -> None:
    """Add a file of posts, each with three sentences nobody else says, one of them a pain."""
    rows = [
        {
            "thread": f"t{at}",
            "author": f"person {at}",
            "text": f"We moved into house {at}. My {THINGS[at % len(THINGS)]} {at} is broken, I hate it. It is {at}.",
        }
        for at in range(first, first + count)
    ]
    (folder / "sources" / f"{first:04}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def pass_night(folder: Path, number: int, full: bool = False) -> Market:
    night: date = NIGHT + timedelta(number)
    for step in (collect, find_market_roles, find_market_signals, encode_market):
        step(Market(folder, night, full))
    return Market(folder, night)


def tables_of(market: Market) -> list[list[Any]]:
    return [
        market.tables.load(*table) for table in (("signals", Signal), ("slots", Slot), ("source_kinds", SourceKind))
    ]


def expected(posts: int, pains: int) -> Counter[str]:
    sentences = SENTENCES * posts
    read = {"sentences read": sentences, "sentences scored": sentences, "sentences encoded": pains}
    return Counter({"files parsed": 1, "posts split": posts, **read})


def test_a_night_does_the_work_of_its_new_posts_and_no_other(folder: Path, work: Counter[str]) -> None:
    say(folder, 0, 40)
    pass_night(folder, 0)
    assert work == expected(40, 40)
    for night, new in enumerate((1, 5, 12), start=1):
        work.clear()
        say(folder, 100 * night, new)
        pass_night(folder, night)
        assert work == expected(new, new)


def test_a_night_without_new_posts_does_nothing(folder: Path, work: Counter[str]) -> None:
    say(folder, 0, 10)
    pass_night(folder, 0)
    work.clear()
    pass_night(folder, 1)
    assert not work


def test_nights_of_new_posts_end_with_the_tables_of_one_night(folder: Path, work: Counter[str], tmp_path: Path) -> None:
    say(folder, 0, 20)
    pass_night(folder, 0)
    say(folder, 100, 7)
    by_nights = tables_of(pass_night(folder, 1))
    assert len(by_nights[0]) >= 27
    assert tables_of(pass_night(folder, 2, full=True)) == by_nights
    for made in (folder / "data" / "scores").iterdir():
        for file in made.rglob("*"):
            if file.is_file():
                file.unlink()
    work.clear()
    assert tables_of(pass_night(folder, 3, full=True)) == by_nights
    assert work["sentences read"] == work["sentences scored"] == SENTENCES * 27


def test_an_edited_post_is_read_again_and_its_twin_is_not(folder: Path, work: Counter[str]) -> None:
    say(folder, 0, 6)
    pass_night(folder, 0)
    path = folder / "sources" / "0000.jsonl"
    path.write_text(path.read_text("utf-8").replace("house 3.", "a barn."), encoding="utf-8")
    work.clear()
    pass_night(folder, 1)
    assert work == {"files parsed": 1, "posts split": 1, "sentences read": 1, "sentences scored": 1}


@pytest.mark.parametrize("kind", ["readings", "sentences"])
def test_what_is_kept_of_sentences_is_hashes_and_numbers(folder: Path, work: Counter[str], kind: str) -> None:
    say(folder, 0, 12)
    pass_night(folder, 0)
    (made,) = (folder / "data" / "scores").glob(f"{kind}-*")
    table = load_delta(made)
    assert table.schema.types == [pa.string(), pa.list_(pa.int32())]
    assert all(len(bytes.fromhex(key)) == 16 for key in table.column("key").to_pylist())


def test_other_code_reads_all_again_and_leaves_nothing_of_the_old(
    folder: Path, work: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    say(folder, 0, 5)
    pass_night(folder, 0)
    for module in (overheard.steps.scores, overheard.steps.sentences):
        monkeypatch.setattr(module, "code_digest", lambda _: "another")
    work.clear()
    pass_night(folder, 1, full=True)
    assert work["posts split"] == 5
    assert work["sentences read"] == 15
    assert work["sentences scored"] == 0
    assert len(list((folder / "data" / "scores").iterdir())) == 3
