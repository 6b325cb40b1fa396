"""Accounts a person approved are one person in every table that follows; nothing is joined otherwise."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from overheard.cli import app
from overheard.errors import BadInputError
from overheard.privacy import person_id_of
from overheard.records import Role
from overheard.steps.collect import collect
from overheard.steps.heard import load_customers, load_heard
from overheard.steps.market import Market
from overheard.steps.roles import find_market_roles
from overheard.storage import load_note
from tests.conftest import NIGHT

pytestmark = pytest.mark.slow

MARKET = """[market]
name = "Kilns"
[[source]]
name = "board"
kind = "table"
files = "board.csv"
[source.columns]
author = "author"
document = "thread"
[[source]]
name = "fair"
kind = "table"
files = "fair.csv"
[source.columns]
author = "author"
document = "thread"
"""
BOARD = """author,thread,text
Oldenkamp,t1,My kiln trips the fuse at nine hundred degrees.
dave,t1,Check the relay first and then the thermostat behind it.
glazer_ida,t2,Pinholes again.
"""
FAIR = """author,thread,text
oldenkamp7,s1,The stall flooded and I lost a whole day of pots.
Dave,s1,Same here; the rain came in from below.
"""


@pytest.fixture
def market(tmp_path: Path) -> Market:
    (tmp_path / "market.toml").write_text(MARKET, encoding="utf-8")
    (tmp_path / "board.csv").write_text(BOARD, encoding="utf-8")
    (tmp_path / "fair.csv").write_text(FAIR, encoding="utf-8")
    market = Market(tmp_path, NIGHT)
    collect(market)
    return market


def approve(market: Market, *rows: str) -> None:
    text = "\n".join(("source,name,person", *rows, ""))
    (market.folder / "private" / "aliases.csv").write_text(text, encoding="utf-8")


def account(market: Market, source: str, name: str) -> str:
    return person_id_of(source, name, market.key)


def roles(market: Market) -> set[str]:
    return {role.person_id for role in market.tables.load("roles", Role)}


def test_joined_accounts_are_one_person_wherever_utterances_are_loaded(market: Market) -> None:
    find_market_roles(market)
    assert len({row.person_id for row in load_heard(market).utterances}) == 5
    approve(market, "fair,oldenkamp7,O", "board,Oldenkamp,o")
    assert not find_market_roles(market).reused
    people = {row.person_id for row in load_heard(market).utterances}
    assert len(people) == 4
    assert people == roles(market) == load_customers(market)
    assert account(market, "fair", "oldenkamp7") in people
    assert account(market, "board", "Oldenkamp") not in people


def test_swapped_partners_are_noticed_by_later_steps(market: Market) -> None:
    """The same two people remain by id; what they said is not the same."""
    made = []
    for first, second in (("oldenkamp7", "Dave"), ("Dave", "oldenkamp7")):
        approve(market, "board,Oldenkamp,a", f"fair,{first},a", "board,dave,b", f"fair,{second},b")
        find_market_roles(market)
        made.append((roles(market), load_note(market.data_dir, "roles")))
    (people, note), (swapped, swapped_note) = made
    assert people == swapped
    assert note is not None
    assert swapped_note is not None
    assert note.made != swapped_note.made


def test_nothing_changes_where_the_file_says_the_same(market: Market) -> None:
    approve(market, "fair,Dave,d", "board,dave,d")
    find_market_roles(market)
    assert find_market_roles(market).reused


def test_taking_the_file_away_parts_them_again(market: Market) -> None:
    approve(market, "fair,Dave,d", "board,dave,d")
    find_market_roles(market)
    (market.folder / "private" / "aliases.csv").unlink()
    find_market_roles(market)
    assert len({row.person_id for row in load_heard(market).utterances}) == 5


def test_a_wrong_name_stops_the_step_with_file_line_and_mend(market: Market) -> None:
    approve(market, "fair,Dave,d", "board,davee,d")
    with pytest.raises(BadInputError, match=r"aliases\.csv:3: nobody called `davee` was heard in board; .* dave$"):
        find_market_roles(market)


def test_staff_by_one_name_are_staff_by_the_other(market: Market) -> None:
    (market.folder / "market.toml").write_text(MARKET + '[people]\nstaff = ["oldenkamp7"]\n', encoding="utf-8")
    again = Market(market.folder, NIGHT)
    approve(again, "board,Oldenkamp,o", "fair,oldenkamp7,o")
    find_market_roles(again)
    assert len(load_customers(again)) == 3


def test_proposals_are_written_and_never_applied(market: Market) -> None:
    result = CliRunner().invoke(app, ["aliases", str(market.folder), "propose"])
    assert result.exit_code == 0
    path = market.folder / "private" / "alias_proposals.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    assert [(row["source"], row["name"], row["person"]) for row in rows] == [
        ("board", "Oldenkamp", "Oldenkamp (1)"),
        ("fair", "oldenkamp7", "Oldenkamp (1)"),
    ]
    assert rows[0]["evidence"] == "as oldenkamp7 of fair: nearly the same rare shown name; heard 1 times"
    find_market_roles(market)
    assert len(roles(market)) == 5


def test_what_was_proposed_can_be_copied_as_it_is_and_is_listed(market: Market) -> None:
    runner = CliRunner()
    runner.invoke(app, ["aliases", str(market.folder), "propose"])
    private = market.folder / "private"
    (private / "aliases.csv").write_bytes((private / "alias_proposals.csv").read_bytes())
    find_market_roles(market)
    assert len(roles(market)) == 4
    listed = runner.invoke(app, ["aliases", str(market.folder)]).stdout.splitlines()
    assert listed == ["Oldenkamp (1)  board  Oldenkamp  1 posts", "Oldenkamp (1)  fair  oldenkamp7  1 posts"]
    assert "0 people proposed" in runner.invoke(app, ["aliases", str(market.folder), "propose"]).stdout
