"""What Discord's channels say, exported to JSON or as the API answers."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.forums.readers.discord_json import instant_of_id
from overheard.records import Post, Reading
from tests.forums.readers.payloads import not_own_words, read_payload

Row = dict[str, object]
ANN = {"id": "200000000000000001", "name": "ann.oak", "nickname": "Ann", "isBot": False}
FIRST, SECOND = "970972987392000000", "970973239050240000"


def row(key: str = FIRST, content: str = "The oven is slow.", **more: object) -> Row:
    return {
        "id": key,
        "type": "Default",
        "timestamp": "2022-05-03T11:00:00+02:00",
        "content": content,
        "author": ANN,
    } | more


def read_export(*rows: Row, guild: str = "300000000000000001") -> tuple[Reading, ...]:
    channel = {"id": "400000000000000001", "type": "GuildTextChat", "category": "Help", "name": "ovens"}
    return read_payload({"guild": {"id": guild, "name": "Bakers"}, "channel": channel, "messages": list(rows)})


def only_post(*rows: Row) -> Post:
    ((post,),) = [reading.posts for reading in read_export(*rows)]
    return post


def test_a_channel_is_read_with_names_dates_and_links() -> None:
    (reading,) = read_export(row())
    (post,) = reading.posts
    assert (reading.title, reading.key) == ("Help / ovens", "400000000000000001")
    assert (post.text, post.author, post.key) == ("The oven is slow.", "Ann", FIRST)
    assert post.said_at == datetime(2022, 5, 3, 9, 0, tzinfo=UTC)
    assert post.url == f"https://discord.com/channels/300000000000000001/400000000000000001/{FIRST}"


def test_a_private_talk_has_the_address_discord_gives_it() -> None:
    (reading,) = read_export(row(), guild="0")
    assert reading.posts[0].url == f"https://discord.com/channels/@me/400000000000000001/{FIRST}"


def test_an_id_tells_when_its_message_was_sent() -> None:
    assert instant_of_id("175928847299117063") == datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=UTC)
    assert only_post(row("175928847299117063", timestamp=None)).said_at == instant_of_id("175928847299117063")
    assert instant_of_id("17") is None


def test_an_answer_names_the_message_it_answers() -> None:
    answer = row(SECOND, "Mine too.", type="Reply", reference={"messageId": FIRST, "channelId": "4"})
    assert read_export(row(), answer)[0].posts[1].replies_to == FIRST


def test_a_forwarded_message_is_nobodys_own_words() -> None:
    (reading,) = read_export(
        row(content="", forwardedMessage={"content": "It broke."}, reference={"messageId": SECOND})
    )
    assert not_own_words(reading) == ["It broke."]
    assert reading.posts[0].replies_to is None


@pytest.mark.parametrize("kind", ["RecipientAdd", "ChannelPinnedMessage", "GuildMemberJoin", "ThreadCreated", "7", 6])
def test_a_notice_is_no_post(kind: object) -> None:
    assert only_post(row(), row(SECOND, "Pinned a message.", type=kind)).key == FIRST


def test_pictures_and_previews_alone_are_no_post() -> None:
    picture = row(SECOND, "", attachments=[{"fileName": "oven.jpg"}], embeds=[{"description": "A preview."}])
    assert only_post(row(), picture).key == FIRST


@pytest.mark.parametrize(
    ("author", "rank"),
    [
        (ANN | {"isBot": True}, "Bot"),
        (ANN | {"roles": [{"name": "Moderator"}, {"name": "Baker"}]}, "Moderator, Baker"),
        (ANN, ""),
    ],
)
def test_programs_and_roles_are_shown_as_ranks(author: Row, rank: str) -> None:
    assert only_post(row(author=author)).rank == rank


def test_ids_in_a_text_are_written_as_names() -> None:
    text = "<@200000000000000001> <@!200000000000000001> <:oven:600000000000000001> <@999999999999999999>"
    assert only_post(row(content=text, mentions=[ANN])).text == "@Ann @Ann :oven: <@999999999999999999>"


def test_a_list_from_the_api_is_read_in_the_order_it_was_said() -> None:
    def answered(key: str, text: str, **more: object) -> Row:
        author = {"id": "2", "username": "ann", "global_name": "Ann"}
        return {"id": key, "type": 0, "channel_id": "400000000000000001", "content": text, "author": author} | more

    reply = answered(SECOND, "Mine too.", type=19, message_reference={"message_id": FIRST})
    (reading,) = read_payload([reply, answered(FIRST, "It is slow.")])
    assert [(post.text, post.replies_to) for post in reading.posts] == [("It is slow.", None), ("Mine too.", FIRST)]


@pytest.mark.parametrize(
    "payload",
    [
        {"guild": {}, "channel": {}, "messages": []},
        {"guild": {}, "channel": {}, "messages": None},
        {"message": "Missing Access", "code": 50001},
    ],
)
def test_an_export_without_messages_is_refused(payload: object) -> None:
    with pytest.raises(UnreadableError):
        read_payload(payload)
