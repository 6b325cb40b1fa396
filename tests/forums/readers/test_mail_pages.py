"""Pages of list archives: Pipermail, MHonArc, hypermail, HyperKitty."""

import json
from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.forums.read import engine_of, follow_page
from overheard.records import Page, Post, Reading

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)
ARCHIVE = "https://lists.example/pipermail/ovens/"


def page(text: str, url: str) -> Page:
    return Page(url, text.encode(), "text/html", FETCHED)


def read(text: str, url: str = ARCHIVE + "2021-May/000012.html") -> Reading:
    (reading,) = read_page(page(text, url))
    return reading


def pipermail(subject: str, text: str) -> str:
    return f"""<HTML><HEAD><TITLE>{subject}</TITLE>
<LINK REL="made" HREF="mailto:ovens%40lists.example?Subject=Re&In-Reply-To=%3C12%40bread.example%3E"></HEAD>
<BODY BGCOLOR="#ffffff"><H1>{subject}</H1><B>Ann Baker</B>
<A HREF="mailto:ovens%40lists.example?Subject=Re%3A%20oven&In-Reply-To=%3C12%40bread.example%3E"
 TITLE="{subject}">ann at bread.example</A><BR>
<I>Mon May  3 11:00:00 CEST 2021</I><P><UL><LI><B>Messages sorted by:</B><a href="date.html#12">[ date ]</a>
<a href="thread.html#12">[ thread ]</a><a href="subject.html#12">[ subject ]</a><a href="author.html#12">[ author ]</a>
</UL><HR>
<!--beginarticle-->
<PRE>{text}
-------------- next part --------------
An HTML attachment was scrubbed...
URL: &lt;<A HREF="https://lists.example/a.html">https://lists.example/a.html</A>&gt;
</PRE>
<!--endarticle--><HR><a href="https://lists.example/listinfo">More information</a></BODY></HTML>"""


def test_a_pipermail_page_shows_one_message_with_its_id_and_zone() -> None:
    quote = "On Sunday 2 May 2021 Bo wrote:\n&gt;<i> The oven\n</I>&gt;<i> is slow.\n</I>"
    text = f"Thanks.\n\n{quote}\nMine:\n\n   60 minutes\n"
    reading = read(pipermail("[ovens] Re: Slow oven", text))
    (post,) = reading.posts
    assert post.text == ("Thanks.\n\nOn Sunday 2 May 2021 Bo wrote:\n> The oven\n> is slow.\n\nMine:\n\n   60 minutes")
    assert [post.text[slice(*span)] for span in post.not_own] == [
        "On Sunday 2 May 2021 Bo wrote:\n> The oven\n> is slow."
    ]
    assert (post.author, post.key, post.replies_to) == ("Ann Baker", "12@bread.example", "Bo")
    assert post.said_at == datetime(2021, 5, 3, 9, tzinfo=UTC)
    assert reading.title == "[ovens] Slow oven"


def test_pages_of_one_pipermail_thread_share_a_key_over_months() -> None:
    first = read(pipermail("[ovens] Slow oven", "Slow."))
    second = read(pipermail("[ovens] Re: Slow oven", "How?"), ARCHIVE + "2021-June/000020.html")
    other = read(pipermail("[ovens] Wet dough", "Wet."))
    assert first.key == second.key != other.key


def test_a_table_of_months_is_refused_and_followed_to_its_texts() -> None:
    months = "".join(
        f'<tr><td>{month}:</td><td><A href="{month}/thread.html">[ Thread ]</a>'
        f'<A href="{month}/subject.html">[ Subject ]</a>'
        f'<A href="{month}/author.html">[ Author ]</a><A href="{month}/date.html">[ Date ]</a></td>'
        f'<td><A href="{month}.txt.gz">[ Gzip\'d Text {size} KB ]</a></td></tr>'
        for month, size in (("2021-May", 7), ("2021-April", 3))
    )
    index = page(f"<html><body><h1>The Ovens Archives</h1><table border=3>{months}</table></body></html>", ARCHIVE)
    with pytest.raises(UnreadableError, match="index"):
        read_page(index)
    links = follow_page(index)
    assert [(link.url, link.mark) for link in links.threads] == [
        (ARCHIVE + "2021-May.txt.gz", "[ Gzip'd Text 7 KB ]"),
        (ARCHIVE + "2021-April.txt.gz", "[ Gzip'd Text 3 KB ]"),
    ]


def test_a_month_s_index_leads_to_its_messages() -> None:
    views = "".join(f'<a href="{view}.html">[ {view} ]</a>' for view in ("date", "thread", "subject", "author"))
    items = '<LI><A HREF="000012.html">[ovens] Slow oven</A><A NAME="12">&nbsp;</A><I>Ann Baker</I>'
    links = follow_page(page(f"<html><body>{views}<ul>{items}</ul></body></html>", ARCHIVE + "2021-May/thread.html"))
    assert [(link.url, link.mark) for link in links.threads] == [(ARCHIVE + "2021-May/000012.html", "000012")]


def mhonarc(extra: str = "") -> str:
    return f"""<!-- MHonArc v2.6.19+ -->
<!--X-Subject: Re: Slow oven &#45; again -->
<!--X-From-R13: Naa Onxre <naaNoernq.rknzcyr> -->
<!--X-Date: Mon, 3 May 2021 11:00:00 +0200 -->
<!--X-Message-Id: 12@bread.example -->
<!--X-Content-Type: text/plain -->
{extra}<!--X-Head-End-->
<html><head><title>Re: Slow oven - again</title></head><body><h1>Re: Slow oven - again</h1>
<!--X-Head-of-Message--><ul><li><em>From</em>: Ann Baker &lt;ann@xxxxx&gt;</li></ul><!--X-Head-of-Message-End-->
<!--X-Body-of-Message--><pre>Bo wrote:
&gt; The oven is slow.

It is.
--&#32;
Ann</pre><!--X-Body-of-Message-End--><a href="thrd1.html">index</a></body></html>"""


def test_a_mhonarc_page_is_read_from_its_comments() -> None:
    told = "<!--X-Reference: 10@bread.example -->\n<!--X-Reference: 11@bread.example -->\n"
    reading = read(mhonarc(told), "https://lists.example/ovens/msg00012.html")
    (post,) = reading.posts
    assert post.text == "Bo wrote:\n> The oven is slow.\n\nIt is."
    assert (post.author, post.key, post.replies_to) == ("Ann Baker", "12@bread.example", "11@bread.example")
    assert post.said_at == datetime(2021, 5, 3, 9, tzinfo=UTC)
    assert (reading.title, reading.key) == ("Slow oven - again", "10@bread.example")


def test_a_mhonarc_page_in_a_site_s_own_frame_is_read_from_its_markup() -> None:
    text = """<html><body><h1><a><span itemprop="name">Slow oven</span></a></h1>
<span itemscope itemtype="http://schema.org/Person"><span itemprop="name">Ann Baker</span></span>
<span class="date"><a href="/x">Mon, 03 May 2021 09:00:00 -0000</a></span><div itemprop="articleBody">
<!--X-Body-of-Message--><pre>It is slow.</pre></div><div class="msgButtons margintopdouble">Reply</div>
<form><input name="msgid" value="12@bread.example"></form></body></html>"""
    (post,) = read(text, "https://mail.example/ovens/msg00012.html").posts
    assert (post.text, post.author, post.key) == ("It is slow.", "Ann Baker", "12@bread.example")
    assert post.said_at == datetime(2021, 5, 3, 9, tzinfo=UTC)


def test_a_mhonarc_index_leads_to_messages_and_further_pages() -> None:
    index = '<!-- MHonArc v2.6.19+ --><html><body><a href="msg00012.html#00012">Oven</a><a href="thrd2.html">Next</a>'
    links = follow_page(page(index, "https://lists.example/ovens/threads.html"))
    assert [link.url for link in links.threads] == ["https://lists.example/ovens/msg00012.html"]
    assert links.more == ("https://lists.example/ovens/thrd2.html",)


def test_a_hypermail_page_is_read_from_its_comments() -> None:
    text = """<html><head><meta name="generator" content="hypermail 2.3.0"></head><body>
<!-- isosent="20210503090000" -->
<!-- name="Ann Baker" -->
<!-- email="ann_at_bread.example" -->
<!-- subject="Re: Slow &quot;oven&quot;" -->
<!-- id="12_at_bread.example" -->
<!-- inreplyto="11_at_bread.example" -->
<p class="headers"><strong>From:</strong> Ann Baker</p>
<!-- body="start" -->
<p>
Bo wrote:
<br>
<span class="quotelev1">&gt; The oven is slow.
</span><br>
<p>It is.
<br>
<!-- body="end" -->
<ul><li>Next message</li></ul></body></html>"""
    reading = read(text, "https://lists.example/ovens/2021/05/0012.html")
    (post,) = reading.posts
    assert post.text == "Bo wrote:\n> The oven is slow.\n\nIt is."
    assert [post.text[slice(*span)] for span in post.not_own] == ["Bo wrote:\n> The oven is slow."]
    assert (post.author, post.key, post.replies_to) == ("Ann Baker", "12@bread.example", "11@bread.example")
    assert post.said_at == datetime(2021, 5, 3, 9, tzinfo=UTC)
    assert reading.title == 'Slow "oven"'


THREAD = "https://lists.example/hyperkitty/list/ovens@lists.example/thread/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567/"


def email(number: int, name: str, text: str, day: str, time: str, sent: str) -> str:
    return f"""<div class="email"><div id="HASH{number}" class="email-header"><div class="email-author">
<h2 class="name">{name}</h2></div><div class="email-date right">{day}
<div class="time"><span title="Sender&#39;s time: {sent}">{time}</span></div></div></div>
<div class="email-body fixed">{text}</div><div class="email-info"><div class="messagelink">
<a href="/hyperkitty/list/ovens@lists.example/message/HASH{number}/">link</a></div>
<a class="reply reply-mailto" href="mailto:o@lists.example?Subject=Re&amp;In-Reply-To=&lt;{number}%40bread.example&gt;">
Reply</a></div></div>"""


def replies() -> str:
    quoted = """<p>It is.</p><div class="quoted-switch"><a href="#">...</a></div>
<blockquote class="blockquote quoted-text"><p>The oven
is slow.</p></blockquote>"""
    later = email(2, "Bo", quoted, '<span class="date">4 May</span>', "1:10 a.m.", "May 3, 2021, 8:10 p.m.")
    last = email(3, "Ann Baker", "<p>So\n  60 minutes</p>", "", "noon", "May 4, 2021, 2 p.m.")
    return f'<div class="even">{later}</div><div class="odd" style="margin-left:2em;">{last}</div>'


def check_replies(second: Post, third: Post) -> None:
    assert second.text == "It is.\n\nThe oven\nis slow."
    assert [second.text[slice(*span)] for span in second.not_own] == ["The oven\nis slow."]
    assert (second.said_at, third.said_at) == (
        datetime(2021, 5, 4, 1, 10, tzinfo=UTC),
        datetime(2021, 5, 4, 12, 0, tzinfo=UTC),
    )
    assert third.text == "So\n  60 minutes"
    assert third.replies_to == "2@bread.example"


def test_a_hyperkitty_thread_is_read_with_quotes_levels_and_the_site_s_time() -> None:
    date = '<span class="date d-none">3 May 2021</span>'
    first = email(1, "Ann Baker", "<p>The oven\nis slow.</p>", date, "9:00 a.m.", "May 3, 2021, 11 a.m.")
    text = f"""<html><head><title>Oven - HyperKitty</title></head><body><div class="thread-header"><h3>[ovens] Oven</h3>
</div><div id="thread-content">{first}<div class="replies">{replies()}</div></div></body></html>"""
    reading = read(text, THREAD)
    assert reading.title == "[ovens] Oven"
    one, two, three = reading.posts
    assert (one.text, one.author, one.key) == ("The oven\nis slow.", "Ann Baker", "1@bread.example")
    assert one.url == "https://lists.example/hyperkitty/list/ovens@lists.example/message/HASH1/"
    assert one.said_at == datetime(2021, 5, 3, 9, tzinfo=UTC)
    assert two.replies_to == "1@bread.example"
    check_replies(two, three)


def test_replies_a_hyperkitty_page_loads_later_are_found_and_read() -> None:
    date = '<span class="date">3 May 2021</span>'
    first = email(1, "Ann", "Slow.", date, "9:00 a.m.", "May 3, 2021, 11 a.m.")
    text = f"""<html><body><div id="thread-content">{first}</div>
<script>update_thread_replies("/hyperkitty/list/o/thread/A/replies?sort=thread&last_view=");</script></body></html>"""
    (later,) = follow_page(page(text, THREAD)).more
    assert later == "https://lists.example/hyperkitty/list/o/thread/A/replies?sort=thread&last_view="
    payload = json.dumps({"replies_html": replies(), "more_pending": True, "next_offset": 20})
    reading = read(payload, later)
    check_replies(*reading.posts)
    assert follow_page(page(payload, later)).more == (later + "&offset=20",)


def test_a_list_of_hyperkitty_threads_leads_to_them() -> None:
    text = f"""<html><body class="hyperkitty"><div class="thread"><span class="thread-title"><a name="A"
href="{THREAD}">Oven</a></span><span class="thread-date" title="Monday, 3 May 2021 09:00:00">1 year</span>
<ul class="list-stats"><li>2 participants</li><li>3 comments</li></ul></div></body></html>"""
    (link,) = follow_page(page(text, "https://lists.example/hyperkitty/list/o/latest")).threads
    assert (link.url, link.mark) == (THREAD, "Monday, 3 May 2021 09:00:00 3 comments")


def api_email(**other: object) -> dict[str, object]:
    return {
        "mailinglist": "https://l.example/api/list/o/",
        "message_id": "2@bread.example",
        "message_id_hash": "HASH2",
        "thread": "https://l.example/api/list/o/thread/A/",
        "parent": None,
        "sender": {"address": "ann (a) bread.example"},
        "sender_name": "Ann Baker",
        "subject": "Re: Oven",
        "date": "2021-05-03T09:00:00Z",
        "url": "https://l.example/api/list/o/email/HASH2/",
    } | other


def test_hyperkitty_s_api_gives_texts_email_by_email() -> None:
    reading = read(
        json.dumps(api_email(content="It is.\n\nBo wrote:\n> The oven is slow.\n")), "https://l.example/api/e"
    )
    (post,) = reading.posts
    assert (post.text[:6], post.author, post.key) == ("It is.", "Ann Baker", "2@bread.example")
    assert (reading.key, reading.title) == ("https://l.example/api/list/o/thread/A/", "Oven")
    assert post.text[slice(*post.not_own[0])].startswith("Bo wrote:")


def test_hyperkitty_s_lists_without_texts_are_refused_and_followed() -> None:
    emails = page(json.dumps({"results": [api_email()], "next": "https://l.example/?page=2"}), "https://l.example/")
    with pytest.raises(UnreadableError, match="without their texts"):
        read_page(emails)
    assert follow_page(emails).more == ("https://l.example/?page=2", "https://l.example/api/list/o/email/HASH2/")
    thread = {
        "mailinglist": "x",
        "starting_email": "y",
        "emails": "/t/emails/",
        "date_active": "2021",
        "replies_count": 3,
    }
    (link,) = follow_page(page(json.dumps([thread]), "https://l.example/")).threads
    assert (link.url, link.mark) == ("https://l.example/t/emails/", "2021 3")


@pytest.mark.parametrize(
    "text",
    [
        "<html><h1>x</h1><!--beginarticle--><pre></pre>",
        '<!-- body="start" -->',
        "<!-- MHonArc v2 --><html>",
        '<div id="thread-content" class="hyperkitty">',
        json.dumps({"replies_html": 7}),
        json.dumps({"results": [{"mailinglist": 1, "message_id_hash": []}]}),
        json.dumps([{"mailinglist": 1, "starting_email": {}, "emails": 5, "content": [1]}]),
        "<!--X-Body-of-Message--><pre>x</pre>" * 2000,
        '<html class="hyperkitty">' + '<div class="email"><div class="email-header"><div class="email-body">x' * 300,
    ],
)
def test_broken_and_hostile_pages_are_read_or_refused(text: str) -> None:
    found = page(text, "https://lists.example/x")
    engine_of(found)
    follow_page(found)
    try:
        readings = read_page(found)
    except UnreadableError:
        return
    assert all(post.text for reading in readings for post in reading.posts)
