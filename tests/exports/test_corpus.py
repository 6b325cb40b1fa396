from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.exports.convokit import convokit_files
from overheard.exports.corpus import BLOCK, covered
from overheard.exports.flat import POSTS, SIGNALS, posts_rows, signals_rows
from overheard.exports.refi_qda import refi_qda_project
from tests.exports.make_corpus import make_corpus, make_found
from tests.report.make_findings import ADDRESS, NAMES
from tests.report.properties import PROPERTY

RECORDS = (
    *("documents", "utterances", "roles", "signals", "pains", "placements", "pain_groups"),
    *("segments", "memberships", "references"),
)


def written(corpus) -> bytes:
    """Return everything any export writes of a corpus."""
    rows = repr(posts_rows(corpus) + signals_rows(corpus)).encode()
    return b"".join(convokit_files(corpus).values()) + refi_qda_project(corpus) + rows


def test_a_covered_name_takes_no_place_from_what_follows() -> None:
    text = "Ask Orla Threlkeld, she knows."
    assert covered(text, [(4, 18)]) == f"Ask {BLOCK * 4} {BLOCK * 9}, she knows."


@PROPERTY
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_covering_keeps_the_length_and_shows_nothing_of_what_is_covered(text: str, pairs) -> None:
    spans = [(min(pair), min(max(pair), len(text))) for pair in pairs if min(pair) < len(text)]
    shown = covered(text, spans)
    assert len(shown) == len(text)
    hidden = {at for start, end in spans for at in range(start, end)}
    assert all(shown[at] == BLOCK or text[at].isspace() for at in hidden)
    assert all(shown[at] == text[at] or text[at] == "\0" for at in set(range(len(text))) - hidden)


@pytest.mark.parametrize("told", [*NAMES[:1], ADDRESS])
def test_names_and_contact_details_are_in_no_export_unless_asked_for(told: str) -> None:
    assert told.encode() not in written(make_corpus())
    assert told.encode() in written(make_corpus(blots=lambda _: []))


def test_the_file_of_an_interview_is_not_called_after_who_gave_it() -> None:
    documents = [replace(one, url="visits/Orla Threlkeld.vtt", title="visits/Orla Threlkeld.vtt")
                 for one in make_found().documents]  # fmt: skip
    assert b"Threlkeld" not in written(make_corpus(documents=documents))


def test_a_pain_or_a_segment_is_not_called_after_a_person() -> None:
    found = make_found()
    changes = {name: [replace(one, name=f"what {NAMES[0]} said") for one in getattr(found, name)]
               for name in ("pains", "pain_groups", "segments")}  # fmt: skip
    assert b"Threlkeld" not in written(make_corpus(**changes))


def test_the_order_of_records_does_not_matter() -> None:
    expected = written(make_corpus())
    found = make_found()
    shuffled = {name: random.Random(3).sample(rows := getattr(found, name), len(rows)) for name in RECORDS}
    assert written(make_corpus(**shuffled)) == expected


def test_a_market_of_which_nothing_is_known_yet_is_written_too() -> None:
    empty = dict.fromkeys(RECORDS, ())
    assert written(make_corpus(**empty))
    assert posts_rows(make_corpus(**empty)) == []


def test_every_post_and_every_signal_has_a_row() -> None:
    corpus, found = make_corpus(), make_found()
    posts = [dict(zip(POSTS, row, strict=True)) for row in posts_rows(corpus)]
    signals = [dict(zip(SIGNALS, row, strict=True)) for row in signals_rows(corpus)]
    assert {row["utterance_id"] for row in posts} == {one.utterance_id for one in found.utterances}
    assert {row["signal_id"] for row in signals} == {one.signal_id for one in found.signals}
    texts = {row["utterance_id"]: row["text"] for row in posts}
    assert all(texts[row["utterance_id"]][row["start"] : row["end"]] == row["text"] for row in signals)
    mine = next(row for row in posts if row["utterance_id"] == "paper-logs-0")
    assert (mine["segment"], mine["role"], mine["source"]) == (
        "hive logs · forgotten inspections",
        "customer",
        "apiary",
    )
    assert next(row["role"] for row in posts if row["person_id"] == "promo") == "promoter"
