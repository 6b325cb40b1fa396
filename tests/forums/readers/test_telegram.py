"""What Telegram's chats say: the Bot API's updates and Telegram Desktop's exports."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.records import Reading
from tests.forums.readers.payloads import not_own_words, read_payload

Row = dict[str, object]
NINE = datetime(2022, 5, 3, 9, 0, tzinfo=UTC)
GROUP = {"id": -1001234, "title": "Ovens", "type": "supergroup"}


def sent(number: int = 7, text: str = "The oven is slow.", **more: object) -> Row:
    person = {"id": 8, "first_name": "Ann", "last_name": "Oak", "username": "annoak", "is_bot": False}
    return {"message_id": number, "date": 1651568400 + number, "chat": GROUP, "from": person, "text": text} | more


def read_updates(*messages: Row) -> tuple[Reading, ...]:
    return read_payload({"ok": True, "result": [{"update_id": i, "message": row} for i, row in enumerate(messages)]})


def exported(number: int = 7, text: object = "The oven is slow.", **more: object) -> Row:
    told = {"date": "2022-05-03T11:00:00", "date_unixtime": "1651568400", "from": "Ann Oak", "from_id": "user8"}
    return {"id": number, "type": "message", "text": text} | told | more


def read_export(*messages: Row) -> tuple[Reading, ...]:
    return read_payload({"name": "Ovens", "type": "public_supergroup", "id": 1234, "messages": list(messages)})


def test_updates_are_sorted_into_their_chats() -> None:
    other = {"id": -2, "title": "Lunch", "type": "group"}
    first, second = read_updates(sent(), sent(8, "Noon?", chat=other), sent(9, "Very."))
    assert (first.title, first.key, [post.text for post in first.posts]) == (
        "Ovens",
        "1234",
        ["The oven is slow.", "Very."],
    )
    assert (second.title, [post.text for post in second.posts]) == ("Lunch", ["Noon?"])
    assert first.posts[0].author == "Ann Oak"


def test_the_bot_api_and_an_export_call_a_message_the_same() -> None:
    ((answered,),) = [reading.posts for reading in read_updates(sent())]
    ((kept,),) = [reading.posts for reading in read_export(exported())]
    assert (answered.key, kept.key) == ("1234/7", "1234/7")


def test_an_edited_message_counts_once_as_it_was_edited() -> None:
    payload = {"ok": True, "result": [{"message": sent()}, {"edited_message": sent(text="The new oven is slow.")}]}
    (reading,) = read_payload(payload)
    assert [post.text for post in reading.posts] == ["The new oven is slow."]


def test_an_answer_names_the_message_it_answers() -> None:
    (reading,) = read_updates(sent(), sent(8, "Mine too.", reply_to_message=sent()))
    assert reading.posts[1].replies_to == "1234/7"
    (reading,) = read_export(exported(), exported(8, "Mine too.", reply_to_message_id=7))
    assert reading.posts[1].replies_to == "1234/7"


@pytest.mark.parametrize(
    "more", [{"forward_date": 1}, {"forward_origin": {"type": "user"}}, {"forward_sender_name": "bo"}]
)
def test_a_forwarded_update_is_nobodys_own_words(more: Row) -> None:
    assert not_own_words(read_updates(sent() | more)[0]) == ["The oven is slow."]


def test_a_quotation_is_counted_in_utf_16_as_the_bot_api_does() -> None:
    text = "😀 it is slow. Mine too."
    (reading,) = read_updates(sent(text=text, entities=[{"type": "blockquote", "offset": 3, "length": 11}]))
    assert not_own_words(reading) == ["it is slow."]


def test_a_topic_is_a_conversation_and_a_public_chat_has_links() -> None:
    public = GROUP | {"username": "ovens"}
    readings = read_updates(sent(8, chat=public, message_thread_id=5, is_topic_message=True), sent(9, "Hi."))
    assert [reading.key for reading in readings] == ["1234/5", "1234"]
    assert readings[0].posts[0].url == "https://t.me/ovens/8"


def test_a_program_is_marked_and_a_picture_speaks_by_its_caption() -> None:
    build = {"id": 9, "first_name": "build", "is_bot": True}
    (reading,) = read_updates({"from": build, "caption": "It broke.", "photo": []} | sent(text=None) | {"from": build})
    assert [(post.text, post.author, post.rank) for post in reading.posts] == [("It broke.", "build", "Bot")]


def test_an_exported_text_is_a_string_or_pieces() -> None:
    pieces = ["see ", {"type": "link", "text": "x.example"}, "\n", {"type": "blockquote", "text": "it is slow"}, " so"]
    (reading,) = read_export(exported(text=pieces))
    assert reading.posts[0].text == "see x.example\nit is slow so"
    assert not_own_words(reading) == ["it is slow"]
    assert reading.posts[0].said_at == NINE


def test_exported_notices_are_no_posts_and_forwarded_words_not_own() -> None:
    notice = {
        "id": 6,
        "type": "service",
        "date": "2022-05-03T11:00:00",
        "actor": "Ann Oak",
        "action": "pin_message",
        "text": "",
    }
    (reading,) = read_export(notice, exported(forwarded_from="bo"), exported(8, "", poll={"question": "How slow?"}))
    assert [post.text for post in reading.posts] == ["The oven is slow.", "How slow?"]
    assert not_own_words(reading) == ["The oven is slow."]


def test_an_export_of_all_chats_is_read_chat_by_chat() -> None:
    chats = [
        {"name": name, "type": "private_group", "id": number, "messages": [exported()]}
        for number, name in enumerate("AB")
    ]
    readings = read_payload({"about": "x", "chats": {"list": chats}})
    assert [(reading.title, reading.key) for reading in readings] == [("A", "0"), ("B", "1")]


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({"ok": False, "error_code": 401, "description": "Unauthorized"}, "Unauthorized"),
        ({"ok": True, "result": []}, "no message"),
        ({"ok": True, "result": {"id": 1, "is_bot": True}}, "no message"),
        (
            {"name": "x", "type": "private_group", "id": 1, "messages": [{"id": 1, "type": "service", "date": "x"}]},
            "no message",
        ),
    ],
)
def test_a_payload_without_messages_is_refused(payload: object, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_payload(payload)


def drawn(number: int, inside: str, name: str = "", more: str = "") -> str:
    title = f'<div class="from_name">\n{name}\n</div>' if name else ""
    date = '<div class="pull_right date details" title="03.05.2022 11:00:00 UTC+02:00">11:00</div>'
    joined = "" if name else " joined"
    body = f'<div class="body">{date}{title}{more}{inside}</div>'
    return f'<div class="message default clearfix{joined}" id="message{number}">{body}</div>'


def read_drawn(*messages: str) -> Reading:
    head = '<div class="page_header"><div class="content"><div class="text bold">\nOvens\n</div></div></div>'
    (reading,) = read_payload(f'<html><body>{head}<div class="history">{"".join(messages)}</div></body></html>')
    return reading


def test_a_drawn_chat_is_read_with_names_carried_on() -> None:
    service = '<div class="message service" id="message-1"><div class="body details">3 May 2022</div></div>'
    reading = read_drawn(
        service,
        drawn(7, '<div class="text">It is slow.<br>Very.</div>', "Ann Oak"),
        drawn(8, '<div class="text">Still.</div>'),
        drawn(9, '<div class="media_wrap"><div class="media"><div class="title bold">Photo</div></div></div>', "bo"),
        drawn(
            10,
            '<div class="text">Mine too.</div>',
            more='<div class="reply_to">to <a href="#go_to_message7">this</a></div>',
        ),
    )
    assert (reading.title, reading.key) == ("Ovens", "Ovens")
    assert [(post.text, post.author, post.said_at) for post in reading.posts] == [
        ("It is slow.\nVery.", "Ann Oak", NINE),
        ("Still.", "Ann Oak", NINE),
        ("Mine too.", "bo", NINE),
    ]
    assert reading.posts[2].replies_to == reading.posts[0].key
    assert reading.posts[0].url == "#message7"


def test_a_drawn_forwarded_text_is_nobodys_own_and_its_author_is_who_forwarded_it() -> None:
    forwarded = '<div class="pull_left forwarded userpic_wrap">X</div><div class="forwarded body">'
    forwarded += '<div class="from_name">bo<span class="details"> 01.05.2022 10:00:00</span></div>'
    forwarded += '<div class="text">It broke.</div></div>'
    reading = read_drawn(drawn(7, forwarded, "Ann Oak"), drawn(8, '<div class="text">Really?</div>'))
    assert [post.author for post in reading.posts] == ["Ann Oak", "Ann Oak"]
    assert not_own_words(reading) == ["It broke."]


def test_a_drawn_poll_is_its_question() -> None:
    poll = '<div class="media_wrap"><div class="media_poll"><div class="question bold">How slow?</div>'
    poll += '<div class="answer">- very</div></div></div>'
    assert [post.text for post in read_drawn(drawn(7, poll, "Ann")).posts] == ["How slow?"]


def test_a_drawn_chat_of_notices_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no message"):
        read_payload('<html><body><div class="message service clearfix">3 May</div></body></html>')
