"""Which messages are one conversation, and what in them is quoted."""

from datetime import UTC, datetime, timedelta

import pytest

from overheard.forums.conversations import Message, chat_quotes, readings_of

NINE = datetime(2022, 5, 3, 9, 0, tzinfo=UTC)


def make_message(key: str, minute: int | None = 0, **more: object) -> Message:
    values = {"text": f"words of {key}", "author": "ann", "said_at": None} | more
    if minute is not None:
        values["said_at"] = NINE + timedelta(minutes=minute)
    return Message(key, **values)  # type: ignore[arg-type]


def keys_of(*messages: Message) -> dict[str, list[str]]:
    return {reading.key: [post.key for post in reading.posts] for reading in readings_of(messages)}


def test_a_thread_is_a_conversation_of_its_own_and_the_rest_of_a_room_another() -> None:
    talks = keys_of(
        make_message("a", 0, room="kitchen"),
        make_message("b", 1, room="kitchen"),
        make_message("c", 2, room="kitchen", thread="a"),
        make_message("d", 3, room="cellar"),
    )
    assert talks == {"a": ["a", "c"], "kitchen": ["b"], "cellar": ["d"]}


def test_what_an_api_gives_newest_first_is_put_in_order() -> None:
    assert keys_of(make_message("b", 9), make_message("a", 1)) == {"": ["a", "b"]}


def test_messages_of_one_instant_stay_in_the_order_they_were_said() -> None:
    oldest_first = [make_message("a", 1), make_message("b", 2), make_message("c", 2)]
    assert keys_of(*oldest_first) == keys_of(*reversed(oldest_first)) == {"": ["a", "b", "c"]}


def test_a_message_without_a_time_stays_where_it_stood() -> None:
    assert keys_of(make_message("a", 1), make_message("b", None), make_message("c", 2)) == {"": ["a", "b", "c"]}


def test_a_message_told_twice_counts_once_as_it_was_told_last() -> None:
    (reading,) = readings_of([make_message("a", text="first wording"), make_message("a", text="second wording")])
    assert [post.text for post in reading.posts] == ["second wording"]


def test_messages_without_a_name_of_their_own_are_all_kept() -> None:
    (reading,) = readings_of([make_message("", text="yes"), make_message("", text="yes")])
    assert [post.position for post in reading.posts] == [0, 1]


def test_a_message_without_a_word_is_no_post() -> None:
    assert readings_of([make_message("a", text=" 👍 "), make_message("b", text="")]) == ()


def test_what_was_left_out_is_told_once() -> None:
    readings = readings_of([make_message("a", room="x"), make_message("b", room="y")], [(3, "cut off")])
    assert [reading.problems for reading in readings] == [((3, "cut off"),), ()]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("> it is slow\nMine too.", ["> it is slow"]),
        ("> one\n> two\n\n> three\nMine.", ["> one\n> two\n\n> three"]),
        (">one\nMine.", [">one"]),
        ("Mine >:( and yours", []),
        (">:( not again", []),
        (">_> hm", []),
        (">.<", []),
        ("5 > 4", []),
        ("", []),
    ],
)
def test_a_quoted_line_is_others_words_and_a_face_is_not(text: str, quoted: list[str]) -> None:
    assert [text[slice(*span)] for span in chat_quotes(text)] == quoted


def test_three_signs_quote_all_that_follows_where_the_chat_does_so() -> None:
    text = "Look:\n>>> it is slow\nand loud"
    assert [text[slice(*span)] for span in chat_quotes(text, rest=True)] == [">>> it is slow\nand loud"]
    assert [text[slice(*span)] for span in chat_quotes(text)] == [">>> it is slow"]
