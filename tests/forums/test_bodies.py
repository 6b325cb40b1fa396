"""What a post's own element says to its readers."""

import pytest

from overheard.forums.body import Body, read_body
from overheard.forums.outline import drop_unseen, parse_html


def body_of(inner: str) -> Body:
    root = parse_html(f"<html><body><div id='b'>{inner}</div></body></html>")
    assert root is not None
    drop_unseen(root)
    return read_body(root.get_element_by_id("b"))


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("one<br>two", "one\ntwo"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("a  lot\n of   <b> space </b>!", "a lot of space !"),
        ("<b>no</b>space", "nospace"),
        ("<pre>if x:\n    y</pre>", "if x:\n    y"),
        ("fish &amp; chips &lt;3 &#8364;5", "fish & chips <3 €5"),
        ("150&#128;", "150€"),
        ("seen<span style='display:none'>unseen</span><script>x()</script>", "seen"),
        ("great <img class='emoji' alt='😀'><img class='emoji' alt=':smile:'>", "great 😀"),
        ("words<div class='signature'>my boat</div>", "words"),
        ("words<br>__________________<br>my boat", "words"),
        ("words<p class='editnote'>changed by me</p>", "words"),
        ("words<p><em>Last edited by Ann on 3 May 2021, 10:00</em></p>", "words"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    ],
)
def test_a_text_is_what_its_readers_see(inner: str, text: str) -> None:
    assert body_of(inner).text == text


@pytest.mark.parametrize(
    ("inner", "others", "author"),
    [
        ("<blockquote>theirs</blockquote>mine", ["theirs"], ""),
        ("<blockquote><cite>Ann wrote:</cite> theirs</blockquote>mine", ["Ann wrote: theirs"], "Ann"),
        ("<aside class='quote' data-username='ann'>theirs</aside>mine", ["theirs"], "ann"),
        ("<div class='bbCodeBlock--quote'>Ann said: theirs</div>mine", ["Ann said: theirs"], "Ann"),
        ("<div class='quoteheader'>Quote from: Ann on May 3</div><div class='quote'>theirs</div>mine", None, "Ann"),
        ("Ann schrieb:<blockquote>theirs</blockquote>mine", ["Ann schrieb:\n\ntheirs"], "Ann"),
        ("&gt; theirs<br>&gt; too<br>mine", ["> theirs\n> too"], ""),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>mine", ["a\n\nb\n\nc"], ""),
        ("<table><tr><td>Originally Posted by <b>Ann</b></td></tr><tr><td>theirs</td></tr></table>mine", None, "Ann"),
        ("<div class='js-selectToQuote'>mine</div>", [], ""),
        ("I said: it is mine", [], ""),
        ("5 &gt; 3 is mine", [], ""),
    ],
)
def test_others_words_are_told_from_the_posts_own(inner: str, others: list[str] | None, author: str) -> None:
    body = body_of(inner)
    spans = [body.text[start:end] for start, end in body.not_own]
    if others is not None:
        assert spans == others
    assert "mine" not in "".join(spans)
    assert "mine" in body.text
    assert (body.quoted.author if body.quoted else "") == author
