"""Somebody's words are found again wherever they stand, and nothing else is."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.privacy import Surroundings, Traces, is_blotted, traces_of
from overheard.privacy.words import plain_words, runs_of

KEY = b"k" * 32
TEXT = "Our Zephyrian kiln café cracked twice before lunch on Monday, and nobody called back."
ORDINARY = frozenset(("cracked", "twice", "before", "lunch", "monday", "nobody", "called", "thanks", "works"))


def traces(names: tuple[str, ...] = ("Odalys Brightwater",), others: tuple[str, ...] = ()) -> Traces:
    return traces_of(KEY, names, [TEXT, "Works now, thanks!", "Ok."], Surroundings(others, ["Bob"], ORDINARY))


def found(text: str, search: Traces | None = None) -> str:
    return " ".join(text[start:end] for start, end in (search or traces()).find(text))


@pytest.mark.parametrize(
    "written",
    [
        TEXT,
        TEXT.upper(),
        f"> {TEXT}",
        html.escape(TEXT).replace("é", "&eacute;"),
        TEXT.replace("café", "caf&#233;"),
        TEXT.replace("kiln", "<b>kiln</b>").replace("twice", '<a href="https://x.example/y">twice</a>'),
        json.dumps({"cooked": f"<p>{TEXT}</p>"}),
        json.dumps(json.dumps(TEXT)),
        TEXT.replace("kiln", "\\u003cb\\u003ekiln\\u003c/b\\u003e"),
        TEXT.replace("é", "=C3=A9").replace("Monday", "Mon=\r\nday"),
        quote(TEXT),
        f'<meta content="{TEXT}">',
        TEXT.replace(" ", "\n"),
        f'"a","{TEXT}","b"',
    ],
)
def test_a_text_is_found_however_a_format_writes_it(written: str) -> None:
    left = plain_words(traces().blot(written))
    assert not {"zephyrian", "cracked", "nobody", "lunch"} & set(left)
    assert len(traces().blot(written)) == len(written)


def test_a_quoted_part_is_found_and_what_stands_around_it_stays() -> None:
    said = f"You wrote “{TEXT[18:60]}” so I agree with you."
    assert traces().blot(said).startswith("You wrote “")
    assert traces().blot(said).endswith("” so I agree with you.")
    assert "cracked" not in traces().blot(said)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cracked twice before lunch? Mine too.", ""),
        ("My kiln cracked twice. Nobody called.", ""),
        ("Ok.", ""),
        ("works now thanks", "works now thanks"),
        ("the Zephyrians", ""),
        ("zephyrian glaze", "zephyrian"),
        ("as odalys said", "odalys"),
        ("https://f.example/u/odalys_brightwater/7", "odalys brightwater"),
        ("/u/odalysbrightwater", "odalysbrightwater"),
        ("cracked-twice-before-lunch-on-monday", ""),
        ("cracked twice before lunch on Monday", "cracked twice before lunch on Monday"),
    ],
)
def test_pieces_by_which_somebody_can_be_told_are_found_and_nothing_else(text: str, told: str) -> None:
    assert found(text) == told


def test_what_others_say_too_is_nobodys_own() -> None:
    others = ("It cracked twice before lunch on Monday here as well, says the Zephyrian manual.",)
    assert found("cracked twice before lunch on Monday", traces(others=others)) == ""
    assert found("Zephyrian", traces(others=others)) == ""
    assert found("on Monday, and nobody called back", traces(others=others)) != ""


@pytest.mark.parametrize("name", ["Sam", "gardener"])
def test_a_name_that_is_short_or_others_words_too_is_not_looked_for(name: str) -> None:
    around = Surroundings(["The gardener came."], [], ORDINARY | {"gardener"})
    search = traces_of(KEY, [name], [], around)
    assert search.find(f"Thanks {name}, gardener") == []


def test_a_name_shared_with_somebody_else_is_found_only_whole() -> None:
    search = traces_of(KEY, ["Odalys Brightwater"], [], Surroundings([], ["Odalys Finch"], ORDINARY))
    assert found("Odalys Finch asks Odalys Brightwater", search) == "Odalys Brightwater"


def test_without_the_first_words_a_search_finds_the_same() -> None:
    whole = traces()
    kept = Traces(KEY, whole.said, whole.names)
    for text in (TEXT, f"<p>{TEXT}</p> as Odalys said", "nothing of theirs"):
        assert kept.find(text) == whole.find(text)


def test_without_the_key_nothing_is_found_and_nothing_can_be_read() -> None:
    whole = traces()
    assert Traces(b"x" * 32, whole.said, whole.names).find(TEXT) == []
    kept = repr((whole.said, whole.names)).lower()
    assert not any(word in kept for word in plain_words(TEXT) if len(word) > 4)


@given(st.text(max_size=300))
def test_blotting_moves_nothing_and_leaves_nothing_to_blot(text: str) -> None:
    search = traces_of(KEY, ["ann example"], [text], Surroundings([], [], ()))
    blotted = search.blot(text)
    assert len(blotted) == len(text)
    assert search.find(blotted) == []


@given(st.text(max_size=300))
def test_words_lie_in_order_within_the_text(text: str) -> None:
    for run in runs_of(text):
        assert all(0 <= word.start < word.end <= len(text) for word in run)
        assert [word.start for word in run] == sorted(word.start for word in run)


@pytest.mark.parametrize("text", ["*** *****, **.", "*"])
def test_what_is_only_blots_is_nobodys_name(text: str) -> None:
    assert is_blotted(text)
    assert not is_blotted("Ann *")


@pytest.mark.slow
def test_a_long_hostile_text_is_searched_in_linear_time() -> None:
    import time

    for text in (
        "<" * 400_000,
        "&lt;" * 200_000,
        "\\u003c" * 150_000,
        "%41" * 200_000,
        "a=\r\n" * 150_000,
        "&" * 400_000,
    ):
        started = time.perf_counter()
        traces().find(text)
        assert time.perf_counter() - started < 8
