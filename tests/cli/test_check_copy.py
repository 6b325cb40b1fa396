"""`overheard check-copy` is a contract: exit status 0 clean, 1 something found, 2 bad input; JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from overheard import cli
from overheard.records import Document, Membership, Role, Segment, Signal, Swap, Term, Utterance
from overheard.steps.asked.new import write_market
from overheard.steps.market import Market

SAID = ("My quote was too low", "Another quote for the bride", "The bride wants bread", "Bread was late, and the quote")
Run = Callable[..., tuple[int, str, str]]


def set_smallest_group(folder: Path, before: str, now: str) -> None:
    settings = folder / "market.toml"
    text = settings.read_text("utf-8")
    assert f"smallest_group = {before}" in text
    settings.write_text(text.replace(f"smallest_group = {before}", f"smallest_group = {now}"), "utf-8")


@pytest.fixture
def market(tmp_path: Path) -> Path:
    folder = write_market(tmp_path / "cakes").parent
    set_smallest_group(folder, "5", "3")
    opened = Market(folder)
    opened.save_names({})
    tables = opened.tables
    people = [f"p{i}" for i in range(len(SAID))]
    tables.replace("documents", Document, [Document("d", "saved-pages", "https://cakes.example/1", "Cakes", None)])
    tables.replace(
        "utterances",
        Utterance,
        [Utterance(f"u{i}", "d", f"p{i}", i, text, (), None, None, "", "") for i, text in enumerate(SAID)],
    )
    tables.replace("roles", Role, [Role(person, "customer", ()) for person in people])
    tables.replace("signals", Signal, [])
    tables.replace("segments", Segment, [Segment("s1", "bakers of brides", 3, 0.8, ())])
    night = date(2031, 5, 4)
    memberships = [Membership(person, "s1", 0.9, "fit", night, None) for person in people[:3]]
    tables.replace("memberships", Membership, memberships)
    tables.replace("terms", Term, [Term("s1", "bride", 3, 3, 0, 2.0, (1.0, 3.0), 3.0, (("u1", 22, 27),))])
    swap = Swap("s1", "quotation", 1, "A quotation", "quote", "say theirs", 3, 0, 3, 3.0, (1.0, 5.0), (("u0", 3, 8),))
    tables.replace("swaps", Swap, [swap])
    return folder


@pytest.fixture
def overheard(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["overheard", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
            sys.exit(0)
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run


def page_of(folder: Path, text: str) -> Path:
    page = folder / "draft.md"
    page.write_text(text, "utf-8")
    return page


def test_a_clean_page_ends_with_status_0(overheard: Run, market: Path) -> None:
    status, out, _ = overheard("check-copy", market, page_of(market, "Another quote for the bride"))
    assert status == 0
    assert out.endswith("draft.md: nothing found, for everybody\n")


def test_findings_end_with_status_1_and_name_line_word_counts_and_their_word(overheard: Run, market: Path) -> None:
    page = page_of(market, "For brides\n\nA quotation with liquidity")
    status, out, _ = overheard("check-copy", market, page, "--segment", "Bakers of brides")
    assert status == 1
    assert f"{page}:3: swap: “quotation” they say “quote” (3 of 3; yours 0)" in out
    assert "“My quote was too low” https://cakes.example/1" in out
    assert f"{page}:3: jargon: “liquidity” no customer says it (0 of 4)" in out
    assert out.splitlines()[-1] == f"{page}: 1 swap, 1 jargon, for bakers of brides"


def test_json_tells_the_same_to_programs(overheard: Run, market: Path) -> None:
    page = page_of(market, "Seamless bread")
    status, out, _ = overheard("check-copy", market, page, "--segment", "s1", "--json")
    told = json.loads(out)
    assert status == 1
    assert (told["clean"], told["segment"]) == (False, "bakers of brides")
    assert [(one["kind"], one["line"], one["word"]) for one in told["findings"]] == [
        ("vague", 1, "seamless"),
        ("missing", 0, "bride"),
    ]


def test_fewer_people_than_may_be_shown_are_neither_counted_nor_quoted(overheard: Run, market: Path) -> None:
    set_smallest_group(market, "3", "5")
    page = page_of(market, "A quotation for brides")
    _, out, _ = overheard("check-copy", market, page, "--segment", "s1")
    assert "they say “quote” (fewer than 5 of 3; yours 0)" in out
    assert "My quote was too low" not in out
    _, out, _ = overheard("check-copy", market, page, "--segment", "s1", "--json")
    (swap,) = (one for one in json.loads(out)["findings"] if one["kind"] == "swap")
    assert (swap["people"], swap["people_theirs"], swap["quote"]) == (0, None, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("draft.md", "--segment", "florists"), "no segment is `florists`; the nearest are s1 “bakers of brides”"),
        (("nowhere.html",), "cannot be read"),
        (("empty.html",), "holds no copy"),
        (("picture.html",), "is no text in UTF-8; save it as HTML"),
        (("wide.html",), "is no text in UTF-8; save it as HTML"),
    ],
)
def test_bad_input_ends_with_status_2(overheard: Run, market: Path, words: tuple[str, ...], told: str) -> None:
    page_of(market, "A quote")
    (market / "empty.html").write_text("<html><nav>Menu</nav></html>", "utf-8")
    (market / "picture.html").write_bytes(b"\x89PNG\0\0\xff")
    (market / "wide.html").write_text("<p>A quote</p>", "utf-16")
    status, _, err = overheard("check-copy", market, market / words[0], *words[1:])
    assert status == 2
    assert told in err


def test_a_market_that_heard_nothing_yet_is_told_so(overheard: Run, tmp_path: Path) -> None:
    folder = write_market(tmp_path / "tea").parent
    status, _, err = overheard("check-copy", folder, page_of(folder, "A quote"))
    assert status == 1
    assert "nothing was heard yet" in err
