"""`overheard outreach` lists real people: only of the focus, only with a lawful basis, only for the owner's eyes."""

from __future__ import annotations

import csv
import stat
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from overheard import cli
from overheard.privacy import person_id_of
from overheard.records import (
    Alias,
    Document,
    FocusChoice,
    Membership,
    Pain,
    Placement,
    Reference,
    Role,
    Segment,
    Signal,
    Utterance,
)
from overheard.steps.asked.new import write_market
from overheard.steps.market import Market

pytestmark = pytest.mark.slow

NIGHT = date(2031, 5, 4)
SOURCE = "saved-pages"
NAMES = ("=cmd|' /C calc'!A0", "Bo Bellweather", "Cy Crumbly", "Dee Doughty", "Eve Eclair", "Flo Flourish")
PAIN = "The oven of Bo Bellweather is cold again"
Run = Callable[..., tuple[int, str, str]]


def person(market: Market, at: int) -> str:
    return person_id_of(SOURCE, NAMES[at], market.key)


def save_focus(market: Market, is_feasible: bool = True) -> None:
    choice = FocusChoice(NIGHT, ("s1",), is_feasible, 9.0, 8.0, 0.0, 0.6, "EUR", 0.6, 0.5)
    market.tables.replace("focus_choices", FocusChoice, [choice])


def save_members(market: Market, people: int) -> None:
    rows = [Membership(person(market, at), "s1", 0.9, "fit", NIGHT, None) for at in range(people)]
    market.tables.replace("memberships", Membership, rows)


@pytest.fixture
def market(tmp_path: Path) -> Market:
    opened = Market(write_market(tmp_path / "cakes").parent)
    tables = opened.tables
    people = [person(opened, at) for at in range(len(NAMES))]
    opened.save_names(dict(zip(people, NAMES, strict=True)))
    said_at = datetime(2031, 5, 1, tzinfo=UTC)
    utterances = [
        Utterance(f"u{at}", "d", one, at, PAIN, (), said_at, None, f"https://cakes.example/1#{at}", "")
        for at, one in enumerate(people)
    ]
    tables.replace("documents", Document, [Document("d", SOURCE, "https://cakes.example/1", "@Cakes", None)])
    tables.replace("utterances", Utterance, utterances)
    tables.replace("roles", Role, [Role(one, "customer", ()) for one in people])
    signals = [Signal(f"s{at}", f"u{at}", one, 0, len(PAIN), "pain", 2, 0.9, ()) for at, one in enumerate(people)]
    tables.replace("signals", Signal, signals)
    tables.replace("placements", Placement, [Placement(one.signal_id, "p", 0.9) for one in signals])
    tables.replace("pains", Pain, [Pain("p", "cold ovens", ("oven",), ("s0",), 6, 6)])
    segments = [Segment("s1", "bakers of brides", 6, 0.8, ("p",)), Segment("s2", "grocers", 6, 0.8, ())]
    tables.replace("segments", Segment, segments)
    references = [
        Reference(f"r{at}", one, people[at - 1], "reply", f"u{at}", None, "d", said_at) for at, one in enumerate(people)
    ]
    tables.replace("references", Reference, references)
    save_members(opened, len(NAMES))
    save_focus(opened)
    return opened


@pytest.fixture
def overheard(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["overheard", "outreach", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
            sys.exit(0)
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run


def rows_of(market: Market) -> list[dict[str, str]]:
    text = (market.folder / "private" / "outreach.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


LAWFUL = "--i-have-a-lawful-basis"


def test_without_a_lawful_basis_nobody_is_listed_and_one_line_says_why(market: Market, overheard: Run) -> None:
    status, out, err = overheard(market.folder)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "needs a lawful basis" in err
    assert not (market.folder / "private" / "outreach.csv").exists()


def test_the_list_lies_in_the_private_folder_and_only_its_owner_reads_it(market: Market, overheard: Run) -> None:
    assert overheard(market.folder, LAWFUL)[0] == 0
    path = market.folder / "private" / "outreach.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not (market.folder / "reports").exists()


def test_each_has_a_reason_a_quote_without_names_and_its_link(market: Market, overheard: Run) -> None:
    assert "6 people" in overheard(market.folder, LAWFUL)[1]
    row = next(one for one in rows_of(market) if one["account"] == NAMES[2])
    assert row["reason"].startswith("tells of “cold ovens”; 1 person refers to them, 1 of them in this segment")
    assert row["quote"] == "The oven of [removed] is cold again"
    assert row["link"] == "https://cakes.example/1#2"


def test_no_cell_is_a_formula(market: Market, overheard: Run) -> None:
    overheard(market.folder, LAWFUL)
    cells = [cell for row in rows_of(market) for cell in row.values()]
    assert f"'{NAMES[0]}" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize("line", ["Cy Crumbly", f"{SOURCE}: cy crumbly", "{id}"])
def test_who_opted_out_is_not_on_the_list(market: Market, overheard: Run, line: str) -> None:
    (market.folder / "private" / "opt_out.txt").write_text(line.format(id=person(market, 2)) + "\n", "utf-8")
    assert "left out: 1 (opted out)" in overheard(market.folder, LAWFUL)[1]
    assert NAMES[2] not in {row["account"] for row in rows_of(market)}


def test_one_account_that_opted_out_takes_the_whole_person_off(market: Market, overheard: Run) -> None:
    market.tables.replace("aliases", Alias, [Alias(person(market, 5), person(market, 2))])
    (market.folder / "private" / "opt_out.txt").write_text(NAMES[5], "utf-8")
    overheard(market.folder, LAWFUL)
    assert not {NAMES[2], NAMES[5]} & {row["account"] for row in rows_of(market)}


def test_whoever_is_not_the_focus_is_refused(market: Market, overheard: Run) -> None:
    status, _, err = overheard(market.folder, LAWFUL, "--segment", "grocers")
    assert (status, "not the focus" in err) == (2, True)
    assert overheard(market.folder, LAWFUL, "--segment", "Bakers of Brides")[0] == 0


def test_without_a_feasible_focus_nobody_is_written_to(market: Market, overheard: Run) -> None:
    save_focus(market, is_feasible=False)
    status, _, err = overheard(market.folder, LAWFUL)
    assert (status, "no focus was found" in err) == (1, True)
    market.tables.replace("focus_choices", FocusChoice, [])
    assert "nothing was decided yet" in overheard(market.folder, LAWFUL)[2]


def test_a_segment_of_fewer_than_five_has_no_list(market: Market, overheard: Run) -> None:
    save_members(market, 4)
    status, _, err = overheard(market.folder, LAWFUL)
    assert (status, "fewer than 5 people" in err) == (1, True)
