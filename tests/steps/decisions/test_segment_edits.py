"""Segments made by hand: written to a file, read back, kept night after night."""

from __future__ import annotations

import csv
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from overheard.errors import BadInputError
from overheard.people import BY_HAND
from overheard.records import Membership, Segment, SegmentEdit, id_of
from overheard.report import short_person
from overheard.steps.decisions.segment_edits import edit_segment, list_segments, read_segment_file, write_segment_file
from overheard.steps.market import Market
from overheard.steps.people import EDITS, segment_market_people
from overheard.steps.vectors import encode_market
from tests.conftest import NIGHT as DEMO_NIGHT
from tests.eight_interviews import NEEDS, NIGHT, SAID, write_market, write_segmented_market

pytestmark = pytest.mark.slow

CHOSEN = {"ada": "pale loaves", "bo": "pale loaves", "cy": "thirsty flour", "dot": "thirsty flour", "eli": "-"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_segmented_market(tmp_path_factory.mktemp("made") / "market").folder


@pytest.fixture
def market(made: Path, tmp_path: Path) -> Market:
    return Market(Path(shutil.copytree(made, tmp_path / "market")), NIGHT)


@pytest.fixture(scope="module")
def sorted_market(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Market:
    """Sorted by hand already; read only."""
    market = Market(Path(shutil.copytree(made, tmp_path_factory.mktemp("sorted") / "market")), NIGHT)
    read_segment_file(market, fill(market, CHOSEN))
    return market


def fill(market: Market, choices: dict[str, str]) -> Path:
    path = write_segment_file(market)
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["your_choice"] = choices.get(row["person_id"], "")
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def now(market: Market) -> dict[str, tuple[str | None, str]]:
    """Return where each person is, by the segment's name, and how they came there."""
    names = {one.segment_id: one.name for one in market.tables.load("segments", Segment)}
    rows = market.tables.load("memberships", Membership)
    return {row.person_id: (names.get(row.segment_id or ""), row.method) for row in rows if row.valid_to is None}


def later(market: Market, days: int) -> Market:
    return Market(market.folder, NIGHT + timedelta(days))


def test_the_file_names_everybody_with_their_strongest_quotes_and_a_proposal(market: Market) -> None:
    path = write_segment_file(market)
    with path.open(newline="") as stream:
        rows = {row["person_id"]: row for row in csv.DictReader(stream)}
    assert rows.keys() == SAID.keys()
    assert rows["ada"]["person"] == short_person("ada")
    assert rows["ada"]["quote_1"] == SAID["ada"][2][1]
    assert rows["ada"]["proposal"] == rows["bo"]["proposal"] != rows["cy"]["proposal"]
    assert [NEEDS[person] for person in rows][::2] == [NEEDS[person] for person in rows][1::2]
    assert path.stat().st_mode & 0o077 == 0


def test_a_filled_file_makes_segments_and_is_removed_when_followed(market: Market) -> None:
    path = fill(market, CHOSEN)
    assert read_segment_file(market, path) == 5
    assert not path.exists()
    assert now(market) == {
        "ada": ("pale loaves", BY_HAND),
        "bo": ("pale loaves", BY_HAND),
        "cy": ("thirsty flour", BY_HAND),
        "dot": ("thirsty flour", BY_HAND),
        "eli": (None, BY_HAND),
    } | dict.fromkeys(("fay", "gus", "hal"), (None, "no-segments"))
    first = id_of("segment by hand", "pale loaves")
    assert {one.segment_id for one in market.tables.load("segments", Segment)} >= {first}
    assert [(row.name, row.people, row.stability, row.placed) for row in list_segments(market)].count(
        ("pale loaves", 2, None, 2)
    ) == 1


@pytest.mark.slow
def test_the_edits_are_numbered_and_dated_and_only_what_changed_is_written(market: Market) -> None:
    read_segment_file(market, fill(market, CHOSEN))
    assert read_segment_file(market, fill(market, CHOSEN)) == 0
    assert read_segment_file(market, fill(market, CHOSEN | {"bo": "Thirsty FLOUR"})) == 1
    edits = market.tables.load(EDITS, SegmentEdit)
    assert [edit.number for edit in edits] == [1, 2, 3, 4, 5, 6]
    assert {edit.made_on for edit in edits} == {NIGHT}


def test_choices_not_read_yet_are_never_written_over(market: Market) -> None:
    path = fill(market, CHOSEN)
    filled = path.read_bytes()
    assert write_segment_file(market) == path
    assert path.read_bytes() == filled


@pytest.mark.slow
def test_what_a_person_decided_holds_on_later_nights_under_its_first_id(market: Market) -> None:
    read_segment_file(market, fill(market, CHOSEN))
    edit_segment(market, "rename", "pale loaves", "cold corners")
    assert segment_market_people(market).reused
    night = Market(market.folder, NIGHT + timedelta(7), full=True)
    segment_market_people(night)
    assert now(night)["ada"] == ("cold corners", BY_HAND)
    rows = {row.person_id: row for row in night.tables.load("memberships", Membership)}
    assert (rows["ada"].segment_id, rows["ada"].valid_from) == (id_of("segment by hand", "pale loaves"), NIGHT)
    assert rows["ada"].probability == 1.0


@pytest.mark.slow
def test_a_new_segment_under_a_name_given_up_is_another_one(market: Market) -> None:
    read_segment_file(market, fill(market, CHOSEN))
    edit_segment(market, "rename", "pale loaves", "cold corners")
    read_segment_file(market, fill(market, {"hal": "pale loaves"}))
    assert now(market)["hal"] == ("pale loaves", BY_HAND)
    assert now(market)["ada"] == ("cold corners", BY_HAND)


@pytest.mark.slow
def test_segments_are_merged_people_moved_and_all_of_it_cleared(market: Market) -> None:
    read_segment_file(market, fill(market, CHOSEN))
    edit_segment(market, "merge", "thirsty flour", "pale loaves")
    edit_segment(market, "place", short_person("hal"), "thirsty flour")
    edit_segment(market, "place", "cy", "-")
    assert [(row.name, row.people) for row in list_segments(market)] == [("thirsty flour", 4)]
    edit_segment(market, "clear", "hal")
    assert now(market)["hal"] == (None, "no-segments")
    edit_segment(market, "clear")
    assert list_segments(market) == []


@pytest.mark.slow
def test_people_who_have_gone_stay_gone_and_are_told(market: Market, caplog: pytest.LogCaptureFixture) -> None:
    read_segment_file(market, fill(market, CHOSEN))
    stale = fill(later(market, 1), {"ada": "pale loaves"})
    kept = stale.read_bytes()
    night = later(write_market(market.folder, tuple(SAID)[1:]), 1)
    encode_market(night)
    with caplog.at_level("INFO"):
        segment_market_people(night)
    assert "1 decisions about what is gone" in caplog.text
    assert now(night).get("ada") is None
    stale.write_bytes(kept)
    with pytest.raises(BadInputError, match="this person is no longer in the market"):
        read_segment_file(night, stale)


@pytest.mark.parametrize(
    ("action", "one", "other", "what"),
    [
        ("rename", "pale loafs", "x", "no segment is `pale loafs`; the nearest are"),
        ("rename", "pale loaves", "Thirsty Flour", "another segment is named"),
        ("rename", "pale loaves", "x" * 81, "is no name"),
        ("rename", "pale loaves", "-", "is no name"),
        ("merge", "pale loaves", "Pale Loaves", "cannot be merged with itself"),
        ("place", "nobody", "pale loaves", "no person is `nobody`"),
        ("place", "ada", "nowhere at all", "no segment is"),
        ("clear", "nobody", "", "no segment is `nobody`"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(sorted_market, action, one, other, what) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInputError, match=what):
        edit_segment(sorted_market, action, one, other)
    assert len(sorted_market.tables.load(EDITS, SegmentEdit)) == 5


def test_before_anybody_was_looked_at_there_is_nothing_to_edit(tmp_path: Path) -> None:
    market = write_market(tmp_path / "market")
    for ask in (list_segments, write_segment_file):
        with pytest.raises(BadInputError, match="no people were looked at yet; overheard segment"):
            ask(market)


@pytest.mark.slow
def test_edits_are_laid_over_a_fit_and_later_steps_take_them(demo_run: Path, tmp_path: Path) -> None:
    from overheard.steps.order import STEPS

    folder = tmp_path / "market"
    shutil.copytree(demo_run, folder, symlinks=True)
    market = Market(folder, DEMO_NIGHT + timedelta(1))
    first, second, third, *_ = list_segments(market)
    moved = next(person for person, (name, _) in sorted(now(market).items()) if name == third.name)
    edit_segment(market, "rename", first.segment_id, "the unpaid")
    edit_segment(market, "merge", first.segment_id, second.segment_id)
    edit_segment(market, "place", moved, "the unpaid")
    for night in (2, 9):
        market = Market(folder, DEMO_NIGHT + timedelta(night), full=True)
        for step in ("people", "reference", "vocabulary", "report"):
            STEPS[step](market)
        rows = {row.segment_id: row for row in list_segments(market)}
        assert second.segment_id not in rows
        assert (rows[first.segment_id].name, rows[first.segment_id].stability) == ("the unpaid", None)
        assert rows[first.segment_id].people == first.people + second.people + 1
        assert now(market)[moved] == ("the unpaid", BY_HAND)
        index = (folder / "reports" / "latest" / "index.html").read_text()
        assert "The unpaid" in index
        assert "Made by hand:" in index
    edit_segment(market, "clear")
    assert {row.segment_id: row.name for row in list_segments(market)} == {
        row.segment_id: row.name for row in list_segments(Market(demo_run))
    }
