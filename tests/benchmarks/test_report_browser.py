"""How fast a large report opens and answers: Chromium's own clock, on a market of 40,000 posts."""

from __future__ import annotations

import os
import statistics
from pathlib import Path

import pytest

from overheard.report import render_report
from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.browser.test_pages_in_browser import kind_of, tab
from tests.report.make_market import make_market

pytestmark = pytest.mark.bench

POSTS, PAINS = 40_000, 160
MOST_BYTES = 1_500_000
ASKED = ("shed", "old gate lock", "number 12", "überl", "a", "giraffe")
"""Common and rare words, two and three of them, an accent, one letter, none found."""
PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  for (const one of list.getEntriesByName("first-contentful-paint")) done(one.startTime);
}).observe({ type: "paint", buffered: true }))"""
ANSWER = """(text) => new Promise((done) => {
  const field = document.getElementById("query");
  field.value = text;
  const asked = performance.now();
  field.dispatchEvent(new Event("input"));
  const worked = performance.now() - asked;
  requestAnimationFrame(() => setTimeout(() => done([worked, performance.now() - asked])));
})"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A report that is there already (OVERHEARD_REPORT), or one of a made market."""
    if known := os.environ.get("OVERHEARD_REPORT"):
        return Path(known)
    made = tmp_path_factory.mktemp("large")
    for name, content in render_report(make_market(POSTS, PAINS)).items():
        (made / name).write_bytes(content)
    return made


def largest_of_each_kind(folder: Path) -> list[Path]:
    largest: dict[str, Path] = {}
    for path in sorted(folder.glob("*.html"), key=lambda path: path.stat().st_size):
        largest[kind_of(path.name)] = path
    return [largest[kind] for kind in sorted(largest)]


def test_a_page_is_small_and_paints_at_once(browser, folder):  # noqa: F811
    print(f"\n{'page':<12}{'bytes':>12}{'first paint, ms':>18}{'loaded, ms':>12}")
    for path in largest_of_each_kind(folder):
        paints, loads = [], []
        for _ in range(5):
            with tab(browser) as page:
                page.goto(path.as_uri())
                paints.append(page.evaluate(PAINT))
                loads.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
        # The least, since others use the machine too.
        size, paint, load = path.stat().st_size, min(paints), min(loads)
        print(f"{kind_of(path.name):<12}{size:>12,}{paint:>18.0f}{load:>12.0f}")
        assert size < MOST_BYTES, path.name


def test_the_search_answers_within_a_tenth_of_a_second(browser, folder):  # noqa: F811
    print(f"\n{'asked':<16}{'found':>52}{'worked, ms':>12}{'seen, ms':>10}{'median':>8}")
    with tab(browser) as page:
        page.goto((folder / "search.html").as_uri())
        page.evaluate("new Promise((done) => requestIdleCallback(() => setTimeout(done)))")
        for text in ASKED:
            times = [page.evaluate(ANSWER, text) for _ in range(9)]
            worked, seen = (min(one) for one in zip(*times, strict=True))
            median = statistics.median(seen for _, seen in times)
            print(f"{text:<16}{page.locator('#count').inner_text():>52}{worked:>12.1f}{seen:>10.0f}{median:>8.0f}")
            # The least, since others use the machine too.
            assert seen < 100, text
