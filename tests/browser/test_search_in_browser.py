"""The search, as somebody uses it who has only a keyboard, somebody in a hurry, and somebody who means harm."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import PAYLOAD
from tests.browser.test_pages_in_browser import tab

pytestmark = pytest.mark.slow


def search(page, folder, text):
    page.goto((folder / "search.html").as_uri())
    page.locator("#query").fill(text)


def names(page, heading):
    section = page.locator("#found section").filter(has=page.get_by_role("heading", name=heading, exact=True))
    return section.locator("li a.to").all_inner_texts()


def test_names_come_before_sentences_and_every_hit_is_marked(browser, sites):
    with tab(browser) as page:
        search(page, sites["market"], "shed key")
        assert page.locator("#found h2").all_inner_texts() == [
            "Segments",
            "Pains",
            "Words",
            "Threads",
            "What people said",
        ]
        assert names(page, "Pains") == ["old shed key"]
        assert re.match(r"1 segment, 1 pain, \d+ words?, .* sentences? found\.", page.locator("#count").inner_text())
        assert {mark.lower() for mark in page.locator("#found mark").all_inner_texts()} == {"shed", "key"}
        for said in page.locator(".said").all_inner_texts():
            assert "shed key" in said
        assert page.wrong == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SHED", True), ("she ke", True), ("key shed", True), ("hed", False), ("shed giraffe", False),
        ("shéd", True), ("  shed ... ", True), ("...", None),
    ],
)  # fmt: skip
def test_words_are_found_by_their_beginnings_whatever_their_case_accents_and_order(browser, sites, text, found):
    with tab(browser) as page:
        search(page, sites["market"], text)
        told = page.locator("#count").inner_text()
        assert told == "" if found is None else ("Nothing found" not in told) == found


def test_an_accent_nobody_types_is_found_and_marked_in_place(browser, sites, tmp_path):
    page_text = (sites["market"] / "search.html").read_text(encoding="utf-8")
    for told, text, marked in (
        ("old shed key", "uberl", "Überl"), ("old shed key", "STRASSE", "Straße"), ("old shed key", "漢字", "漢字"),
    ):  # fmt: skip
        changed = page_text.replace(
            told, {"uberl": "Überlinger", "STRASSE": "lange Straße", "漢字": "私の漢字です"}[text]
        )
        (tmp_path / "search.html").write_text(changed, encoding="utf-8")
        with tab(browser) as page:
            search(page, tmp_path, text)
            assert page.locator("#found mark").first.inner_text() == marked


def test_a_keyboard_is_enough(browser, sites):
    with tab(browser) as page:
        page.goto((sites["market"] / "search.html").as_uri())
        page.keyboard.type("gate")
        page.keyboard.press("ArrowDown")
        first = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") != first
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.id") == "query"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "query"
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/(pain|term|segment)-[^/]+\.html$"))
        page.go_back()
        assert page.locator("#query").input_value() == "gate"
        assert page.locator("#found li").count()
        page.locator("#query").press("Escape")
        assert page.locator("#found li").count() == 0


def test_every_place_the_search_leads_to_is_there(browser, sites):
    folder = sites["market"]
    with tab(browser) as page:
        search(page, folder, "o")
        links = {one.get_attribute("href") for one in page.locator("#found a").all()}
        search(page, folder, "people")
        links |= {one.get_attribute("href") for one in page.locator("#found a").all()}
    within = {link for link in links if not link.startswith("https://allotment.example/t/")}
    assert len(within) > 5
    for link in within:
        file, _, anchor = link.partition("#")
        assert not anchor or f'id="{anchor}"' in (folder / file).read_text(encoding="utf-8"), link


def test_what_people_wrote_stays_text(browser, sites):
    with tab(browser) as page:
        search(page, sites["hostile"], "script alert")
        assert page.locator("#found li").count() > 3
        assert page.locator("#found script, #found svg, #found style").count() == 0
        assert PAYLOAD.split()[0] in page.locator("#found li").first.inner_text()
        assert page.wrong == []


def test_without_script_the_page_says_so_and_hides_the_field(browser, sites):
    with tab(browser, java_script_enabled=False) as page:
        page.goto((sites["market"] / "search.html").as_uri())
        assert not page.locator("#query").is_visible()
        assert "needs the script" in page.locator("noscript").inner_text()


def test_how_many_were_found_is_told_to_those_who_only_hear(browser, sites):
    with tab(browser) as page:
        page.goto((sites["market"] / "search.html").as_uri())
        status = page.get_by_role("status")
        assert status.inner_text() == ""
        page.locator("#query").fill("giraffe")
        assert status.inner_text().startswith("Nothing found")
