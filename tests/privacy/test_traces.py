"""Somebody's words are found again wherever they stand, and nothing else is."""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from email.message import EmailMessage
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


def mail(text: str) -> str:
    message = EmailMessage()
    message["Subject"] = "About bowls"
    message.set_content("Nothing of it.")
    message.add_attachment(text.encode(), maintype="text", subtype="plain", filename="note.txt")
    return message.as_string()


def packed(text: str) -> str:
    return b64encode(text.encode()).decode()


PACKINGS = {
    "base64": packed,
    "base64 for addresses": lambda text: urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "a data address in a page": lambda text: f'<img alt="a" src="data:text/plain;base64,{packed(text)}">',
    "a field of JSON": lambda text: json.dumps({"a": {"body": packed(text)}}),
    "JSON that escapes slashes": lambda text: json.dumps({"body": packed(text)}).replace("/", "\\/"),
    "JSON that escapes plus and equals": lambda text: packed(text).replace("+", "\\u002b").replace("=", "\\u003d"),
    "a query of an address": lambda text: f"https://f.example/a?state={quote(packed(text))}&b=1",
    "a path of an address": lambda text: f"https://f.example/redirects/{packed(text)}/next",
    "a mail's attachment": mail,
    "a mail in JSON": lambda text: json.dumps({"raw": mail(text)}),
    "a mail of old machines": lambda text: mail(text).replace("\n", "\r\n"),
    "base64 in base64": lambda text: packed(f'{{"body": "{packed(text)}"}}'),
    "a page in base64": lambda text: packed("<p>" + html.escape(text).replace(" ", "&nbsp;") + "</p>"),
    "percent": lambda text: "?said=" + "".join(f"%{byte:02x}" for byte in text.encode()),
    "percent twice": lambda text: quote(quote(text)),
    "a page in percent": lambda text: "data:text/html," + quote(f"<p>{text.replace(' ', ' <b></b>')}</p>"),
    "entities": lambda text: "".join(f"&#{ord(one)};" for one in text),
    "entities in sixteens": lambda text: "".join(f"&#x{ord(one):X};" for one in text),
    "entities twice": lambda text: html.escape("".join(f"&#{ord(one)};" for one in text)),
    "a page escaped twice": lambda text: html.escape(html.escape(text.replace(" ", " <i></i>"))),
    "JSON's numbers": lambda text: "".join(f"\\u{ord(one):04x}" for one in text),
    "JSON in JSON's numbers": lambda text: json.dumps("".join(f"\\u{ord(one):04X}" for one in text)),
}
"""How a needle is packed; what is packed by the standard library is packed as its users pack it."""
NEEDLES = ("Odalys Brightwater", "zephyrian", "kiln café cracked twice before", TEXT + " " + TEXT)


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("needle", NEEDLES)
def test_a_needle_is_found_in_every_packing_and_blotted_out_of_it(packing: str, needle: str) -> None:
    for before, after in (("", ""), ("A word\nbefore: ", "\n\nand one after."), ('{"x":"', '","y":2}')):
        text = before + PACKINGS[packing](needle) + after
        assert traces().find(text)
        blotted = traces().blot(text)
        assert len(blotted) == len(text) and not traces().find(blotted)
        assert blotted.startswith(before) and blotted.endswith(after)
        other = before + PACKINGS[packing]("Nothing that anybody would know somebody by, said at length.") + after
        assert traces().find(other) == []


def test_of_a_mailbox_only_the_mail_of_the_forgotten_is_blotted() -> None:
    other = mail("My own shelf came bent, and I drove for two hours to have it swapped for a straight one.")
    box = f"From a\n{mail(TEXT)}\nFrom b\n{other}\n"
    assert traces().blot(box).endswith(f"\nFrom b\n{other}\n")


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 5))
def test_base64_is_found_whatever_stands_around_it(before: str, after: str, joints: int) -> None:
    text = f"{before}{'/' * joints} {packed('thanks ' + 'Odalys Brightwater')} {after}"
    assert traces().find(text)


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
        "%3ca" * 100_000,
        "A/" * 200_000,
        "\\/" * 200_000,
        ("A" * 60 + "\n") * 6_000,
        "dGV4dHRleHQ/" * 30_000,
    ):
        started = time.perf_counter()
        traces().find(text)
        assert time.perf_counter() - started < 8
