"""Feeds of threads, boards, blogs and comments."""

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.forums.read import engine_of, follow_page
from overheard.records import Page, Reading

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)
NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
)
ATOM = 'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'


def page(text: str) -> Page:
    return Page("https://talk.example/feed", text.encode(), "application/xml", FETCHED)


def read(text: str) -> tuple[Reading, ...]:
    return read_page(page(text))


def item(number: int, text: str, link: str, title: str = "Slow oven", more: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{number}@talk</guid>"
        f"<pubDate>Mon, 03 May 2021 09:0{number}:00 +0000</pubDate><dc:creator><![CDATA[Ann Baker]]></dc:creator>"
        f"<description>{escape(text)}</description>{more}</item>"
    )


def rss(*items: str, title: str = "Ovens", link: str = "https://talk.example/", head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0" {NAMES}><channel><title>{title}</title>'
        f"<link>{link}</link>{head}{''.join(items)}</channel></rss>"
    )


def test_the_posts_of_one_topic_are_one_thread_oldest_first() -> None:
    topic = "https://talk.example/topic/slow-oven"
    (reading,) = read(
        rss(
            item(3, "<p>An hour.</p>", f"{topic}/page/2#post-3", 'Bo on "Slow oven?"'),
            item(2, "<p>Replying to <a href='/u/ann'>@ann</a>'s <a href='#post-1'>post</a>:</p>", f"{topic}#post-2"),
            item(1, "<p>The oven<br />is slow.</p>", f"{topic}#post-1", 'Ann Baker on "Slow oven?"'),
            title="Ovens » Topic: Slow oven?",
            link=topic,
        )
    )
    assert (reading.title, reading.key) == ("Slow oven?", topic)
    assert [(post.position, post.text) for post in reading.posts][0::2] == [(0, "The oven\nis slow."), (2, "An hour.")]
    first = reading.posts[0]
    assert (first.author, first.url, first.key) == ("Ann Baker", f"{topic}#post-1", "")
    assert first.said_at == datetime(2021, 5, 3, 9, 1, tzinfo=UTC)


def test_a_quotation_in_an_entry_is_not_own() -> None:
    (reading,) = read(rss(item(1, "<blockquote>slow</blockquote><p>Mine too.</p>", "https://talk.example/t/a/1")))
    (post,) = reading.posts
    assert [post.text[slice(*span)] for span in post.not_own] == ["slow"]


@pytest.mark.parametrize(
    ("links", "titles"),
    [
        (("/t/slow-oven/9/1", "/t/slow-oven/9/2"), ("Slow oven", "Slow oven")),
        (("/questions/9/slow-oven", "/questions/9/slow-oven/12#12"), ("Slow oven", "Answer by Bo for Slow oven")),
        (("/r/ovens/comments/a1/slow/", "/r/ovens/comments/a1/slow/b2/"), ("Slow oven", "/u/bo on Slow oven")),
        (("/viewtopic.php?t=9&p=1#p1", "/viewtopic.php?t=9&p=2#p2"), ("Ovens • Slow oven", "Ovens • Re: Slow oven")),
        (("/viewtopic.php?p=1#p1", "/viewtopic.php?p=2#p2"), ("Ovens • Slow oven", "Ovens • Re: Slow oven")),
        (("/post/1", "/post/2"), ("Reply to Slow oven on Mon, 03 May", "Reply to Slow oven on Tue, 04 May")),
        (("/2021/05/oven/#comment-1", "/2021/05/oven/comment-page-2/#comment-2"), ("By: Ann", "By: Bo")),
        (("/index.php?topic=9.msg1#msg1", "/index.php?topic=9.msg2#msg2"), ("Slow oven", "Re: Slow oven")),
        (("/p.html?showComment=1#c1", "/p.html?showComment=2#c2"), ("It is slow", "Mine is too")),
    ],
)
def test_posts_of_one_thread_are_known_by_address_or_title(links: tuple[str, str], titles: tuple[str, str]) -> None:
    posts = [
        item(number, f"Loaf {number}.", f"https://talk.example{escape(link)}", escape(title))
        for number, (link, title) in enumerate(zip(links, titles, strict=True), 1)
    ]
    (reading,) = read(rss(*posts, link="https://talk.example/topic/9"))
    assert [post.text for post in reading.posts] == ["Loaf 1.", "Loaf 2."]


def test_entries_of_a_board_are_threads_of_their_own_and_lead_there() -> None:
    feed = rss(
        item(2, "Wet.", "https://talk.example/threads/wet-dough.2/", "Wet dough", "<slash:comments>7</slash:comments>"),
        item(1, "Slow.", "https://talk.example/threads/slow-oven.1/"),
        head='<atom:link rel="next" href="/feed?page=2"/>',
    )
    readings = read(feed)
    assert [(reading.title, reading.key) for reading in readings] == [
        ("Wet dough", "https://talk.example/threads/wet-dough.2"),
        ("Slow oven", "https://talk.example/threads/slow-oven.1"),
    ]
    links = follow_page(page(feed))
    assert [(link.url, link.mark) for link in links.threads] == [
        ("https://talk.example/threads/wet-dough.2/", "7 Mon, 03 May 2021 09:02:00 +0000"),
        ("https://talk.example/threads/slow-oven.1/", "Mon, 03 May 2021 09:01:00 +0000"),
    ]
    assert links.more == ("https://talk.example/feed?page=2",)


def test_posts_that_share_a_link_are_told_apart_by_their_ids() -> None:
    (reading,) = read(rss(*(item(number, f"Loaf {number}.", "https://talk.example/t/9") for number in (1, 2))))
    assert [(post.key, post.url) for post in reading.posts] == [
        ("1@talk", "https://talk.example/t/9"),
        ("2@talk", "https://talk.example/t/9"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>Slow.</p><p>Statistics: Posted by <a href='/memberlist.php?u=2'>ann</a> — 3 May 2021</p><hr />", "Slow."),
        (
            "<p>Slow.</p><p><small>5 posts - 3 participants</small></p><p><a href='LINK'>Read full topic</a></p>",
            "Slow.",
        ),
        (
            "<p>Slow.</p><p>The post <a href='LINK'>Oven</a> appeared first on <a href='https://b.example'>B</a>.</p>",
            "Slow.",
        ),
        ("<p>Slow. <a href='LINK#more'>Weiterlesen →</a></p>", "Slow. Weiterlesen →"),
        ("<p>Slow.</p><a class='more' href='LINK#more'>Weiterlesen →</a>", "Slow."),
        (
            "<!-- SC_OFF --><div class='md'><p>Slow.</p></div><!-- SC_ON --> submitted by "
            "<a href='/user/ann'>/u/ann</a><br/><span><a href='LINK'>[link]</a></span> <span>"
            "<a href='LINK'>[comments]</a></span>",
            "Slow.",
        ),
        ("<a href='LINK'>Comments</a>", "Slow oven"),
        ("", "Slow oven"),
        ("Slow & wet", "Slow & wet"),
        ("Slow.\n5 < 6\n> quoted", "Slow.\n5 < 6\n> quoted"),
        ("The oven is slow […]", "The oven is slow […]"),
    ],
)
def test_what_sites_add_below_an_entry_is_no_part_of_it(text: str, shown: str) -> None:
    link = "https://talk.example/threads/slow-oven.1/"
    ((post,),) = [reading.posts for reading in read(rss(item(1, text.replace("LINK", link), link)))]
    assert post.text == shown


@pytest.mark.parametrize(
    ("creator", "author"),
    [
        ("<dc:creator>@ann Ann Baker</dc:creator>", "ann"),
        ("<author>/u/ann</author>", "ann"),
        ("<author>ann@bread.example (Ann Baker)</author>", "Ann Baker"),
        ("<author>ann@bread.example</author>", "ann"),
        ("<author><name>Ann &amp;amp; Bo</name><email>a@b.example</email></author>", "Ann & Bo"),
        ("<media:title>no name</media:title>", ""),
    ],
)
def test_an_author_is_shown_by_name(creator: str, author: str) -> None:
    feed = f"<rss version='2.0' {NAMES}><channel><item><link>/a</link><description>Slow.</description>{creator}</item>"
    assert read(feed + "</channel></rss>")[0].posts[0].author == author


def test_atom_comments_answer_each_other_in_each_kind_of_text() -> None:
    feed = f"""<feed {ATOM}><title>Comments on: Slow oven</title><link href="https://b.example/oven"/>
<author><name>Blog</name></author>
<entry><id>tag:1</id><link href="https://b.example/oven#c1"/><title type="html">By: Ann</title><author><name>Ann</name>
</author><published>2021-05-03T11:00:00+02:00</published><updated>2021-05-04T09:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <b>oven</b> is slow.</p></div></content></entry>
<entry><id>tag:2</id><link rel="alternate" href="https://b.example/oven#c2"/><title>By: Bo</title>
<thr:in-reply-to ref="tag:1" href="https://b.example/oven#c1"/><updated>2021-05-03T10:00:00Z</updated>
<content type="text">5 &lt; 6
is true.</content></entry>
<entry><id>tag:3</id><link href="https://b.example/oven#c3"/><title>By: Cy</title>
<updated>2021-05-03T10:30:00Z</updated>
<summary type="html">&lt;p&gt;So.&lt;/p&gt;</summary></entry></feed>"""
    (reading,) = read(feed)
    first, second, third = reading.posts
    assert (first.text, first.author, first.said_at) == (
        "The oven is slow.",
        "Ann",
        datetime(2021, 5, 3, 9, tzinfo=UTC),
    )
    assert (second.text, second.replies_to, second.author) == ("5 < 6\nis true.", "https://b.example/oven#c1", "Blog")
    assert third.text == "So."
    assert reading.title == "Slow oven"


def test_a_list_archive_s_feed_is_read_as_mail() -> None:
    mail = "<pre>Bo wrote:\n&gt; The oven is slow.\n\nIt is.\n-- \nAnn</pre>"
    feed = f"""<feed {ATOM}><title>ovens</title><entry><id>urn:1</id><title>Re: Slow oven</title>
<author><name>Ann</name></author><updated>2021-05-03T09:00:00Z</updated><link href="https://l.example/o/1@b/"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{mail}</div></content></entry></feed>"""
    (post,) = read(feed)[0].posts
    assert post.text == "Bo wrote:\n> The oven is slow.\n\nIt is."
    assert [post.text[slice(*span)] for span in post.not_own] == ["Bo wrote:\n> The oven is slow."]


def test_rdf_and_broken_feeds_are_read_as_far_as_they_go() -> None:
    rdf = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {NAMES}>
<channel rdf:about="https://b.example/"><title>B</title></channel><item rdf:about="https://b.example/1"><title>Oven</title>
<link>https://b.example/1</link><dc:date>2021-05-03T09:00:00Z</dc:date><content:encoded><![CDATA[<p>Slow&nbsp;oven.</p>]]>
</content:encoded><description>Slow…</description></item></rdf:RDF>"""
    (post,) = read(rdf)[0].posts
    assert (post.text, post.said_at) == ("Slow oven.", datetime(2021, 5, 3, 9, tzinfo=UTC))
    broken = rss(item(1, "Slow &amp; wet.", "https://b.example/1", "Ofen &ouml; & Co"))[: -len("</channel></rss>")]
    assert read(broken)[0].title.startswith("Ofen ö")


def test_entities_of_a_feed_are_never_expanded() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(20))
    feed = rss(item(1, "Slow.", "https://b.example/1", "Oven &a19; &file;")).replace(
        "<!-- made by hand -->", f'<!DOCTYPE rss [{bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    )
    (reading,) = read(feed)
    assert (reading.title, reading.posts[0].text) == ("Oven &a19; &file;", "Slow.")


def test_a_json_feed_is_read_and_followed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Bread",
        "home_page_url": "https://b.example/",
        "next_url": "/feed.json?page=2",
        "authors": [{"name": "Ann"}],
        "items": [
            {
                "id": 2,
                "url": "https://b.example/2",
                "content_html": "<p>Wet.</p>",
                "date_published": "2021-05-04T09:00:00Z",
            },
            {
                "id": "1",
                "url": "https://b.example/1",
                "content_text": "Slow.",
                "title": "Oven",
                "author": {"name": "Bo"},
            },
            "no item",
        ],
    }
    wet, oven = read(json.dumps(feed))
    assert (wet.posts[0].text, wet.posts[0].author) == ("Wet.", "Ann")
    assert (oven.posts[0].text, oven.posts[0].author, oven.title) == ("Slow.", "Bo", "Oven")
    assert follow_page(page(json.dumps(feed))).more == ("https://talk.example/feed.json?page=2",)


@pytest.mark.parametrize(
    "text",
    [
        rss(),
        "<rss>",
        f"<feed {ATOM}></feed>",
        json.dumps({"version": "https://jsonfeed.org/version/1", "items": {}}),
        rss(item(1, "", "", "")),
        "<rss><channel>" + "<item>" * 3000,
    ],
)
def test_a_feed_without_an_entry_is_refused(text: str) -> None:
    assert engine_of(page(text)) == "feed"
    with pytest.raises(UnreadableError):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "<html><head><title>rss</title></head><body><rss>x</rss></body></html>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><x/></rdf:RDF>',
        "<!---->" * 2000 + "<rss>",
        "<?x?>" * 2000 + "<rss>",
        json.dumps({"version": 1, "items": []}),
    ],
)
def test_other_documents_are_no_feeds(text: str) -> None:
    assert engine_of(page(text)) != "feed"


def test_real_topic_feeds_give_all_their_posts(shared_data: Path) -> None:
    rows = [row.split("\t") for row in (shared_data / "pages" / "INDEX.tsv").read_text("utf-8").splitlines()]
    feeds = {row[0]: int(row[4]) for row in rows if row[1] == "feeds"}
    assert feeds
    for name, posts in feeds.items():
        readings = read_page(Page(name, (shared_data / "pages" / name).read_bytes(), "", FETCHED))
        assert sum(len(reading.posts) for reading in readings) == posts, name
