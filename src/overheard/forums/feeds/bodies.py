"""What did an entry's author write? The text without what sites and boards put below it in their feeds."""

from __future__ import annotations

import re
from typing import Any

from overheard.forums.address import join_address, split_address
from overheard.forums.body import Body, read_body
from overheard.forums.elements import select, shown
from overheard.forums.feeds.entries import Entry
from overheard.forums.mail.own import cut_own
from overheard.forums.outline import drop_unseen, parse_html
from overheard.forums.quotes import quoted_lines

_MOST_WORDS_OF_LINK = 6
_MOST_WORDS_BESIDE_LINKS = 14
_DEEPEST_NOTE = 30
_COUNTS = re.compile(r"\d[\d.,]* \S.{0,60}\d[\d.,]* \S.{0,40}|\d[\d.,]* \S{1,20}")
_COMMENTS = re.compile(r"\[?comments\]?", re.IGNORECASE)
_REPLYING = re.compile(r"Replying to @\S.{0,80}?post:", re.DOTALL)


def read_entry(entry: Entry) -> tuple[Body, str]:
    """Read an entry's text, and the address of the post it says it answers; both empty where there is none."""
    if entry.is_plain:
        text = "\n".join(line.rstrip() for line in entry.source.strip().splitlines())
        return Body(text, tuple(quoted_lines(text)), None), ""
    root = parse_html(f"<div>{entry.source}</div>")
    if root is None:
        return Body("", (), None), ""
    drop_unseen(root)
    _drop_notes(root, entry.link)
    body = read_body(root)
    if _is_mail(root):
        body = Body(*cut_own(body.text, body.not_own), body.quoted)
    links = [anchor.get("href") for anchor in select(root, "a[href]")[:3]] if _REPLYING.match(body.text) else []
    answered = next((link for link in links if "#" in link), "")
    return body, join_address(entry.link, answered) if answered else ""


def _is_mail(root: Any) -> bool:
    """Say whether all of a text stands in one pre element, as list archives write mails into feeds."""
    first = next(iter(select(root, "pre")), None)
    return first is not None and len(shown(first)) >= 0.9 * len(shown(root))


def _drop_notes(root: Any, link: str) -> None:
    for element in select(root, ".feedflare, .mf-viral, .sharedaddy"):
        _drop(element)
    _drop_around_post(root)
    for _ in range(4):
        last = _last_block(root)
        if last is None or not _is_note(last, link):
            return
        _drop(last)


def _drop_around_post(root: Any) -> None:
    """Drop "submitted by … [link] [comments]" around a post drawn from Markdown."""
    comments = [anchor for anchor in select(root, "a") if _COMMENTS.fullmatch(shown(anchor))]
    markdown = select(root, "div.md")
    if not comments or not any(shown(anchor) == "[link]" for anchor in select(root, "a")):
        if comments and shown(root) == shown(comments[0]):
            _drop(comments[0])
        return
    post = next(iter(markdown), None)
    inside = set(post.iter()) if post is not None else set()
    for element in list(root.iter()):
        if element not in inside:
            element.text = None
        if element not in inside or element is post:
            element.tail = None


def _last_block(root: Any) -> Any | None:
    """Return the last element that shows words and is followed by none."""
    holder = root
    for _ in range(_DEEPEST_NOTE):
        children = [child for child in holder if shown(child) or (child.tail or "").strip()]
        if not children or (children[-1].tail or "").strip():
            return None
        last = children[-1]
        if last.tag not in ("html", "body", "div", "section", "article") or (last.text or "").strip():
            return last
        holder = last
    return None


def _is_note(element: Any, link: str) -> bool:
    anchors = [anchor for anchor in element.iter("a") if anchor.get("href")]
    words = shown(element).split()
    linked = sum(len(shown(anchor).split()) for anchor in anchors)
    targets = [join_address(link, anchor.get("href")) for anchor in anchors]
    if len(anchors) == 1 and len(words) == linked <= _MOST_WORDS_OF_LINK:
        # "Read more", "Continue reading", "Read full topic": a link to the entry itself.
        return _without_fragment(targets[0]) == _without_fragment(link)
    if element.tag in ("p", "div") and len(anchors) == 2 and len(words) - linked <= _MOST_WORDS_BESIDE_LINKS:
        # "The post X appeared first on Y", in any language.
        return _without_fragment(targets[0]) == _without_fragment(link) and split_address(targets[1]).path in ("", "/")
    if element.tag in ("p", "small") and any("memberlist.php" in target for target in targets):
        # phpBB writes below every post whose it is and when.
        return len(words) - linked <= _MOST_WORDS_BESIDE_LINKS + 4
    small = element if element.tag == "small" else next(iter(element.iter("small")), None)
    return small is not None and shown(small) == shown(element) and bool(_COUNTS.fullmatch(shown(element)))


def _without_fragment(url: str) -> str:
    return url.split("#")[0].rstrip("/")


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()
