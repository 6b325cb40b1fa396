"""Records come back equal, rows have their effect once, and earlier versions stay readable."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from deltalake import write_deltalake
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overheard.records import GroupEvent, Membership, Profile, Role, Term, Utterance
from overheard.storage import Tables
from overheard.storage.schema import records_of, schema_of, table_of
from tests.make import make_utterance


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return Tables(tmp_path / "tables")


def test_what_is_merged_twice_is_there_once(tables: Tables) -> None:
    rows = [make_utterance(position=at) for at in range(5)]
    assert tables.merge("utterances", Utterance, rows) == (5, 0)
    assert tables.merge("utterances", Utterance, rows[2:]) == (0, 0)
    assert tables.version("utterances") == 0
    assert len(tables.load("utterances", Utterance)) == 5


def test_an_edited_post_replaces_itself_and_its_old_text_stays_readable(tables: Tables) -> None:
    post = make_utterance("It is slow.")
    tables.merge("utterances", Utterance, [post])
    edited = replace(post, text="It is slow. Edit: fixed.")
    assert tables.merge("utterances", Utterance, [edited, make_utterance(position=1)]) == (1, 1)
    assert edited in tables.load("utterances", Utterance)
    assert tables.load("utterances", Utterance, version=0) == [post]


def test_deleted_rows_are_gone_and_the_version_before_keeps_them(tables: Tables) -> None:
    rows = [make_utterance(position=at) for at in range(3)]
    tables.merge("utterances", Utterance, rows)
    tables.delete("utterances", Utterance, [rows[1].utterance_id])
    assert {row.position for row in tables.load("utterances", Utterance)} == {0, 2}
    assert len(tables.load("utterances", Utterance, version=0)) == 3


def test_a_table_of_an_earlier_release_is_read_and_grows_the_new_column(tables: Tables, tmp_path: Path) -> None:
    old = make_utterance("Said before the column came.")
    schema = schema_of(Utterance)
    without = schema.remove(schema.get_field_index("aside"))
    rows = table_of(Utterance, [old]).select(without.names)
    write_deltalake(tmp_path / "tables" / "utterances", rows)
    assert tables.load("utterances", Utterance) == [old]
    new = make_utterance("Buy now!", position=1, aside="advert")
    assert tables.merge("utterances", Utterance, [new]) == (1, 0)
    assert {row.text: row.aside for row in tables.load("utterances", Utterance)} == {old.text: "", new.text: "advert"}


def test_a_table_that_was_never_written_is_empty(tables: Tables) -> None:
    assert tables.load("terms", Term) == []


def test_one_field_is_loaded_alone(tables: Tables) -> None:
    assert tables.load_column("utterances", "text") == []
    tables.replace("utterances", Utterance, [make_utterance(text, position=at) for at, text in enumerate("abb")])
    assert sorted(tables.load_column("utterances", "text")) == ["a", "b", "b"]


def test_an_empty_table_is_told_from_none_by_nothing(tables: Tables) -> None:
    before = tables.digest("utterances", Utterance)
    tables.replace("utterances", Utterance, [])
    assert tables.digest("utterances", Utterance) == before


def test_rows_lie_in_one_order_whatever_order_they_came_in(tables: Tables) -> None:
    rows = [make_utterance(position=at) for at in range(30)]
    tables.replace("one", Utterance, rows)
    random.Random(1).shuffle(rows)
    tables.replace("two", Utterance, rows)
    assert tables.load("one", Utterance) == tables.load("two", Utterance)
    assert tables.digest("one", Utterance)[:0] == ""
    tables.replace("one", Utterance, rows[:-1])
    assert tables.digest("one", Utterance) != tables.digest("two", Utterance)


@pytest.mark.parametrize(
    "record",
    [
        Term("g", "late payer", 4, 9, 1, 2.5, (1.0, 4.0), 3.3, (("u1", 4, 14), ("u2", 0, 10))),
        Profile("p", {"late": 0.75, "match": 0.25}, 4, 2),
        Membership("p", None, 0.3, "insufficient-evidence", date(2026, 5, 4), None),
        GroupEvent(date(2026, 5, 4), "late", "born", "12 members"),
        Role("p", "staff", ("rank shown: Staff", 'signs as "team"')),
        make_utterance("a\u0000b \U0001f600 \u202e", not_own=((0, 1), (2, 3)), said_at=None, replies_to="ann"),
    ],
    ids=lambda record: type(record).__name__,
)
def test_a_record_comes_back_equal(tables: Tables, record: object) -> None:
    tables.replace("some", type(record), [record])
    assert tables.load("some", type(record)) == [record]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=40),
    spans=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3),
    said_at=st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
)
def test_any_utterance_is_its_row(text: str, spans: list[tuple[int, int]], said_at: datetime | None) -> None:
    utterance = make_utterance(text, not_own=tuple(spans), said_at=said_at)
    assert records_of(Utterance, table_of(Utterance, [utterance])) == [utterance]


def test_a_date_keeps_its_instant_whatever_its_zone_was(tables: Tables) -> None:
    from datetime import timezone

    noon = datetime(2026, 5, 4, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    tables.replace("utterances", Utterance, [make_utterance(said_at=noon)])
    (back,) = tables.load("utterances", Utterance)
    assert back.said_at == noon
    assert back.said_at is not None
    assert back.said_at.tzinfo == UTC
