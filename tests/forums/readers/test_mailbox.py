"""Mailboxes, archives of them and single messages, as threads of posts."""

import gzip
import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.forums.mail.boxes import is_mail
from overheard.forums.read import engine_of
from overheard.records import Page, Reading

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)


def read(body: str | bytes, url: str = "https://lists.example/2021-May.txt") -> tuple[Reading, ...]:
    data = body if isinstance(body, bytes) else body.encode()
    return read_page(Page(url, data, "", FETCHED))


def mail(number: int, text: str, subject: str = "Slow oven", *headers: str, line: str = "") -> str:
    head = [
        line or f"From ann at bread.example  Mon May  3 09:0{number}:00 2021",
        "From: ann at bread.example (Ann Baker)",
        f"Date: Mon, 3 May 2021 09:0{number}:00 +0000",
        f"Subject: {subject}",
        f"Message-ID: <{number}@bread.example>",
        *headers,
    ]
    return "\n".join(head) + f"\n\n{text}\n\n"


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def test_a_mailbox_is_sorted_into_threads_by_what_answers_what() -> None:
    oven, dough = read(
        mail(1, "The oven is slow.")
        + mail(2, "My dough is wet.", "Wet dough")
        + mail(3, "How slow?", "Re: Slow oven", "In-Reply-To: <1@bread.example>", "References: <1@bread.example>")
        + mail(4, "An hour.", "New: Oven", "References: <1@bread.example>\n\t<3@bread.example>")
    )
    assert (oven.title, oven.key) == ("Slow oven", "1@bread.example")
    assert [(post.position, post.key, post.replies_to) for post in oven.posts] == [
        (0, "1@bread.example", None),
        (1, "3@bread.example", "1@bread.example"),
        (2, "4@bread.example", "3@bread.example"),
    ]
    assert oven.posts[0].author == "Ann Baker"
    assert [post.text for post in dough.posts] == ["My dough is wet."]


def test_next_month_s_mailbox_continues_the_same_thread() -> None:
    (reading,) = read(mail(5, "Still slow.", "Re: Slow oven", "References: <1@bread.example> <4@bread.example>"))
    assert (reading.key, reading.title) == ("1@bread.example", "Slow oven")


def test_answers_without_ids_are_found_by_their_subject() -> None:
    readings = read(
        mail(1, "Slow.", "[ovens] Slow oven")
        + mail(2, "Wet.", "Wet dough")
        + mail(3, "How slow?", "AW: [ovens] Slow oven")
        + mail(4, "Slow again.", "[ovens] Slow oven")
    )
    assert [[post.text for post in reading.posts] for reading in readings] == [
        ["Slow.", "How slow?"],
        ["Wet."],
        ["Slow again."],
    ]


def test_a_mailbox_s_own_threads_are_kept() -> None:
    first, second = mail(1, "One.", "Oven", "X-GM-THRID: 77"), mail(2, "Two.", "Pan", "X-GM-THRID: 77")
    (reading,) = read(first + second)
    assert (reading.key, len(reading.posts)) == ("77", 2)


@pytest.mark.parametrize(
    "line",
    [
        "From ann@bread.example Mon May  3 09:01:00 2021",
        "From - Mon May  3 09:01:00 2021",
        "From ???@??? Mon May 03 09:01:00 2021",
        "From 1698@xxx Mon May 03 09:01:00 +0000 2021",
        "From ann at “bread.example”  Mon May  3 09:01:00 2021",
        "From -5209881",
        "From ",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_kind_of_from_line_begins_a_message(line: str, end: str) -> None:
    head = "X-Status: read\n" if line.startswith("From -5") or line == "From " else ""
    box = "".join(
        mail(number, f"Loaf {number}.", f"Loaf {number}", line=f"{line}\n{head}".rstrip("\n")) for number in (1, 2)
    )
    readings = read(box.replace("\n", end))
    assert [reading.posts[0].text for reading in readings] == ["Loaf 1.", "Loaf 2."]


def test_a_line_that_begins_with_from_is_unescaped_and_ends_no_message() -> None:
    (reading,) = read(mail(1, "It is slow.\n\nFrom here on I bake by night.\n>From the start: slow.\n\nFrom 9:00 on."))
    assert reading.posts[0].text.splitlines()[2:] == [
        "From here on I bake by night.",
        "From the start: slow.",
        "",
        "From 9:00 on.",
    ]
    assert reading.posts[0].not_own == ()


def test_the_date_of_the_from_line_counts_only_with_its_zone() -> None:
    without = mail(1, "Slow.").replace("Date: ", "X-Old-Date: ")
    with_zone = without.replace("Mon May  3 09:01:00 2021", "Mon May 03 11:01:00 +0200 2021")
    assert read(without)[0].posts[0].said_at is None
    assert read(with_zone)[0].posts[0].said_at == datetime(2021, 5, 3, 9, 1, tzinfo=UTC)


def test_a_single_message_and_a_news_article_are_read() -> None:
    single = mail(1, "The oven is slow.").split("\n", 1)[1]
    article = "Path: news.example!not-for-mail\nNewsgroups: bread.ovens\n" + single
    served = "220 12 <1@bread.example> article\n" + single.replace("The", "..\nThe") + ".\n"
    assert [read(raw)[0].posts[0].text for raw in (single, article, served)] == [
        "The oven is slow.",
        "The oven is slow.",
        ".\nThe oven is slow.",
    ]
    batch = f"#! rnews {len(single)}\n{single}#! rnews {len(single)}\n{single.replace('1@', '2@')}"
    assert sum(len(reading.posts) for reading in read(batch)) == 2


def test_packed_mailboxes_are_unpacked() -> None:
    box = (mail(1, "Slow.") + mail(2, "How slow?", "Re: Slow oven", "In-Reply-To: <1@bread.example>")).encode()
    for packed in (gzip.compress(box), gzip.compress(box[:100]) + gzip.compress(box[100:]), zipped(messages_mbox=box)):
        (reading,) = read(packed)
        assert [post.text for post in reading.posts] == ["Slow.", "How slow?"]
    cut = gzip.compress(box + os.urandom(4000))
    assert read(cut[:-2000])[0].posts[0].text == "Slow."


def test_a_zip_of_single_messages_is_one_archive() -> None:
    one = mail(1, "Slow.").split("\n", 1)[1]
    two = mail(2, "How slow?", "Re: Slow oven", "In-Reply-To: <1@bread.example>").split("\n", 1)[1]
    (reading,) = read(zipped(a_eml=one, b_eml=two, readme_md="From: nobody"))
    assert len(reading.posts) == 2


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (zipped(messages_mbox=""), "no message"),
        (mail(1, "").encode(), "no message"),
        (gzip.compress(mail(1, "a" * 40_000_000).encode()), "too large"),
        (zipped(a_mbox=mail(1, "a" * 40_000_000)), "too large"),
    ],
)
def test_what_holds_nothing_or_too_much_is_refused_with_a_mend(body: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        read(body)


def test_a_message_without_text_is_counted() -> None:
    (reading,) = read(mail(1, "Slow.") + mail(2, "", "Re: Slow oven", "In-Reply-To: <1@bread.example>"))
    assert len(reading.posts) == 1
    assert reading.problems == ((0, "message 2@bread.example has no text"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "From the start the oven was slow.\nIt takes an hour.",
        "Interviewer: How slow?\nAnn: An hour.\n",
        "From: Ann\nTo: Bo\n\nNo mail, no date.",
        "Date: 2021-05-03\nTitle: Oven\n\nA note.",
        '{"From": "Ann"}',
        "<html><body>From: Ann</body></html>",
    ],
)
def test_other_texts_are_no_mail(text: str) -> None:
    assert not is_mail(text.encode())
    assert engine_of(Page("x", text.encode(), "", FETCHED)) not in ("mailbox", "mail archive")


@pytest.mark.parametrize(
    "body",
    [
        b"From a@b Mon May  3 09:00:00 2021\n" + b"From: a\nDate: b\n" * 2000,
        b"From: a@b\nDate: x\nSubject: y\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5000,
        b"From: a@b\nDate: x\nSubject: " + b"=?a?q?" * 20_000 + b"\n\nx",
        b"From: " + b"(" * 20_000 + b"\nDate: x\nSubject: y\n\nx",
        b"From: a@b\nDate: x\nSubject: y\n\n" + b"On Mon 3 May 2021 at 9:00 Ann wrote:\n" * 5000,
        b"From: a@b\nDate: x\nSubject: y\nContent-Type: text/plain; charset=idna\n\n" + b"\xff" * 20_000,
        b"PK\x03\x04" + bytes(range(256)) * 20,
        b"\x1f\x8b\x08" + bytes(range(256)) * 20,
    ],
)
def test_hostile_mail_is_read_or_refused(body: bytes) -> None:
    try:
        readings = read(body)
    except UnreadableError:
        return
    for post in (post for reading in readings for post in reading.posts):
        assert all(0 <= start < end <= len(post.text) for start, end in post.not_own)


@pytest.mark.parametrize(
    ("name", "posts"),
    [
        ("mbox/perceval_mbox_multipart.mbox", 2),
        ("mbox/perceval_mbox_no_fields.mbox", 6),
        ("pipermail/perceval_pipermail_2016_april.mbox", 3),
        ("nntp/perceval_nntp_2.txt", 1),
        ("groupsio/perceval_messages.zip", 49),
    ],
)
def test_real_mailboxes_give_all_their_messages(shared_data: Path, name: str, posts: int) -> None:
    assert sum(len(reading.posts) for reading in read((shared_data / "pages" / name).read_bytes())) == posts
