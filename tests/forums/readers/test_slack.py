"""What Slack's payloads say: the API's answers and the day files of an export."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.records import Post, Reading
from tests.forums.readers.payloads import not_own_words, read_payload

Row = dict[str, object]
HISTORY = "https://slack.example/api/conversations.history?channel=C1"


def row(ts: str = "1651568400.000200", text: str = "The oven is slow.", **more: object) -> Row:
    return {"type": "message", "user": "U1", "ts": ts, "text": text} | more


def read_history(*rows: Row, url: str = HISTORY) -> tuple[Reading, ...]:
    return read_payload({"ok": True, "messages": list(rows), "has_more": False}, url)


def only_post(*rows: Row) -> Post:
    ((post,),) = [reading.posts for reading in read_history(*rows)]
    return post


def test_a_message_is_read_with_its_author_and_instant() -> None:
    (reading,) = read_history(row())
    (post,) = reading.posts
    assert (post.text, post.author, post.position, post.rank) == ("The oven is slow.", "U1", 0, "")
    assert post.said_at == datetime(2022, 5, 3, 9, 0, 0, 200, tzinfo=UTC)
    assert reading.key == "C1"


def test_an_answer_in_a_thread_stands_with_what_it_answers() -> None:
    first = row("1651568400.000100", thread_ts="1651568400.000100", reply_count=1)
    answer = row("1651568500.000100", "Mine too.", user="U2", thread_ts="1651568400.000100", parent_user_id="U1")
    beside = row("1651568450.000100", "Lunch?")
    thread, channel = read_history(beside, answer, first)
    if thread.key == "C1":
        thread, channel = channel, thread
    assert (thread.key, [post.text for post in thread.posts]) == (
        "1651568400.000100",
        ["The oven is slow.", "Mine too."],
    )
    assert thread.posts[1].replies_to == thread.posts[0].key
    assert [post.text for post in channel.posts] == ["Lunch?"]


def test_an_answer_names_what_it_answers_where_that_is_in_another_file() -> None:
    answer = row("1651568500.000100", thread_ts="1651568400.000100", parent_user_id="U1")
    assert only_post(answer).replies_to == only_post(row("1651568400.000100")).key


def test_the_api_and_an_export_call_a_message_the_same() -> None:
    ((from_export,),) = [reading.posts for reading in read_payload([row()], "export/general/2022-05-03.json")]
    assert from_export.key == only_post(row()).key


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<@U1|ann> look", "@ann look"),
        ("<@U9> look", "@U9 look"),
        ("in <#C1|general>", "in #general"),
        ("<!here> and <!subteam^S1|@cooks>", "@here and @cooks"),
        ("see <https://x.example/a|the page>", "see the page"),
        ("see <https://x.example/a?b=1&amp;c=2>", "see https://x.example/a?b=1&c=2"),
        ("<mailto:a@x.example|a@x.example>", "a@x.example"),
        ("<!date^1392734382^{date}|yesterday>", "yesterday"),
        ("1 &lt; 2 &amp;&amp; *bold* _words_ :tada:", "1 < 2 && *bold* _words_ :tada:"),
        ("&lt;@U1&gt; is no mention", "<@U1> is no mention"),
    ],
)
def test_a_text_is_written_as_slack_shows_it(written: str, shown: str) -> None:
    assert only_post(row(text=written)).text == shown


def test_names_come_from_the_profiles_that_messages_carry() -> None:
    profile = {"display_name": "", "real_name": "Ann Oak", "name": "ann"}
    first, second = read_history(row(user_profile=profile), row("1651568500.000100", "<@U1> thanks", user="U2"))[
        0
    ].posts
    assert (first.author, second.text) == ("Ann Oak", "@Ann Oak thanks")


def test_quoted_lines_are_not_own() -> None:
    (reading,) = read_history(row(text="&gt; it is slow\nMine too."))
    assert not_own_words(reading) == ["> it is slow"]


@pytest.mark.parametrize(
    "notice",
    [
        {"subtype": "channel_join", "text": "<@U1> has joined the channel"},
        {"subtype": "channel_topic", "text": "set the topic"},
        {"subtype": "tombstone", "text": "This message was deleted."},
        {"subtype": "file_mention", "text": "mentioned a file"},
        {"type": "user_typing"},
    ],
)
def test_notices_and_deleted_messages_are_no_posts(notice: Row) -> None:
    assert only_post(row(), row("1651568500.000100") | notice).text == "The oven is slow."


@pytest.mark.parametrize(
    ("more", "author"),
    [
        ({"subtype": "bot_message", "username": "build", "bot_id": "B1", "user": None}, "build"),
        ({"bot_id": "B1", "bot_profile": {"name": "Weather"}}, "Weather"),
        ({"user": "USLACKBOT"}, "Slackbot"),
    ],
)
def test_what_a_program_says_is_marked_as_such(more: Row, author: str) -> None:
    post = only_post(row() | more)
    assert (post.author, post.rank) == (author, "Bot")


def test_of_a_file_only_the_words_a_person_added_are_kept() -> None:
    old = row(subtype="file_share", text="<@U1> uploaded a file: <https://x|plan>", file={"title": "plan"})
    commented = row(
        subtype="file_comment", text="<@U2> commented on <@U1>'s file: nice", comment={"comment": "nice", "user": "U2"}
    )
    young = row("1651568500.000100", "here it is", subtype="file_share", files=[{"name": "plan"}])
    posts = read_history(old | {"ts": "1651568300.000100"}, commented, young)[0].posts
    assert [(post.text, post.author) for post in posts] == [("nice", "U2"), ("here it is", "U1")]


def test_a_day_file_belongs_to_the_channel_whose_folder_it_lies_in() -> None:
    (reading,) = read_payload([row()], "export/general/2022-05-03.json")
    assert (reading.key, reading.title) == ("export/general", "general")


def test_what_a_search_finds_is_read_with_its_links_and_channels() -> None:
    match = row(
        channel={"id": "C7", "name": "kitchen"}, permalink="https://w.slack.example/archives/C7/p1", username="ann"
    )
    (reading,) = read_payload({"ok": True, "messages": {"matches": [match], "total": 1}})
    assert (reading.key, reading.title) == ("C7", "kitchen")
    assert reading.posts[0].url == "https://w.slack.example/archives/C7/p1"


def test_the_answers_slackdump_keeps_inside_a_message_are_read() -> None:
    answer = row("1651568500.000100", "Mine too.", thread_ts="1651568400.000200", parent_user_id="U1")
    first = row(thread_ts="1651568400.000200", slackdump_thread_replies=[answer])
    (reading,) = read_payload({"channel_id": "C1", "name": "kitchen", "messages": [first]})
    assert [post.text for post in reading.posts] == ["The oven is slow.", "Mine too."]


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({"ok": False, "error": "channel_not_found"}, "channel_not_found"),
        ({"ok": True, "messages": []}, "no message"),
        ({"ok": True, "channel": {"id": "C1"}}, "a channel"),
        ({"ok": True, "members": ["U1"]}, "people"),
        ({"ok": True, "user": {"id": "U1"}}, "a person"),
        ([{"id": "U1", "team_id": "T1", "profile": {}}], "people"),
        ([{"id": "C1", "name": "x", "creator": "U1", "created": 1, "members": []}], "channels"),
        ([row(subtype="channel_join")], "no message"),
    ],
)
def test_a_payload_without_messages_is_refused_by_what_it_is(payload: object, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_payload(payload)
