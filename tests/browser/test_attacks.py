"""Every attack in every field, opened: nothing runs and nothing is asked for, with the pages' policy and without it.

Sixteen attacks are in a page at a time, and its pages lie side by side in frames, each a document of its own: opened
one by one they would take hours. None can hide another: whatever becomes an element, an attribute or a comment is told.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.security.attacks import FAMILIES, HOST, RUN, batches
from tests.security.poisoned import pages_of, poisoned_sites

pytestmark = pytest.mark.slow

POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
SECONDS = 120
BATCH = 16


def pages_with(attacks: Sequence[str]) -> dict[str, bytes]:
    """One page of each kind there is, and each again without its policy, which would hide what escaping let through."""
    pages: dict[str, bytes] = {}
    for site, files in poisoned_sites(attacks).items():
        for name, content in pages_of(files):
            kind = name.removesuffix(".html") if site == "landing" else name.removesuffix(".html").partition("-")[0]
            kind = site if site == "shareable" else kind
            if f"served.{kind}.html" not in pages:
                assert len(POLICY.findall(content)) == 1, name
                pages |= {f"served.{kind}.html": content, f"bare.{kind}.html": POLICY.sub(b"", content)}
    return pages


def look_at(browser, folder: Path, pages: Mapping[str, bytes], *words: str) -> tuple[list[str], list[str]]:
    """Open pages in frames; return what was wrong in them, and in which the search found something."""
    for name, content in pages.items():
        (folder / name).write_bytes(content)
    frames = "".join(f'<iframe src="{name}" width=300 height=200></iframe>' for name in pages)
    (folder / "all.html").write_text(f"<!doctype html>{frames}", encoding="utf-8")
    context = browser.new_context()
    wrong: list[str] = []
    looked: dict[str, bool] = {}

    def tell(path: str, found: list[str], is_searched: bool) -> None:
        looked[Path(path).name] = is_searched
        wrong.extend(f"{Path(path).name}: {one}" for one in found)

    context.expose_function("tellLooked", tell)
    context.expose_function("tellAttacked", lambda path: wrong.append(f"{path}: a script ran"))
    context.add_init_script(f"({LOOK})({json.dumps(words)})")
    page = context.new_page()
    page.on("dialog", lambda one: (wrong.append(f"said {one.message}"), one.dismiss()))
    page.on("download", lambda one: wrong.append(f"loaded {one.url}"))
    context.on("page", lambda one: wrong.append(f"opened {one.url}"))
    # What is not a file beside the page is told, and stopped.
    context.on("request", lambda one: None if one.url.startswith("file:") else wrong.append(f"asked {one.url}"))
    context.route(re.compile(r"^(?!file:)"), lambda route: route.abort())
    page.goto((folder / "all.html").as_uri(), timeout=SECONDS * 1000)
    ends_at = time.monotonic() + SECONDS
    while len(looked) < len(pages) and time.monotonic() < ends_at:
        page.wait_for_timeout(20)
    context.close()
    wrong += [f"{name}: was not opened" for name in sorted(set(pages) - set(looked))]
    return wrong, [name for name, is_searched in looked.items() if is_searched]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_attack_of_a_family_runs_or_asks_for_anything(browser, tmp_path, family):
    for at, batch in enumerate(batches(family, BATCH)):
        folder = tmp_path / str(at)
        folder.mkdir()
        wrong, searched = look_at(browser, folder, pages_with(batch), "hive", *batch)
        assert wrong == []
        assert len(searched) == 2, "the search finds the poisoned sentences, with its policy and without it"


def test_every_kind_of_page_is_among_those_opened():
    kinds = {name.split(".")[1].partition("-")[0] for name in pages_with(["x"])}
    assert kinds == {
        "affinity", "drafts", "index", "landing", "levels", "map", "method", "nights", "pain", "search", "segment",
        "shareable", "sheet", "sheets", "term",
    }  # fmt: skip


BREAKS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src='{HOST}/seen.png'>",
    f"<svg onload={RUN}>",
    f"<a href=javascript:{RUN}>x</a>",
    "<script>alert(1)</script>",
    "<p style='color:red'>",
    "<!--",
)


@pytest.mark.parametrize("markup", BREAKS)
def test_a_page_that_lets_an_attack_through_is_found_out(browser, tmp_path, markup):
    wrong, _ = look_at(browser, tmp_path, {"a.html": f"<!doctype html><title>x</title><p>{markup}".encode()})
    assert wrong
