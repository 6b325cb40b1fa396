"""Every command that README and docs show is one the command line takes, options and all."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from overheard.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown_commands(page: Path) -> list[str]:
    """The indented lines of a page that begin with `overheard`, without the remarks behind them."""
    lines = re.findall(r"^ {4}(?:sudo )?(overheard .*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.split(r"\s+#\s", line)[0].strip() for line in lines]


COMMANDS = [(page.name, command) for page in PAGES for command in shown_commands(page)]


def test_readme_and_guides_show_commands() -> None:
    assert {"README.md", "how-to.md"} <= {page for page, _ in COMMANDS}
    assert len(COMMANDS) > 40


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_a_shown_command_is_one_that_is_taken(page: str, command: str) -> None:
    words = shlex.split(command.replace("[--all] ", "").replace("[--url URL]", ""))
    group = typer.main.get_command(app)
    group.commands[words[1]].make_context(words[1], words[2:])  # type: ignore[attr-defined]  # exits where one is wrong
