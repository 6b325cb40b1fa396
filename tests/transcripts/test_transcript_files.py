"""Whatever a file holds, it is read or refused in one line; and no word of a conversation is lost on the way."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts import read_transcript

TALK = "Ada Müller: Ça va – “so so”?\nBo: Yes.\nAda Müller: Good.\nBo: Café.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_change_what_was_said(encoding: str, line_end: str) -> None:
    reading = read_transcript("talk.txt", TALK.replace("\n", line_end).encode(encoding))
    assert [post.author for post in reading.posts] == ["Ada Müller", "Bo"] * 2
    assert reading.posts[0].text == "Ça va – “so so”?"


def test_a_stray_zero_byte_does_not_cost_the_file() -> None:
    assert len(read_transcript("talk.txt", TALK.encode() + b"Bo: So long\0, and thanks" + b"!" * 100).posts) == 5


def test_utf_16_of_the_other_byte_order_is_read() -> None:
    assert len(read_transcript("talk.txt", b"\xfe\xff" + TALK.encode("utf-16-be")).posts) == 4


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\n", "is empty"),
        (b"PK\x03\x04 something", "is an archive, and no Word document"),
        (b"PK\x03\x04 word/document.xml", "is a damaged document"),
        (b"%PDF-1.7", "is a damaged PDF"),
        (b"\xd0\xcf\x11\xe0", "is an old word processor's document"),
        (b"{\\rtf1 Ada: Hi}", "is an old word processor's document"),
        (b'{"results": [{"speaker": "A"}]}', "is JSON in which no speech is found"),
        (b'[\n  {"speaker": "A"}\n]', "is JSON in which no speech is found"),
        (b'{"segments": [{"text": "Hi.", "start": 0,', "one.txt:1: is cut off or is no valid JSON"),
        pytest.param(b'[{"a":' * 100_000, "is JSON nested too deeply", id="deep"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "is JSON with a number of thousands of digits", id="digits"),
        pytest.param(b"Ada: Hi.\nBo: Yes.\n" * 150_000, "is a text of 2,700,000 characters", id="long"),
        pytest.param(b" " * 40_000_001, "is larger than any talk", id="large"),
        (b"<!DOCTYPE html><p>Ada: Hi</p>", "is an HTML page"),
        (b"a\0b\0c", "is not text"),
        (b"WEBVTT\n\nNOTE nothing here\n", "no turn found"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n\n", "no turn found"),
        (b"Once upon a time there was a harbour.\nIt had no boats.\n", "no turn found"),
        (b"Note: one thing.\nNote: another thing.\n", "no turn found"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line_that_names_the_file(body: bytes, what: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_transcript("talks/one.txt", body)
    assert str(refused.value).startswith("talks/one.txt:")
    assert what in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_text_in_utf_16_without_its_mark_is_read() -> None:
    assert len(read_transcript("talk.txt", TALK.replace("ü", "u").encode("utf-16-le")).posts) == 4


def test_marks_in_the_content_decide_and_the_ending_does_not() -> None:
    cues = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Hi.\n"
    assert read_transcript("talk.txt", cues).posts == read_transcript("talk.srt", cues).posts
    assert read_transcript("talk.vtt", TALK.encode()).posts[1].author == "Bo"


MARKS = (
    "WEBVTT|NOTE|00:00:01.000 --> 00:00:02.000|00:00:09,1 --&gt; 7|<v Ada>|</v>|Ada:|**Bo:**|[00:01]|Q 1:|Q 2:|Q 3:|"
    "Ida 0:03|\n|\n\n| |\r|>>|- |1|a|\\[1:2\\]|&#xD800;|-->|：|#"
)
PIECES = st.sampled_from(MARKS.split("|"))


@pytest.mark.slow
@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode())))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        reading = read_transcript("any", body)
    except UnreadableError as refused:
        assert str(refused).startswith("any: ")
        return
    lines = body.count(b"\n") + body.count(b"\r") + 1
    assert all(post.text.strip() and post.position == row for row, post in enumerate(reading.posts))
    assert all(1 <= line <= lines for line, _ in reading.problems)
    assert reading == read_transcript("any", body)


Turns = list[tuple[str, str]]


def make_webvtt(turns: Turns) -> str:
    return "WEBVTT\n\n" + "".join(
        f"{_times(row, '.')}\n<v {name}>{text}</v>\n\n" for row, (name, text) in enumerate(turns)
    )


def make_prefixed_webvtt(turns: Turns) -> str:
    return "WEBVTT\n\n" + "".join(f"{_times(row, '.')}\n{name}: {text}\n\n" for row, (name, text) in enumerate(turns))


def make_srt(turns: Turns) -> str:
    return "".join(f"{row + 1}\n{_times(row, ',')}\n{name}: {text}\n\n" for row, (name, text) in enumerate(turns))


def make_named(turns: Turns) -> str:
    return "".join(f"{name}: {text}\n" for name, text in turns)


def make_bold(turns: Turns) -> str:
    return "".join(f"**{name}:** {text}\n\n" for name, text in turns)


def make_otter(turns: Turns) -> str:
    return "".join(f"{name}  {row}:07  \n{text}\n\n" for row, (name, text) in enumerate(turns))


def make_timed(turns: Turns) -> str:
    return "".join(f"[00:{row:02d}:07] {name}: {text}\n" for row, (name, text) in enumerate(turns))


def _times(row: int, point: str) -> str:
    return f"00:{row:02d}:00{point}000 --> 00:{row:02d}:09{point}500"


NAMES = st.lists(
    st.sampled_from(
        ["Ada", "Bo Lind", "Çelik", "Interviewer", "P3", "Mary-Jane O'Hara", "Dr. Ruth van Dam", "张三", "Speaker 2"]
    ),
    min_size=2,
    max_size=2,
    unique=True,
)
WORDS = st.lists(
    st.text(st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=0x24F), min_size=1, max_size=8),
    min_size=1,
    max_size=12,
).map(lambda words: "so " + " ".join(words) + ", then.")


@pytest.mark.parametrize(
    "write", [make_webvtt, make_prefixed_webvtt, make_srt, make_named, make_bold, make_otter, make_timed]
)
@given(names=NAMES, texts=st.lists(WORDS, min_size=4, max_size=9))
@settings(max_examples=15, deadline=None)
def test_a_conversation_survives_being_written_down(
    write: Callable[[Turns], str], names: list[str], texts: list[str]
) -> None:
    turns = [(names[row % 2], text) for row, text in enumerate(texts)]
    reading: Reading = read_transcript("talk", write(turns).encode())
    assert [(post.author, post.text) for post in reading.posts] == turns
    assert reading.problems == ()
