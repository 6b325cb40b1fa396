"""What can be found, and that what people wrote cannot leave the element it stands in."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.report import render_report
from overheard.report.search import entries, write
from overheard.report.search.write import script_json
from tests.report.make_findings import ADDRESS, NAMES, make_findings
from tests.report.make_market import make_market


def index_of(files):
    page = files["search.html"].decode()
    return json.loads(re.search(r'<script type="application/json" id="index">(.*?)</script>', page, re.DOTALL)[1])


def sentences_of(index):
    """Return (text, what it says, address)."""
    return [
        (text, index["said"][said][0], index["places"][place][2] + rest)
        for text, said, place, rest, _ in index["sentences"]
    ]


@pytest.fixture(scope="module")
def files():
    return render_report(make_findings())


@given(st.text() | st.sampled_from(["</script>", "<!--<script>", "\u2028&lt;", "\\u003c"]))
def test_no_text_ends_the_element_it_stands_in_and_every_text_comes_back(text):
    written = script_json([text])
    assert json.loads(written) == [text]
    assert not set("<>&\u2028\u2029") & set(written)


def test_every_sentence_found_is_in_its_post_behind_its_link(files):
    posts = {one.url: one.text for one in make_findings().utterances}
    found = sentences_of(index_of(files))
    assert len(found) > 10
    for text, _, address in found:
        assert all(part in posts[address] for part in text.split("[removed]")), text


def test_what_the_pages_hide_is_not_found(files):
    index = index_of(files)
    assert "swarm" not in json.dumps(index).lower()
    assert not [name for name in (*NAMES, ADDRESS, "released smart", "Turbo") if name in json.dumps(index)]
    assert {says for _, says, _ in sentences_of(index)} == {"hive log, notes, paper", "mite count, strips, wash"}


def test_every_name_leads_to_a_place_in_the_report():
    files = render_report(make_market())
    names = index_of(files)["names"]
    assert list(dict.fromkeys(kind for kind, *_ in names)) == ["segment", "pain", "word", "thread"]
    for _, text, _, _, file in names:
        page, _, anchor = file.partition("#")
        assert page in files, text
        assert not anchor or f'id="{anchor}"' in files[page].decode(), text


def test_of_more_than_there_is_room_for_each_pain_keeps_its_strongest_and_the_page_says_so(monkeypatch):
    market = make_market()
    monkeypatch.setattr(write, "MOST_BYTES", 6_000)
    monkeypatch.setattr(write, "MOST_NAME_BYTES", 2_000)
    files = render_report(market)
    index = index_of(files)
    assert len(json.dumps(index, ensure_ascii=False).encode()) < 7_000
    shown = {one["name"] for one in json.loads(files["report.json"])["pains"]}
    assert {says for _, says, _ in sentences_of(index)} >= shown
    page = files["search.html"].decode()
    assert "more have no room here" in page
    assert re.search(r"and \d+ sentences of \d+: the strongest of each pain", page)


def test_what_is_not_quoted_for_want_of_room_is_counted_all_the_same(monkeypatch):
    whole = index_of(render_report(make_market()))["sentences"]
    monkeypatch.setattr(entries, "MOST_SENTENCES", 7)
    files = render_report(make_market())
    # Places and pains are numbered as they come, so that the first ones have the same numbers.
    assert index_of(files)["sentences"] == whole[:7]
    assert f"and 7 sentences of {len(whole)}:" in files["search.html"].decode()


def test_an_endless_sentence_takes_no_room_from_the_others():
    clean = make_findings()
    first = next(one for one in clean.signals if one.kind == "pain")
    told = next(one for one in clean.utterances if one.utterance_id == first.utterance_id)
    endless = replace(told, text=told.text[: first.start] + "ow " * 5_000)
    utterances = [endless if one is told else one for one in clean.utterances]
    signals = [replace(first, end=len(endless.text))]
    signals += [one for one in clean.signals if one.utterance_id != told.utterance_id]
    found = sentences_of(index_of(render_report(make_findings(utterances=utterances, signals=signals, terms=[]))))
    assert len(found) > 10
    assert max(len(text) for text, *_ in found) == write.LONGEST_SENTENCE


def test_only_the_page_of_the_search_runs_a_script_and_only_ours(files):
    for name, content in files.items():
        if name.endswith(".html"):
            policy = re.search(r'Content-Security-Policy" content="([^"]+)"', content.decode())[1]
            assert "default-src &#39;none&#39;" in policy
            assert ("script-src &#39;sha256-" in policy) == (name == "search.html")
            assert content.count(b"<script") == (2 if name == "search.html" else 0)
