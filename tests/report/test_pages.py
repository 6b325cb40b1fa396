import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from overheard.records import Document, GroupEvent, Skip
from overheard.report import render_report
from tests.report.make_findings import ADDRESS, NAMES, NIGHT, blots_of, make_findings, make_settings
from tests.report.reading import Page, pages_of

PAYLOADS = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x=\"",
    "' onfocus='alert(1)' autofocus='",
    "<svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% include 'page.html' %}",
    "--><iframe srcdoc='<script>alert(1)</script>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<b onclick=alert(1)>\u2066",
    "<math><mtext></p><style><img src onerror=alert(1)>",
)  # fmt: skip


@pytest.fixture(scope="module")
def files():
    return render_report(make_findings())


def poison(payload):
    """Put a payload into every field that reaches a page."""
    clean = make_findings()
    documents = [
        Document(one.document_id, one.source + payload, payload, one.title + payload, one.started_at)
        for one in clean.documents
    ]
    utterances = [
        replace(one, text=one.text + payload, url=payload if at % 2 else f"https://a.example/{payload}")
        for at, one in enumerate(clean.utterances)
    ]
    texts = {one.utterance_id: one.text for one in utterances}
    return make_findings(
        report_id=payload,
        settings=make_settings(market={"name": payload, "brief": payload}),
        documents=documents,
        utterances=utterances,
        signals=[replace(one, end=len(texts[one.utterance_id])) for one in clean.signals],
        pains=[replace(one, name=payload + one.pain_id, words=(payload,)) for one in clean.pains],
        pain_events=[GroupEvent(NIGHT, "log", payload, payload)],
        segments=[replace(one, name=payload) for one in clean.segments],
        segment_events=[GroupEvent(NIGHT, "gone", payload, payload)],
        terms=[replace(one, text=payload + one.text) for one in clean.terms],
        skips=[Skip(payload, payload, payload, payload)],
        blots=lambda text: [],
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_anybody_wrote_becomes_markup(payload, files):
    known = {name: [(tag, *attributes) for tag, attributes in page.tags] for name, page in pages_of(files).items()}
    vocabulary = {entry for entries in known.values() for entry in entries}
    for name, page in pages_of(render_report(poison(payload))).items():
        assert len(page.all("script")) == (2 if name == "search.html" else 0)
        for tag, attributes in page.tags:
            assert tag not in {"iframe", "object", "embed", "base", "form", "img", "b onclick"}
            # Only the search has scripts: the two of ours, whatever anybody wrote.
            assert tag != "script" or name == "search.html"
            assert not [key for key in attributes if key.startswith("on") or key in {"style", "srcdoc", "autofocus"}]
            for value in attributes.values():
                assert not re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE)
            assert (tag, *attributes) in vocabulary | {("p", "class"), ("a", "href", "rel")}, (name, tag)
        assert page.style.count("{") == page.style.count("}")
        assert " ".join(payload.split()) in page.words


def light(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_daylight_and_at_night(scheme, files):
    """Contrast of at least 4.5 (AA) for every pair of ink and paper."""
    style = pages_of(files)["index.html"].style
    found = re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", style)
    half = len(found) // 2
    colours = dict(found[:half] if scheme == "light" else found[half:])
    for ink, paper in (
        ("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("ink", "faint"), ("soft", "faint"), ("ink", "mark"),
        ("good", "good-paper"), ("warn", "warn-paper"), ("bad", "bad-paper"),
    ):  # fmt: skip
        low, high = sorted((light(colours[ink]), light(colours[paper])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, paper)


def test_a_poisoned_id_makes_no_path():
    segments = [replace(one, segment_id="../../" + one.segment_id) for one in make_findings().segments]
    memberships = [
        replace(one, segment_id=one.segment_id and "../../" + one.segment_id) for one in make_findings().memberships
    ]
    files = render_report(make_findings(segments=segments, memberships=memberships))
    assert len([name for name in files if name.startswith("segment-")]) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in files)


def test_every_attribute_is_quoted(files):
    for name, content in files.items():
        if name.endswith(".html"):
            for tag in re.findall(r"<[a-z][^>]*>", re.sub(r"(?s)<style>.*?</style>", "", content.decode())):
                assert re.fullmatch(r"<[a-z0-9]+(\s+[a-zA-Z-]+(=\"[^\"<]*\")?)*\s*>", tag), tag


def test_the_policy_lets_in_our_style_and_nothing_else(files):
    for name, page in pages_of(files).items():
        digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        policy = next(one["content"] for one in page.all("meta") if "http-equiv" in one)
        scripts = re.findall(r"<script>(.*?)</script>", files[name].decode(), re.DOTALL)
        named = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
        allowed = "".join(f" script-src 'sha256-{one}';" for one in named)
        assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';{allowed} img-src data:")
        assert len(named) == (1 if name == "search.html" else 0)
        # Beside the script stands its index, which is data and does not run.
        kinds = {one.get("type") for one in page.all("script")}
        assert kinds == ({None, "application/json"} if name == "search.html" else set())
        assert len(page.all("script")) == len(kinds)
        assert page.all("link") == []
        assert "url(" not in page.style


def test_every_link_goes_to_the_web_or_to_a_file_of_the_report(files):
    for page in pages_of(files).values():
        anchors = {attributes["id"] for _, attributes in page.tags if attributes.get("id")}
        for link in page.all("a"):
            if link["href"].startswith("#"):
                assert link["href"][1:] in anchors
            elif "://" in link["href"]:
                assert link["rel"] == "noopener noreferrer nofollow"
            else:
                assert link["href"].split("#")[0] in files


def test_links_between_pages_arrive(files):
    pages = pages_of(files)
    for link in pages["index.html"].all("a"):
        name, _, anchor = link["href"].partition("#")
        if anchor and name in pages:
            assert anchor in {attributes.get("id") for _, attributes in pages[name].tags}


def test_ids_are_unique_on_a_page(files):
    for page in pages_of(files).values():
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(ids) == len(set(ids))


def test_headings_go_down_one_step_at_a_time(files):
    for page in pages_of(files).values():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_reader_without_a_mouse_or_eyes_finds_the_way(files):
    for page in pages_of(files).values():
        first = page.all("a")[0]
        assert first == {"class": "skip", "href": "#main"}
        assert [one["id"] for one in page.all("main")] == ["main"]
        assert all(one.get("scope") in {"col", "row"} for one in page.all("th"))
        assert len(page.all("caption")) == len(page.all("table"))
        assert page.all("html")[0]["lang"] == "en"


def test_nobody_is_named_and_no_address_is_shown(files):
    ids = {one.person_id for one in make_findings().utterances}
    for content in files.values():
        text = content.decode()
        assert not [name for name in (*NAMES, ADDRESS) if name in text]
        assert not [person for person in ids if person.startswith("p") and re.search(rf"\b{person}\b", text)]


def test_every_quote_is_in_its_source(files):
    texts = [one.text for one in make_findings().utterances]
    quotes = [quote for page in pages_of(files).values() for quote in page.quotes]
    assert len(quotes) > 10
    for quote in quotes:
        parts = quote.split("[removed]")
        assert any(all(part in text for part in parts) for text in texts), quote


def test_the_quotes_of_a_pain_are_of_distinct_people(files):
    speaker = {}
    for one in make_findings().signals:
        text = next(row.text for row in make_findings().utterances if row.utterance_id == one.utterance_id)
        speaker[text[one.start : one.end].replace(NAMES[0], "[removed]")] = one.person_id
    page = files["segment-seg-log.html"].decode()
    pains = page[page.index('<ol class="pains">') :].partition("</ol>")[0]
    people = [speaker[quote] for quote in Page(f"<div>{pains}</ol></div>").quotes]
    assert 3 <= len(people) == len(set(people)) <= 5


def test_a_file_is_named_but_not_clickable():
    clean = make_findings()
    utterances = [replace(one, url="visits/orla.vtt" if one.document_id == "paper-logs" else one.url)
                  for one in clean.utterances]  # fmt: skip
    page = pages_of(render_report(make_findings(utterances=utterances)))["segment-seg-log.html"]
    assert "visits/orla.vtt" in page.words
    assert not [link for link in page.all("a") if "visits" in link["href"]]


def test_a_name_in_a_path_a_title_or_a_pain_is_blotted():
    clean = make_findings()
    changed = make_findings(
        documents=[replace(one, title="About hivemind_hal") for one in clean.documents],
        utterances=[replace(one, url="visits/hivemind_hal.vtt") for one in clean.utterances],
        pains=[replace(one, name="hivemind_hal, notes", words=("hivemind_hal",)) for one in clean.pains],
        segments=[replace(one, name="hivemind_hal fans") for one in clean.segments],
        terms=[replace(one, text="hivemind_hal") for one in clean.terms],
        skips=[Skip("read", "visits", "visits/hivemind_hal.vtt", "hivemind_hal is unreadable")],
        blots=blots_of(*NAMES, ADDRESS),
    )
    for name, content in render_report(changed).items():
        assert b"hivemind_hal" not in content, name


def test_a_segment_without_a_name_is_called_after_its_pains(files):
    assert pages_of(files)["segment-seg-mites.html"].words.startswith("Mite count, strips, wash: Keeping bees")
