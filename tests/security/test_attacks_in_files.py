"""What strangers write stays text, in every file of a market: read by parsers, without a browser."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

import pytest
from pydantic import ValidationError

from overheard.report import csv_of
from overheard.report.escaping import escaped
from overheard.report.links import link_of
from overheard.settings.strategy import StrategySettings
from tests.security.attacks import ATTACKS, FAMILIES, batches
from tests.security.checks import FORMULA, faults_of, markdown_faults, page_faults, table_faults, texts_in
from tests.security.poisoned import Files, poisoned_sites


def wrong_in(attacks: Sequence[str]) -> list[str]:
    sites = poisoned_sites(attacks)
    found = [f"{site}/{fault}" for site, files in sites.items() for fault in faults_of(files)]
    keeps = ("bees", "market", "convokit")
    return found + [f"{site} lost {one!r}" for site in keeps for one in attacks if not _tells(sites[site], one)]


def _tells(files: Files, attack: str) -> bool:
    """Tell whether the text comes back from JSON as it was put in; halves of characters and NULs cannot."""
    wanted = attack.encode(errors="replace").decode().replace("\0", "?")
    lines = [files["report.json"]] if "report.json" in files else files["utterances.jsonl"].split(b"\n")
    told = (text for line in lines if line for text in texts_in(json.loads(line)))
    return any(wanted in text.replace("\0", "?").replace("\ufffd", "?") for text in told)


def test_there_are_three_hundred_attacks_and_no_two_are_alike() -> None:
    assert len({one.text for one in ATTACKS}) == len({one.name for one in ATTACKS}) == len(ATTACKS) >= 300


def test_attacks_of_every_family_stay_text_in_every_file() -> None:
    assert wrong_in([texts[0] for texts in FAMILIES.values()]) == []


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_no_attack_of_a_family_is_more_than_text_in_any_file(family: str) -> None:
    assert [wrong for batch in batches(family, 4) for wrong in wrong_in(batch)] == []


def test_each_attack_alone_is_no_formula_in_a_cell_no_markup_in_a_line_and_no_link() -> None:
    for one in ATTACKS:
        assert not list(table_faults(csv_of(["text", one.text], [[one.text, 1]]))), one
        assert not list(markdown_faults(f"- {escaped(one.text)}".encode(errors="replace"))), one
        assert not list(page_faults(f'<a href="{html.escape(link_of(one.text).href or "")}">x</a>'.encode())), one


@pytest.mark.parametrize("address", ["javascript:x", "//attack.example", "/\\attack.example", "data:x", "https://a@b"])
def test_the_form_of_a_landing_page_goes_to_the_web_or_nowhere(address: str) -> None:
    with pytest.raises(ValidationError, match="must be an address"):
        StrategySettings(landing_action=address)
    for fine in ("", "/told", "https://founder.example/told?x=1", "http://127.0.0.1:8000/told"):
        assert StrategySettings(landing_action=fine).landing_action == fine


@pytest.mark.parametrize(
    "page",
    [
        "<p onclick=x>",
        "<script>1</script>",
        "<a href=' java\tscript:1'>x</a>",
        "<style>p{}</style>",
        "<p style='color:red'>",
        "<svg><animate></svg>",
        "<a href='https://good.example@attack.example/'>x</a>",
        "<!-- --><meta http-equiv=refresh content='0;url=x'>",
    ],
)
def test_a_page_that_was_broken_into_is_noticed(page: str) -> None:
    assert list(page_faults(f"<!doctype html><body>{page}".encode()))


@pytest.mark.parametrize("start", [*sorted(FORMULA), "\t", "\uff1d", " \u200b=", "-1+"])
def test_a_formula_in_a_cell_is_noticed(start: str) -> None:
    assert list(table_faults(f'"fine","{start}x"\r\n'.encode()))
    assert not list(table_faults(b'"fine","-1.5e-3","\'=x"\r\n'))


@pytest.mark.parametrize("text", ["<b>", "![x](y)", "[x](javascript:1)", "https://attack.example", "www.a.example"])
def test_markup_in_markdown_is_noticed(text: str) -> None:
    assert list(markdown_faults(f"fine {text}".encode()))
    assert not list(markdown_faults(b"[fine](<https://good.example/>) \\<b\\>"))
