"""What a chat says that WhatsApp exported to text."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.records import Reading
from tests.forums.readers.payloads import read_payload

IPHONE = """\
[03/05/2022, 08:59:00] Ovens: \u200eMessages are end-to-end encrypted.
[03/05/2022, 09:00:00] Ann Oak: It is slow.
And loud.

Very.
\u200e[03/05/2022, 09:01:00] Bo: \u200eimage omitted
[14/05/2022, 09:02:00] Bo: Mine too. \u200e<This message was edited>
"""
ANDROID = """\
03/05/2022, 08:59 - Messages are end-to-end encrypted.
03/05/2022, 09:00 - Ann Oak: It is slow.
And loud.

Very.
03/05/2022, 09:01 - Bo: <Media omitted>
03/05/2022, 09:01 - Bo: IMG-1.jpg (file attached)
03/05/2022, 09:01 - Bo: This message was deleted
14/05/2022, 09:02 - Bo: Mine too. <This message was edited>
"""
GERMAN = """\
03.05.22, 09:00 - Ann Oak: It is slow.
And loud.

Very.
14.05.22, 09:02 - Bo: Mine too.
"""
AMERICAN = """\
[5/3/22, 9:00:00\u202fAM] Ann Oak: It is slow.
And loud.

Very.
[5/14/22, 9:02:00\u202fAM] Bo: Mine too.
"""


def read_chat(text: str) -> Reading:
    (reading,) = read_payload(text, "chat.txt")
    return reading


@pytest.mark.parametrize("chat", [IPHONE, ANDROID, GERMAN, AMERICAN])
def test_every_phone_writes_the_same_chat_its_own_way(chat: str) -> None:
    assert [(post.author, post.text, post.said_at) for post in read_chat(chat).posts] == [
        ("Ann Oak", "It is slow.\nAnd loud.\n\nVery.", datetime(2022, 5, 3, 9, 0, tzinfo=UTC)),
        ("Bo", "Mine too.", datetime(2022, 5, 14, 9, 2, tzinfo=UTC)),
    ]


def test_dates_that_can_be_read_two_ways_are_left_open() -> None:
    chat = "03/05/2022, 09:00 - Ann: It is slow.\n04/05/2022, 09:00 - Bo: Mine too.\n"
    assert [post.said_at for post in read_chat(chat).posts] == [None, None]


def test_a_chat_goes_forward_and_not_beyond_the_day_it_was_saved() -> None:
    forward = "01/05/2022, 09:00 - Ann: It is slow.\n02/04/2022, 09:00 - Bo: Mine too.\n"
    assert [post.said_at and post.said_at.month for post in read_chat(forward).posts] == [1, 2]
    saved_in_june = "03/05/2022, 09:00 - Ann: It is slow.\n03/07/2022, 09:00 - Bo: Mine too.\n"
    assert [post.said_at and post.said_at.day for post in read_chat(saved_in_june).posts] == [5, 7]


def test_a_chat_of_notices_is_refused() -> None:
    chat = "03/05/2022, 09:00 - Ann: <Media omitted>\n03/05/2022, 09:01 - Bo: <Media omitted>\n"
    with pytest.raises(UnreadableError, match="nobody says anything"):
        read_chat(chat)
