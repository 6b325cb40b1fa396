"""market.toml: what is wrong is told with its line and the mend."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from overheard.errors import BadInputError
from overheard.settings import load_settings, read_settings

GOOD = """[market]
name = "Tea"

[[source]]
name = "pages"
kind = "pages"
files = "*.html"

[[source]]
name = "export"
kind = "table"
files = "*.csv"
[source.columns]
text = "body"

[pains]
seed = 8
"""


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        (("seed = 8", 'seed = "eight"'), 17, "`pains.seed`: Input should be a valid integer"),
        (
            ('text = "body"', 'tekst = "body"'),
            14,
            "`source.1.columns.tekst`: Extra inputs are not permitted; remove it",
        ),
        (('kind = "table"', 'kind = "tabel"'), 9, "`source.1`: Input tag 'tabel'"),
        (('kind = "table"\n', ""), 9, 'add kind = "pages", "web", "table" or "transcripts"'),
        (('name = "export"', 'name = "pages"'), 10, "two sources are named `pages`"),
        (('name = "export"', 'name = "../x"'), 10, "String should match pattern"),
        (('files = "*.csv"\n', ""), 9, "`source.1.files`: Field required; add it"),
        (('name = "Tea"', "name = Tea"), 2, "is no valid TOML"),
        (('files = "*.csv"', 'files = "/data/*.csv"'), 12, "is not below the market's folder"),
        (('files = "*.html"', 'files = "../x/*.html"'), 7, "is not below the market's folder"),
        (("[pains]", "[pain]"), 16, "`pain`: Extra inputs are not permitted"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(change: tuple[str, str], line: int, told: str) -> None:
    text = GOOD.replace(*change)
    assert text != GOOD
    with pytest.raises(BadInputError) as caught:
        read_settings(text, "market.toml")
    assert str(caught.value).startswith(f"market.toml:{line}: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_PAINS__SEED", "9")
    assert read_settings(GOOD, "market.toml").pains.seed == 9


def test_the_template_of_a_new_market_is_valid() -> None:
    text = (resources.files("overheard") / "market_template.toml").read_text(encoding="utf-8")
    assert read_settings(text, "market.toml").pains == read_settings(GOOD, "x").pains.model_copy(update={"seed": 7})


def test_a_missing_market_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="write one with `overheard new"):
        load_settings(tmp_path)


def test_a_market_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "market.toml").write_bytes(b'[market]\nname = "\xff"\n')
    with pytest.raises(BadInputError, match=r"market.toml:2: is not UTF-8 text"):
        load_settings(tmp_path)
