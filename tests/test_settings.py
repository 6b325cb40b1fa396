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
        (
            ("seed = 8", 'seed = "eight"'),
            17,
            "`seed` of [pains] should be a whole number, without quotes; it is 'eight'",
        ),
        (("seed = 8", "seed = 8.5"), 17, "`seed` of [pains] should be a whole number"),
        (
            ('text = "body"', 'tekst = "body"'),
            14,
            "`tekst` is no key of [source.columns] 'export'; did you mean `text`?",
        ),
        (('kind = "table"', 'kind = "tabel"'), 11, "`kind` of [[source]] 'export' cannot be 'tabel'; write kind = "),
        (('kind = "table"\n', ""), 9, 'has no `kind`; write kind = "pages" or "web" or "table" or "transcripts"'),
        (('name = "export"', 'name = "pages"'), 10, "two sources are named `pages`"),
        (('name = "export"', 'name = "../x"'), 10, "should be small letters, digits and hyphens"),
        (('name = "export"', "name = 7"), 10, "`name` of [[source]] '7' should be text in quotes"),
        (('files = "*.csv"\n', ""), 9, "[[source]] 'export' has no `files`; add it"),
        (('files = "*.csv"', 'file = "*.csv"'), 12, "`file` is no key of [[source]] 'export'; did you mean `files`?"),
        (('name = "Tea"', "name = Tea"), 2, "is no valid TOML"),
        (('name = "Tea"', 'name = "Tea"\ncontact = "me"'), 3, "`contact` is no key of [market]; it belongs to [web]"),
        (("seed = 8", "staff = []"), 17, "`staff` is no key of [pains]; it belongs to [people]"),
        (("seed = 8", 'seed = 8\n[people]\nstaff = "Ann"'), 19, "`staff` of [people] should be a list"),
        (("seed = 8", "seed = 8\nminimum_people = 0"), 18, "should be greater than or equal to 1; it is 0"),
        (("seed = 8", "minimum_poeple = 3\nseed = true5"), 18, "is no valid TOML"),
        (("seed = 8", 'minimum_poeple = 3\nseed = "x"'), 17, "did you mean `minimum_people`? (look also at line 18)"),
        (("[pains]", '[engine]\nkind = "dask"\n[pains]'), 16, '[engine] kind = "dask" needs the address'),
        (("[pains]", "[market]\nbrief = ''\n[pains]"), 16, "it may stand once"),
        (("[market]", "study = 1\n[market]"), 1, "`study` stands above every table"),
        (('files = "*.csv"', 'files = "/data/*.csv"'), 12, "is not below the market's folder"),
        (('files = "*.html"', 'files = "../x/*.html"'), 7, "is not below the market's folder"),
        (("[pains]", "[pain]"), 16, "[pain] is no table of market.toml; did you mean `pains`?"),
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


def test_a_market_without_a_source_is_told_where_to_find_one() -> None:
    with pytest.raises(BadInputError, match=r"names no \[\[source\]\]; add one: `overheard new"):
        read_settings('[market]\nname = "Tea"\n', "market.toml")


def test_one_pair_of_brackets_around_what_may_stand_several_times_is_told() -> None:
    with pytest.raises(BadInputError, match=r"market.toml:3: \[source\] may .*; write \[\[source\]\]"):
        read_settings('[market]\nname = "Tea"\n[source]\nname = "x"\n', "market.toml")


def test_a_mark_before_the_text_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "market.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load_settings(tmp_path).market.name == "Tea"


def test_a_file_in_the_place_of_a_market_is_told(tmp_path: Path) -> None:
    (tmp_path / "market.toml").write_text(GOOD)
    with pytest.raises(BadInputError, match="is a file; name the market's folder"):
        load_settings(tmp_path / "market.toml")


def test_a_command_to_type_holds_a_folder_with_blanks_as_one_word(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"`overheard new '.*/My market'`"):
        load_settings(tmp_path / "My market")


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
