"""`overheard export`: files where asked for, one line where not possible."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from overheard import cli
from overheard.records import Document, Utterance
from overheard.steps.market import Market
from tests.exports.make_corpus import make_found

TOML = '[market]\nname = "Bees"\n[[source]]\nname = "apiary"\nkind = "pages"\nfiles = "*.html"\n'


@pytest.fixture
def market(tmp_path: Path) -> Path:
    folder = tmp_path / "bees"
    folder.mkdir()
    (folder / "market.toml").write_text(TOML, "utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object) -> tuple[int, str, str]:
    """Run the command as a shell would; return exit status, output and errors."""
    monkeypatch.setattr(sys, "argv", ["overheard", "export", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
        sys.exit(0)
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out, shown.err


def test_posts_are_written_and_told_to_be_kept(market: Path, tmp_path: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    Market(market).save_names({})
    tables, found = Market(market).tables, make_found()
    tables.replace("documents", Document, found.documents)
    tables.replace("utterances", Utterance, found.utterances)
    out = tmp_path / "rows"
    status, told, _ = run(capsys, monkeypatch, market, "--format", "csv", "--out", out)
    assert status == 0
    assert told == f"11 posts: {out}. They are people's own words: keep them to yourself.\n"
    assert (out / "posts.csv").read_bytes().count(b"\r\n") == 12


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "csv", "--out", "x"), "nothing was collected yet; overheard run"),
        (("--format", "shareable", "--out", "x", "--verbatim"), "a shareable edition has no verbatims"),
    ],
)
def test_what_cannot_be_exported_is_one_line(
    market: Path, words: tuple[str, ...], told: str, capsys, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    status, out, err = run(capsys, monkeypatch, market, *words)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1
