"""The command line is a contract: rows on standard output, one line on standard error, an exit status."""

from __future__ import annotations

import csv
import io
import json
import logging
import sys
from pathlib import Path

import pytest
from rich.console import Console

from overheard import cli
from overheard.cli import showing
from overheard.storage import hold_market
from tests.demo.make_demo import ROOT, SOURCES


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str, str]:
    """Run a command as a shell would; return exit status, output and errors."""
    monkeypatch.setattr(sys, "argv", ["overheard", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
        sys.exit(0)
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out, shown.err


@pytest.fixture
def overheard(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    return lambda *words: run(capsys, monkeypatch, *map(str, words))


def test_read_prints_each_post_of_a_page(overheard) -> None:  # type: ignore[no-untyped-def]
    page = sorted((SOURCES / "workbench").iterdir())[0]
    status, out, err = overheard("read", page)
    posts = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert len(posts) >= 4
    assert set(posts[0]) == {"text", "not_own", "author", "said_at", "url", "position", "replies_to"} | {
        "rank",
        "aside",
    }
    assert all(post["author"] and post["said_at"] and post["text"] for post in posts)


@pytest.mark.parametrize("name", ["kev-dunmore.srt", "maud-perrin-oakes.vtt", "gudrun-faleide.txt"])
def test_read_prints_each_turn_of_an_interview(overheard, name: str) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = overheard("read", SOURCES / "interviews" / name)
    turns = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert len(turns) >= 30
    assert {turn["author"] for turn in turns} >= {"Ines Calder"}
    assert len({turn["author"] for turn in turns}) == 2


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.html", b"", "empty"),
        ("login.html", b"<html><body><form><input name=user></form></body></html>", "post"),
        ("noise.bin", bytes(range(256)) * 20, ""),
        ("tickets.csv", b"no;body\n1;the kettle leaks\n", 'a spreadsheet is a source of kind = "table"'),
        ("pasted.csv", b"no;body\n1;the <b>kettle</b> leaks<br>\n", 'a spreadsheet is a source of kind = "table"'),
    ],
)
def test_read_refuses_in_one_line_what_it_cannot_read(
    overheard, tmp_path: Path, name: str, content: bytes, told: str
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_bytes(content)
    status, out, err = overheard("read", path)
    assert status == 2
    assert out == ""
    assert err.count("\n") == 1
    assert str(path) in err
    assert told in err


def test_read_says_when_there_is_no_such_file(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert overheard("read", tmp_path / "none.html")[0] == 2


def test_words_prints_a_table_best_first(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name, words in (
        ("a", "my invoice is overdue and the client is silent"),
        ("b", "the dog sleeps in the warm kitchen"),
    ):
        rows = [{"id": str(number), "text": f"{words} number {number}"} for number in range(8)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    status, out, _ = overheard("words", "--target", tmp_path / "a.jsonl", "--reference", tmp_path / "b.jsonl")
    terms = [row["term"] for row in csv.DictReader(io.StringIO(out))]
    assert status == 0
    assert any("invoice" in term for term in terms)
    assert not any("dog" in term for term in terms)


@pytest.mark.parametrize("command", ["detect", "topics", "people"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{not json", ":1: is no JSON"),
        ('{"id": "1"}\n', ":1: has no `"),
        ('{"id":"1","author":"a","text":"x"}\n[]', ":2: is no JSON object"),
    ],
)
def test_filters_name_the_line_they_cannot_read(
    overheard, tmp_path: Path, command: str, content: str, told: str
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "lines.jsonl"
    path.write_text(content, encoding="utf-8")
    status, out, err = overheard(command, path)
    assert (status, out) == (2, "")
    assert f"{path}{told}" in err
    assert err.count("\n") == 1


def test_new_writes_a_market_once(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = overheard("new", tmp_path / "tea")
    assert status == 0
    assert "overheard run" in out
    assert (tmp_path / "tea" / "sources" / "pages").is_dir()
    status, _, err = overheard("new", tmp_path / "tea")
    assert status == 2
    assert "is there already" in err


def test_a_market_with_nothing_in_it_says_what_to_do(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    overheard("new", tmp_path / "tea")
    status, _, err = overheard("collect", tmp_path / "tea")
    assert status == 2
    assert "market.toml: its sources hold nothing that can be read" in err


def test_a_held_market_is_told_in_one_line(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    overheard("new", tmp_path / "tea")
    with hold_market(tmp_path / "tea" / "data", "run"):
        status, _, err = overheard("collect", tmp_path / "tea")
    assert status == 1
    assert "`overheard run` holds this market" in err


def test_a_report_that_is_not_there_says_how_to_make_one(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    status, _, err = overheard("open", tmp_path)
    assert status == 1
    assert "make one with `overheard run" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rename", "late fee"), "NAME is missing; overheard pains"),
        (("merge", "late fee"), "OTHER_PAIN is missing"),
        (("pin",), "no pain was named; overheard pains"),
        (("pin", "late fee", "bill"), "`bill` is too much"),
        (("unpin",), "unpin PAIN"),
        (("split", "late fee"), "there are no pains yet"),
    ],
)
def test_pains_says_what_a_decision_lacks(overheard, tmp_path: Path, words: tuple[str, ...], told: str) -> None:  # type: ignore[no-untyped-def]
    overheard("new", tmp_path / "tea")
    status, _, err = overheard("pains", tmp_path / "tea", *words)
    assert status == 2
    assert told in err


def test_pains_of_a_market_that_has_none_are_an_empty_list(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    overheard("new", tmp_path / "tea")
    assert overheard("pains", tmp_path / "tea")[:2] == (0, "")


def test_every_command_the_readme_names_is_there() -> None:
    import re

    commands = {
        command.name or command.callback.__name__.replace("_", "-")
        for command in cli.app.registered_commands
        if command.callback
    }
    named = set(re.findall(r"^ +overheard ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))
    assert named
    assert named <= commands


@pytest.mark.slow
def test_new_takes_no_address_of_another_kind_for_a_folder(overheard, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert overheard("new", "tea")[0] == 0
    text = (tmp_path / "tea" / "market.toml").read_text("utf-8").replace('contact = ""', 'contact = "a@example.org"')
    (tmp_path / "tea" / "market.toml").write_text(text, "utf-8")
    status, _, err = overheard("new", "ftp://forum.example/board", "tea")
    assert status == 1
    assert "not an http or https address" in err
    assert [path.name for path in tmp_path.iterdir()] == ["tea"]


def test_pains_before_any_run_says_how_they_come(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    overheard("new", tmp_path / "my market")
    status, out, err = overheard("pains", tmp_path / "my market")
    assert (status, out) == (0, "")
    assert err.strip() == f"No pains were found yet; they come with: overheard run '{tmp_path / 'my market'}'"


def test_a_new_market_is_told_with_the_command_to_type_next(overheard, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = overheard("new", f"{tmp_path}/my market/")[1]
    assert out.strip().endswith(f"overheard run '{tmp_path / 'my market'}'")
    assert "//" not in out


@pytest.mark.parametrize("command", ["collect", "run", "report", "schedule"])
def test_a_wrong_market_file_is_told_before_anything_is_loaded(overheard, tmp_path: Path, command: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "market.toml").write_text('[market]\nname = "Tea"\n[pain]\n')
    loaded = {name for name in sys.modules if name.startswith(("prefect", "overheard.steps"))}
    status, out, err = overheard(command, tmp_path)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"overheard: {tmp_path}/market.toml:3: [pain] is no table of market.toml")
    assert {name for name in sys.modules if name.startswith(("prefect", "overheard.steps"))} == loaded


def test_the_help_of_a_command_loses_nothing_to_its_colours(overheard) -> None:  # type: ignore[no-untyped-def]
    shown = " ".join(overheard("--help")[1].replace("│", " ").split())
    assert "[]" not in shown


def test_a_run_on_a_terminal_shows_which_step_it_has_come_to(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(showing, "_CHATTER", Console(file=screen, force_terminal=True))
    with showing.busy_steps("starting"):
        logging.getLogger("overheard").info("pains: 3 in", extra={"counts": {"step": "pains"}})
    assert "starting" in screen.getvalue()
    assert "pains is done (step 1)" in screen.getvalue()


def test_a_log_line_goes_to_what_is_standard_error_when_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = showing.ErrorStream()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    handler.emit(logging.LogRecord("overheard", logging.INFO, "", 0, "collect: 3 in", None, None))
    assert sys.stderr.getvalue() == "collect: 3 in\n"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("topics", "--detail", "lots"), "Invalid value for '--detail': Input should be a valid number"),
        (("run",), "Missing argument 'MARKET'; see `overheard run --help`"),
        (("nosuch",), "No such command 'nosuch'; see `overheard --help`"),
        (("--nosuch",), "No such option: --nosuch; see `overheard --help`"),
        (("run", "m", "--night", "soon"), "'soon' does not match the formats"),
    ],
)
def test_a_word_too_few_or_wrong_is_told_in_one_line_with_where_to_look(  # type: ignore[no-untyped-def]
    overheard, words: tuple[str, ...], told: str
) -> None:
    status, out, err = overheard(*words)
    assert (status, out) == (2, "")
    assert err.startswith("overheard: ")
    assert told in err
    assert err.count("\n") == 1


def test_without_a_word_the_help_is_shown(overheard) -> None:  # type: ignore[no-untyped-def]
    status, out, err = overheard()
    assert status == 2
    assert "Usage" in out + err
    assert "overheard:" not in out + err
