"""Every kind of page, opened: nothing breaks, nothing leaves, nothing hangs over, and everybody gets everywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

WIDTHS = {1280: 900, 820: 1180, 390: 844}
SCHEMES = ("light", "dark")
SITES = ("market", "beekeepers", "eight", "threads", "hostile", "shareable", "landing")
TEMPLATES = resources.files("overheard.report") / "templates"
SHOTS = os.environ.get("OVERHEARD_SCREENSHOTS")
"""A folder to leave pictures in, for a person to look at."""
OVERHANG = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const over = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > wide + 1
    && !one.parentElement.closest(".scroll"));
  return [document.documentElement.scrollWidth, ...over.slice(0, 3).map((one) => one.outerHTML.slice(0, 120))];
}"""
FOCUSED = """() => {
  const one = document.activeElement, look = getComputedStyle(one);
  const ring = one.querySelector?.(".target");
  const seen = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0
    || ring && getComputedStyle(ring).stroke !== "none";
  return [one.tagName, one.getAttribute("href") ?? one.id, Boolean(seen)];
}"""


def kind_of(name: str) -> str:
    """segment-s1.html is a page of the kind segment."""
    return name.removesuffix(".html").partition("-")[0]


def some_of_each_kind(folder: Path, most: int = 2) -> list[Path]:
    chosen: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.html")):
        chosen.setdefault(kind_of(path.name), []).append(path)
    return [path for paths in chosen.values() for path in paths[:most]]


@contextmanager
def tab(browser, width: int = 1280, **more) -> Iterator:
    """A page that remembers what went wrong in it as `wrong`."""
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, reduced_motion="reduce", **more)
    page = context.new_page()
    page.wrong = []
    page.on(
        "console", lambda message: page.wrong.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("dialog", lambda dialog: (page.wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda one: None if one.url.startswith("file:") else page.wrong.append(one.url))
    yield page
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    bundled = pytest.importorskip("axe_playwright_python", reason="needs the extra dev")
    return (Path(bundled.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def test_every_kind_of_page_there_is_gets_opened(sites):
    kinds = {kind_of(path.name) for folder in sites.values() for path in folder.glob("*.html")}
    starts = ('{% extends "page.html" %}', "<!doctype html>")
    templates = [one for one in TEMPLATES.iterdir() if one.name.endswith(".html")]
    pages = {
        kind_of(one.name) for one in templates if any(start in one.read_text(encoding="utf-8") for start in starts)
    }
    assert kinds == pages - {"page", "shareable"}


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_opens_without_an_error_a_request_or_an_overhang(browser, sites, site, width):
    wrong = {}
    with tab(browser, width) as page:
        for path in some_of_each_kind(sites[site]):
            page.goto(path.as_uri())
            found = [*page.wrong, *page.evaluate(OVERHANG)]
            page.wrong.clear()
            if found:
                wrong[path.name] = found
            for scheme in SCHEMES if SHOTS else ():
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=Path(SHOTS) / f"{site}-{path.stem}-{width}-{scheme}.png", full_page=True)
    assert wrong == {}


@pytest.mark.parametrize("site", ("market", "beekeepers", "eight", "threads", "hostile", "shareable", "landing"))
def test_axe_finds_no_violation_by_day_or_by_night(browser, sites, axe, site):
    wrong = {}
    usual = {kind_of(path.name) for path in sites["market"].glob("*.html")}
    with tab(browser) as page:
        for path in some_of_each_kind(sites[site], 1):
            # Most of a minute goes into pages seen before.
            if site in ("beekeepers", "eight", "threads") and kind_of(path.name) in usual:
                continue
            page.goto(path.as_uri())
            page.evaluate(axe)
            for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
                page.emulate_media(color_scheme=scheme)
                result = page.evaluate("(rules) => axe.run(document, {resultTypes: ['violations'], ...rules})", rules)
                for one in result["violations"]:
                    wrong[path.name, scheme, one["id"]] = [node["html"][:160] for node in one["nodes"]][:3]
    assert wrong == {}


def test_the_keyboard_reaches_the_content_the_search_and_a_segment_and_is_seen_there(browser, sites):
    with tab(browser) as page:
        page.goto((sites["market"] / "index.html").as_uri())
        reached = []
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
    addresses = [address for _, address, _ in reached]
    assert addresses[:2] == ["#main", "search.html"]
    assert any(re.fullmatch(r"segment-.*\.html", address or "") for address in addresses)
    assert [one for one in reached if not one[2]] == []


def test_the_keyboard_is_seen_on_every_kind_of_page(browser, sites):
    unseen = []
    with tab(browser) as page:
        for path in some_of_each_kind(sites["market"], 1):
            page.goto(path.as_uri())
            for _ in range(25):
                page.keyboard.press("Tab")
                tag, address, seen = page.evaluate(FOCUSED)
                if tag != "BODY" and not seen:
                    unseen.append((path.name, tag, address))
    assert unseen == []


def test_on_paper_there_is_no_navigation_and_a_link_tells_its_address(browser, sites):
    with tab(browser) as page:
        page.emulate_media(media="print")
        for path in some_of_each_kind(sites["market"], 1):
            page.goto(path.as_uri())
            assert not page.locator("nav, .to-search, .skip").filter(visible=True).count(), path.name
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
                "rgb(255, 255, 255)",
                "rgba(0, 0, 0, 0)",
            )
        page.goto((sites["beekeepers"] / "index.html").as_uri())
        address = page.evaluate("getComputedStyle(document.querySelector('.origin a'), '::after').content")
        assert "attr(href)" in address or "https://" in address


def test_the_map_shows_a_quote_when_pointed_at_and_when_focused(browser, sites):
    with tab(browser) as page:
        page.goto((sites["market"] / "map.html").as_uri())
        links = page.locator("svg.map a")
        tips = page.locator("svg.map .tip")
        assert links.count() == tips.count() > 5
        assert not tips.nth(0).is_visible()
        links.nth(0).locator(".target").hover()
        assert tips.nth(0).is_visible()
        assert "number" in tips.nth(0).inner_text()
        page.mouse.move(0, 0)
        links.nth(1).focus()
        page.keyboard.press("Tab")
        assert tips.nth(2).is_visible()
        box, sheet = tips.nth(2).bounding_box(), page.locator("svg.map").bounding_box()
        assert sheet["x"] <= box["x"]
        assert box["x"] + box["width"] <= sheet["x"] + sheet["width"]
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/pain-[^/]+\.html$"))
