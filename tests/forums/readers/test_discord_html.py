"""What Discord's channels say, exported to HTML: the template of today and those before it."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.records import Post, Reading
from tests.forums.readers.payloads import not_own_words, read_payload

FIRST, SECOND, THIRD = "970972987392000000", "970973239050240000", "970973490708480000"
HEAD = (
    "<html><head><title>Bakers - Help / ovens</title><style>.chatlog__author{}</style></head><body><div class=preamble>"
)
HEAD += "<div class=preamble__entry>Bakers</div><div class=preamble__entry>Help / ovens</div></div><div class=chatlog>"


def content(text: str, more: str = "") -> str:
    kept = f"<span class=chatlog__markdown-preserve>{text}</span>"
    return f'<div class="chatlog__content chatlog__markdown">{kept}{more}</div>'


def header(name: str, tag: str = "") -> str:
    shown = f"<span class=chatlog__author title={name}>{name}</span>{tag}"
    return f'<div class=chatlog__header>{shown}<span class=chatlog__timestamp title="3 May 2022 4:00">4:00</span></div>'


def message(key: str, inside: str) -> str:
    return (
        f"<div id=chatlog__message-container-{key} class=chatlog__message-container data-message-id={key}>"
        f"<div class=chatlog__message><div class=chatlog__message-aside></div>"
        f"<div class=chatlog__message-primary>{inside}</div></div></div>"
    )


def group(*messages: str) -> str:
    return f"<div class=chatlog__message-group>{''.join(messages)}</div>"


def read_export(*groups: str) -> Reading:
    (reading,) = read_payload(f"{HEAD}{''.join(groups)}</div></body></html>")
    return reading


def only_post(*inside: str) -> Post:
    (post,) = read_export(group(message(FIRST, header("Ann") + "".join(inside)))).posts
    return post


def test_each_message_of_a_group_has_the_groups_author_and_its_own_instant() -> None:
    reading = read_export(
        group(message(FIRST, header("Ann") + content("It is slow.")), message(SECOND, content("Very."))),
        group(message(THIRD, header("bo") + content("Mine too."))),
    )
    assert reading.title == "Help / ovens"
    assert [(post.text, post.author) for post in reading.posts] == [
        ("It is slow.", "Ann"),
        ("Very.", "Ann"),
        ("Mine too.", "bo"),
    ]
    assert [post.key for post in reading.posts] == [FIRST, SECOND, THIRD]
    # The page prints 4:00 in the exporter's own zone; the id knows better.
    assert [post.said_at for post in reading.posts] == [
        datetime(2022, 5, 3, 9, 0, 0, tzinfo=UTC),
        datetime(2022, 5, 3, 9, 1, 0, tzinfo=UTC),
        datetime(2022, 5, 3, 9, 2, 0, tzinfo=UTC),
    ]
    assert reading.posts[0].url == f"#chatlog__message-container-{FIRST}"


def test_the_lines_of_a_message_are_kept() -> None:
    assert only_post(content("one\n  two\n\nthree")).text == "one\n  two\n\nthree"


def test_an_edit_note_reactions_pictures_and_previews_are_no_part_of_the_text() -> None:
    edited = '<span class=chatlog__edited-timestamp title="5 May">(edited)</span>'
    around = "<div class=chatlog__attachment>plan.pdf</div><div class=chatlog__embed>A preview.</div>"
    around += "<div class=chatlog__reactions><span class=chatlog__reaction-count>3</span></div>"
    assert only_post(content("It is slow.", edited), around).text == "It is slow."


def test_a_block_of_code_stands_on_lines_of_its_own() -> None:
    code = '<code class="chatlog__markdown-pre chatlog__markdown-pre--multiline">a\n  b</code>'
    assert only_post(content(f"see{code}there")).text == "see\n\na\n  b\n\nthere"


def test_quoted_lines_are_not_own() -> None:
    quote = '<div class="chatlog__markdown-quote"><div class="chatlog__markdown-quote-border"></div>'
    quote += '<div class="chatlog__markdown-quote-content">It is slow.</div></div>'
    assert not_own_words(read_export(group(message(FIRST, header("bo") + content(quote + "Mine too."))))) == [
        "It is slow."
    ]


def test_a_forwarded_message_is_nobodys_own_words() -> None:
    forwarded = '<div class=chatlog__forwarded><div class="chatlog__forwarded-content chatlog__markdown">'
    forwarded += "<span class=chatlog__markdown-preserve>It broke.</span></div></div>"
    assert not_own_words(read_export(group(message(FIRST, header("bo") + forwarded)))) == ["It broke."]


def test_an_answer_names_the_message_it_answers_and_leaves_its_words_out() -> None:
    reply = f"""<div class=chatlog__reply><div class=chatlog__reply-author>Ann</div><div class=chatlog__reply-content>
        <span class=chatlog__reply-link onclick="scrollToMessage(event, '{FIRST}')">It is slow.</span></div></div>"""
    reading = read_export(
        group(message(FIRST, header("Ann") + content("It is slow."))),
        group(message(SECOND, reply + header("bo") + content("Mine too.")), message(THIRD, content("Since May."))),
    )
    assert [(post.text, post.replies_to) for post in reading.posts[1:]] == [("Mine too.", FIRST), ("Since May.", None)]


@pytest.mark.parametrize("name", ["chatlog__author-tag", "chatlog__bot-tag", "chatlog__bot-label"])
def test_a_program_is_marked_as_such(name: str) -> None:
    tag = f"<span class={name}>BOT</span>"
    assert read_export(group(message(FIRST, header("build", tag) + content("It passed.")))).posts[0].rank == "Bot"


def test_notices_and_messages_without_words_are_no_posts() -> None:
    notice = "<span class=chatlog__system-notification-author>ann</span>"
    notice += "<span class=chatlog__system-notification-content>pinned a message</span>"
    reading = read_export(
        group(message(FIRST, notice)),
        group(message(SECOND, header("ann")), message(THIRD, content("Here it is."))),
    )
    assert [post.key for post in reading.posts] == [THIRD]


def test_the_template_that_marks_only_messages_is_read() -> None:
    middle = f"""<div class="info"><div class="info__guild-name">Bakers</div>
      <div class="info__channel-name">ovens</div></div>
    <div class="chatlog"><div class="chatlog__message-group">
      <div class="chatlog__reference">
        <a class="chatlog__reference-link" onclick="scrollToMessage(event, '{FIRST}')">x</a></div>
      <div class="chatlog__messages">
        <span class="chatlog__author-name" title="ann#1">Ann</span> <span class="chatlog__bot-tag">BOT</span>
        <span class="chatlog__timestamp">03-May-22 09:00 AM</span>
        <div class="chatlog__message" data-message-id="{SECOND}" id="message-{SECOND}"><div class="chatlog__content">
          <div class="markdown"><span class="preserve-whitespace">one
two</span> <span class="chatlog__edited-timestamp">(edited)</span></div></div></div>
        <div class="chatlog__message" data-message-id="{THIRD}" id="message-{THIRD}"><div class="chatlog__content">
          <span class="markdown">three</span></div></div></div></div></div>"""
    (reading,) = read_payload(f"<html><body>{middle}</body></html>")
    first, second = reading.posts
    assert (reading.title, first.text, first.author, first.rank) == ("ovens", "one\ntwo", "Ann", "Bot")
    assert (first.replies_to, second.replies_to, second.url) == (FIRST, None, f"#message-{THIRD}")


def test_the_oldest_template_tells_neither_ids_nor_instants() -> None:
    oldest = """<div class="chatlog"><div class="chatlog__message-group"><div class="chatlog__messages">
        <span class="chatlog__author-name" title="ann#1">Ann</span>
        <span class="chatlog__timestamp">03-May-18 09:00 PM</span>
        <div class="chatlog__content">It is slow.<br />Very.
          <span class="chatlog__edited-timestamp">(edited)</span></div>
        <div class="chatlog__attachment"><a href="x">Attachment: plan.pdf</a></div>
        <div class="chatlog__content">Pinned a message.</div>
        <div class="chatlog__content">Still.</div></div></div></div>"""
    (reading,) = read_payload(f"<html><head><title>Bakers - ovens</title></head><body>{oldest}</body></html>")
    printed = datetime(2018, 5, 3, 21, 0, tzinfo=UTC)
    assert [(post.text, post.said_at, post.key) for post in reading.posts] == [
        ("It is slow.\nVery.", printed, ""),
        ("Still.", printed, ""),
    ]


def test_groups_within_groups_are_read_once() -> None:
    deep = "<div class=chatlog__message-group>" * 100 + message(FIRST, header("Ann") + content("It is slow."))
    assert [post.text for post in read_export(deep).posts] == ["It is slow."]


def test_an_export_without_messages_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no message"):
        read_export()
