"""What a whole export of Slack says, zipped as Slack gives it."""

import io
import json
import zipfile

import pytest

from overheard.errors import UnreadableError
from overheard.records import Reading
from tests.forums.readers.payloads import read_payload

USERS = [{"id": "U1", "name": "ann", "profile": {"display_name": "Ann"}}, {"id": "U2", "name": "bo", "profile": {}}]
CHANNELS = [{"id": "C1", "name": "kitchen"}]


def say(ts: str, text: str, user: str = "U1", **more: object) -> dict[str, object]:
    return {"type": "message", "ts": ts, "text": text, "user": user} | more


def pack(files: dict[str, object]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in files.items():
            archive.writestr(name, value if isinstance(value, bytes) else json.dumps(value))
    return out.getvalue()


def read_export(files: dict[str, object]) -> tuple[Reading, ...]:
    return read_payload(pack({"users.json": USERS, "channels.json": CHANNELS} | files), "export.zip")


def test_a_channel_is_one_conversation_over_all_its_days() -> None:
    (reading,) = read_export(
        {
            "kitchen/2022-05-04.json": [say("1651654800.000100", "<@U1> mine too, in <#C1>", "U2")],
            "kitchen/2022-05-03.json": [say("1651568400.000100", "The oven is slow.")],
        }
    )
    assert (reading.key, reading.title) == ("C1", "kitchen")
    assert [(post.author, post.text) for post in reading.posts] == [
        ("Ann", "The oven is slow."),
        ("bo", "@Ann mine too, in #kitchen"),
    ]


def test_a_thread_that_goes_on_the_next_day_is_one_conversation() -> None:
    begun = "1651568400.000100"
    (reading,) = read_export(
        {
            "kitchen/2022-05-03.json": [say(begun, "The oven is slow.", thread_ts=begun)],
            "kitchen/2022-05-04.json": [
                say("1651654800.000100", "Mine too.", "U2", thread_ts=begun, parent_user_id="U1")
            ],
        }
    )
    assert (reading.key, len(reading.posts)) == (begun, 2)


def test_two_exports_that_overlap_call_their_messages_the_same() -> None:
    day = [say("1651568400.000100", "The oven is slow.")]
    (first,) = read_export({"kitchen/2022-05-03.json": day})
    second = read_export(
        {"export/kitchen/2022-05-03.json": day, "kitchen/2022-05-04.json": [say("1651654800.1", "Yes.")]}
    )
    assert first.posts[0].key in {post.key for reading in second for post in reading.posts}


def test_private_talks_are_told_by_their_id() -> None:
    (reading,) = read_export(
        {
            "dms.json": [{"id": "D1", "members": ["U1", "U2"]}],
            "D1/2022-05-03.json": [say("1651568400.000100", "Hello.")],
        }
    )
    assert (reading.key, reading.title) == ("D1", "D1")


def test_a_damaged_day_is_left_out_and_told() -> None:
    (reading,) = read_export(
        {"kitchen/2022-05-03.json": b"[{", "kitchen/2022-05-04.json": [say("1651654800.000100", "Yes.")]}
    )
    assert [post.text for post in reading.posts] == ["Yes."]
    ((line, what),) = reading.problems
    assert line == 0
    assert "kitchen/2022-05-03.json" in what


def test_a_small_archive_that_unpacks_to_a_large_one_is_read_to_a_limit() -> None:
    bomb = b"[" + b" " * 6_000_000 + b"]"
    days = {f"kitchen/2022-05-{day:02}.json": bomb for day in range(3, 6)}
    (reading,) = read_export({"kitchen/2022-05-01.json": [say("1651568400.000100", "The oven is slow.")]} | days)
    assert len(reading.posts) == 1
    assert any("too large" in what for _, what in reading.problems)


@pytest.mark.parametrize(
    "body",
    [
        pack({"users.json": USERS, "kitchen/2022-05-03.json": []}),
        pack({"word/document.xml": b"<w:document/>"}),
        pack({"users.json": USERS, "kitchen/2022-05-03.json": [say("1651568400.000100", "x")]})[:-30],
        b"PK\x03\x04 and nothing more",
    ],
)
def test_an_archive_without_messages_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_payload(body, "export.zip")
