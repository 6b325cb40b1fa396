"""What a command prints for a person holds nothing that the terminal obeys."""

from __future__ import annotations

import json
import logging
import sys
from importlib import import_module

import pytest

from overheard.cli.showing import EventFormatter, LineFormatter, printable, say
from overheard.errors import OverheardError
from tests.security.attacks import ATTACKS, FAMILIES
from tests.test_house_rules import ROOT

TEXTS = [one.text for one in ATTACKS]


def obeyed(text: str) -> list[str]:
    return [one for one in text if not one.isprintable() and one != "\n"]


def test_no_attack_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert len([text for text in FAMILIES["terminal"] if obeyed(text)]) == len(FAMILIES["terminal"])
    for text in TEXTS:
        say(text)
        say(text, sys.stderr)
    told = capsys.readouterr()
    assert obeyed(told.out) == obeyed(told.err) == []


def test_an_ordinary_line_is_printed_as_it_is() -> None:
    for text in ("two\nlines", "“seg · naïve” – 3,4 %", "養蜂 хлеб"):
        assert printable(text) == text


@pytest.mark.parametrize("text", FAMILIES["terminal"])
def test_a_log_line_and_an_error_are_printed_the_same_way(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = logging.LogRecord("overheard", logging.INFO, "", 1, "%s", (text,), None)
    assert obeyed(LineFormatter("%(message)s").format(record)) == []
    assert obeyed(json.loads(EventFormatter().format(record))["said"]) == []

    def fail(**_: bool) -> None:
        raise OverheardError(f"{text}: no such file")

    command_line = import_module("overheard.cli.app")
    monkeypatch.setattr(command_line, "app", fail)
    with pytest.raises(SystemExit):
        command_line.main()
    told = capsys.readouterr().err
    assert "no such file" in told
    assert obeyed(told) == []


def test_every_proof_that_security_md_names_is_there() -> None:
    told = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = {one for one in told.split("`") if one.startswith("tests/")}
    assert len(named) > 20
    assert [one for one in sorted(named) if not (ROOT / one).exists()] == []
