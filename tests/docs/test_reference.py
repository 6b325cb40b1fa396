from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.reference import commands_page, settings_page

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(("name", "make_page"), [("settings.md", settings_page), ("commands.md", commands_page)])
def test_the_reference_says_what_the_code_says(name: str, make_page: Callable[[], str]) -> None:
    page = make_page()
    if os.environ.get("OVERHEARD_REWRITE_EXPECTED"):
        (DOCS / name).write_text(page, encoding="utf-8")
    assert (DOCS / name).read_text(encoding="utf-8") == page
