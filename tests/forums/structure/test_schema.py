"""What a page tells machines about its posts, and what the others gain by it."""

import json

import pytest

from overheard.forums.elements import MarkedPage
from overheard.forums.outline import parse_html
from overheard.forums.reader import Content
from overheard.forums.structure.schema import Told, fill_from_schema, read_marked, read_schema
from tests.make import make_page, make_post


def scripted(data: object) -> list[Told]:
    text = data if isinstance(data, str) else json.dumps(data)
    return read_schema(parse_html(f'<html><script type="application/ld+json">{text}</script></html>'))


def marked(html: str) -> list[Told]:
    return read_marked(MarkedPage(Content(make_page(html.encode()))))


COMMENT = {
    "@type": "Comment",
    "text": "Check the seal.",
    "author": {"@type": "Person", "name": "bo"},
    "dateCreated": "2021-05-03T10:00:00Z",
}
SCRIPTED = [
    (
        {"@type": "DiscussionForumPosting", "articleBody": "Slow oven.", "comment": [COMMENT]},
        ["Slow oven.", "Check the seal."],
    ),
    ({"@graph": [{"@type": "WebPage"}, {"@type": ["CreativeWork", "Comment"], "text": "Hm."}]}, ["Hm."]),
    (
        {
            "@type": "QAPage",
            "mainEntity": {
                "@type": "Question",
                "text": "Why?",
                "suggestedAnswer": [{"@type": "Answer", "text": "<p>So.</p><p>There.</p>"}],
            },
        },
        ["Why?", "So.\n\nThere."],
    ),
    (
        {"@type": "Product", "description": "A timer.", "review": {"@type": "Review", "reviewBody": "It&#39;s loud."}},
        ["It's loud."],
    ),
    ({"@type": "Product", "review": [{"@type": "http://schema.org/Review", "description": "Loud."}]}, ["Loud."]),
]


@pytest.mark.parametrize(("data", "texts"), SCRIPTED)
def test_what_people_say_is_found_in_json_ld(data: object, texts: list[str]) -> None:
    told = scripted(data)
    assert [entry.body.text for entry in told] == texts
    assert all(entry.is_said for entry in told)


def test_an_article_is_not_said_by_the_people_of_its_page() -> None:
    first, second = scripted({"@type": "NewsArticle", "articleBody": "Ovens sell well.", "comment": COMMENT})
    assert (first.is_said, second.is_said) == (False, True)
    assert second.above is first
    assert (second.author, second.said_at and second.said_at.hour) == ("bo", 10)


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[[[1",
        '{"@type": 3, "text": ["a"], "author": [[]]}',
        "[" * 5000 + "]" * 5000,
        '{"@type":"Comment","text":"  "}',
    ],
)
def test_odd_json_ld_tells_nothing_and_breaks_nothing(data: str) -> None:
    assert scripted(data) == []


MICRODATA = """<div itemscope itemtype="http://schema.org/Question"><h1 itemprop="name">Why?</h1>
<div itemprop="text"><p>It sinks.</p><p>Why?</p></div>
<div itemprop="author" itemscope><a href="/u/1"><span itemprop="name">ann</span></a> (101)</div>
<time itemprop="dateCreated" datetime="2021-05-03T09:00:00Z">May 3</time>
<div itemprop="suggestedAnswer" itemscope itemtype="http://schema.org/Answer">
<div itemprop="text">Too much water.</div>
<span itemprop="author">bo</span><meta itemprop="datePublished" content="2021-05-03T10:00:00Z">
<link itemprop="url" href="/a/6">
<div itemscope itemtype="http://schema.org/Comment"><span itemprop="text">That was it.</span></div></div></div>"""
RDFA = """<div vocab="http://schema.org/" typeof="Question"><div property="text"><p>It sinks.</p><p>Why?</p></div>
<span property="author">ann</span><span property="dateCreated" content="2021-05-03T09:00:00Z"></span>
<div property="suggestedAnswer" typeof="Answer"><div property="text">Too much water.</div>
<span property="author">bo</span>
<span property="dateCreated" content="2021-05-03T10:00:00Z"></span>
<div typeof="Comment"><div property="text">That was it.</div></div></div></div>"""


@pytest.mark.parametrize("html", [MICRODATA, RDFA], ids=["microdata", "rdfa"])
def test_nested_things_keep_their_own_words_names_and_dates(html: str) -> None:
    question, answer, comment = marked(html)
    assert [entry.body.text for entry in (question, answer, comment)] == [
        "It sinks.\n\nWhy?",
        "Too much water.",
        "That was it.",
    ]
    assert [(entry.author, entry.said_at and entry.said_at.hour) for entry in (question, answer, comment)] == [
        ("ann", 9),
        ("bo", 10),
        ("", None),
    ]
    assert (question.above, answer.above, comment.above) == (None, question, answer)


def test_a_review_may_call_its_text_a_description() -> None:
    told = marked(
        '<p itemtype="https://schema.org/Review"><b itemprop="author">a</b><i itemprop="description">Loud.</i></p>'
    )
    assert [(entry.author, entry.body.text) for entry in told] == [("a", "Loud.")]


def test_things_nested_without_end_are_read_in_time() -> None:
    deep = '<div itemtype="https://schema.org/Review"><p itemprop="author">a</p><div itemprop="description">b' * 150
    assert [entry.body.text[:1] for entry in marked(f"<html><body>{deep}</body></html>")] == ["b"]


def test_a_name_or_date_is_filled_in_where_one_text_alone_begins_alike() -> None:
    told = scripted([COMMENT | {"text": "Check the seal of the door first."}])
    post = make_post("Check the seal of the door first.", author="")
    (filled,) = fill_from_schema([post], told)
    assert (filled.author, filled.said_at and filled.said_at.hour) == ("bo", 10)
    assert fill_from_schema([post], told * 2) == [post]
    assert fill_from_schema([make_post("Thanks!", author="")], scripted(COMMENT | {"text": "Thanks!"}))[0].author == ""
