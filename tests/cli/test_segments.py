"""`overheard segments`: what it prints, asks for and refuses."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from overheard.steps.decisions.segment_edits import write_segment_file
from tests.cli.test_app import run
from tests.eight_interviews import write_market, write_segmented_market

pytestmark = pytest.mark.slow

EDITOR = """
import sys, pathlib
path = pathlib.Path(sys.argv[1])
lines = path.read_text().splitlines(keepends=True)
for at in (1, 2):
    lines[at] = lines[at].replace('""', '"early birds"', 1)
path.write_text("".join(lines))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_segmented_market(tmp_path_factory.mktemp("made") / "market").folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "market"))


@pytest.fixture
def overheard(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: run(capsys, monkeypatch, *map(str, words))


def test_a_market_without_segments_says_how_to_make_them(overheard, folder: Path) -> None:  # type: ignore[no-untyped-def]
    assert overheard("segments", folder) == (
        0, f"There are no segments. Make them by hand: overheard segments {folder} edit\n", ""
    )  # fmt: skip


def test_without_an_editor_the_file_is_written_and_what_to_do_is_said(overheard, folder: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = overheard("segments", folder, "edit")
    assert status == 0
    assert (folder / "segments.csv").exists()
    assert f"Then: overheard segments {folder} edit --from {folder}/segments.csv" in out


def test_with_an_editor_the_file_is_opened_and_read_back(
    overheard, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    script = tmp_path / "editor.py"
    script.write_text(EDITOR)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    status, out, _ = overheard("segments", folder, "edit")
    assert status == 0
    assert "2 people placed by hand" in out
    assert "2 people    made by hand  early birds" in out
    assert not (folder / "segments.csv").exists()


def test_an_editor_that_fails_leaves_the_file_and_changes_nothing(
    overheard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("EDITOR", f"{sys.executable} -c raise(SystemExit(3))")
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    status, _, err = overheard("segments", folder, "edit")
    assert status == 2
    assert "ended with an error, nothing was read" in err
    assert (folder / "segments.csv").exists()


def test_a_wrong_line_is_told_with_file_line_and_mend(overheard, folder: Path) -> None:  # type: ignore[no-untyped-def]
    path = write_segment_file(write_market(folder))
    path.write_text(path.read_text().replace('""', '"x"', 1) + '"y","","","nobody","1","1","","","","nobody"\n')
    status, _, err = overheard("segments", folder, "edit", "--from", path)
    assert status == 2
    assert err.endswith(
        f"{path}:10: no person has the id `nobody`; delete the line, or write the file again and fill that\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rename", "x"), "NAME is missing; overheard segments {} rename SEGMENT NAME"),
        (("merge",), "SEGMENT is missing; overheard segments {} merge SEGMENT OTHER_SEGMENT"),
        (("move", "p"), "SEGMENT is missing; overheard segments {} move PERSON SEGMENT"),
        (("list", "x"), "`x` is too much; overheard segments {} list"),
        (("clear", "x", "y"), "`y` is too much; overheard segments {} clear [SEGMENT|PERSON]"),
        (("list", "--from", "f.csv"), "--from is for edit only; overheard segments {} edit --from f.csv"),
        (("edit", "--from", "f.csv"), "No such file or directory; write one with `overheard segments {} edit`"),
        (("rename", "x", "y"), "there are no segments yet; make them with `overheard segments {} edit`"),
    ],
)
def test_what_is_missing_or_too_much_is_told_with_the_mend(overheard, folder: Path, words, told: str) -> None:  # type: ignore[no-untyped-def]
    status, _, err = overheard("segments", folder, *words)
    assert status == 2
    assert told.format(folder) in err
