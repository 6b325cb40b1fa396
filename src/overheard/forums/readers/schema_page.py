"""Pages that tell their posts to machines as schema.org does, where that is more than the page's structure gives.

Reads: questions with answers, discussions, comments and reviews in JSON-LD, microdata and RDFa.
Seen: the saved pages of a dozen sites: microdata is complete and right wherever it is there, JSON-LD seldom whole.
Traps: JSON-LD often holds the first post alone, cut off, or none of the comments; an article's or a product's own
    text is nobody's post; machines are sometimes told when a post was last changed, not when it was written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from overheard.errors import UnreadableError
from overheard.forums.elements import Found, MarkedPage, posts_of, select, shown
from overheard.forums.reader import Content, Reader
from overheard.forums.structure.schema import Told, fill_from_schema, read_marked, read_schema, start_of
from overheard.forums.structure.thread import is_web_page, read_thread
from overheard.records import Reading

_VOCABULARIES = ("schema.org", "typeof=")
_SAID = re.compile(r"\b(?:Comment|Answer|Question|DiscussionForumPosting|SocialMediaPosting|Review|UserComments)\b")
_MUCH_MORE = 2
"""Times the posts shown; JSON-LD repeats and leaves out, so that it is taken only where structure clearly failed."""
_LONG = 60
"""Letters and digits; a shorter text may be said twice."""
_NEAR = 40
"""Elements around a description, the thing it is of among them."""
_MEND = "give a page of reviews or of a discussion"
_MARKED = re.compile(r"\b(?:itemprop|property)=")
_COVERED = 0.8
"""Share of the posts shown that must be among those told, lest a page tell only of its sidebar."""


def is_told(content: Content) -> bool:
    """Say whether the content is a web page that names types of what people say as schema.org does."""
    named = any(mark in content.text for mark in _VOCABULARIES) and bool(_SAID.search(content.text))
    return named and is_web_page(content)


def read_told(content: Content) -> Sequence[Reading]:
    """Read the page by its structure, or by what it tells where that holds more of the same posts.

    Raises:
        UnreadableError: the page shows no post and tells of none.
    """
    page = MarkedPage(content)
    if page.root is None:
        return ()
    told_by_marks = _distinct(read_marked(page)) if _MARKED.search(content.text) else []
    told_by_script = read_schema(content.parse_root()) if "ld+json" in content.text else []
    marked = _reading_of(page, told_by_marks)
    scripted = _reading_of(page, _distinct([entry for entry in told_by_script if entry.is_said]))
    try:
        shown = read_thread(content)
    except UnreadableError:
        told = max(marked, scripted, key=lambda reading: len(reading.posts))
        if not any(post.author or post.said_at for post in told.posts):
            raise
        return (told,)
    for told, fewest in ((marked, len(shown[0].posts) + 1), (scripted, _MUCH_MORE * len(shown[0].posts))):
        if len(told.posts) >= fewest and _covers(told, shown[0]):
            return (told,)
    things = _things_in(page)
    if all(start_of(post.text) in things for post in shown[0].posts):
        raise UnreadableError(content.url, "shows no post but what a product or an app is", _MEND)
    return (replace(shown[0], posts=tuple(fill_from_schema(list(shown[0].posts), told_by_marks))),)


def _distinct(told: list[Told]) -> list[Told]:
    """Leave out what is told twice: as the thread's own text and as its first comment, or as two kinds of answer."""
    places: dict[str, int] = {}
    out: list[Told] = []
    for entry in told:
        words = "".join(filter(str.isalnum, entry.body.text)).casefold()
        if len(words) >= _LONG and words in places:
            first = out[places[words]]
            out[places[words]] = replace(
                first, author=first.author or entry.author, said_at=first.said_at or entry.said_at
            )
        else:
            places[words] = len(out)
            out.append(entry)
    return out


def _things_in(page: MarkedPage) -> set[str]:
    """Return how the descriptions begin that the page gives of its things: a product, an app, a place."""
    out = set()
    for element in select(page.root, "[itemprop='description']"):
        around = next((above for above in islice(element.iterancestors(), _NEAR) if above.get("itemtype")), None)
        if around is not None and not _SAID.search(around.get("itemtype") or ""):
            out.add(start_of(element.get("content") or shown(element)))
    return out - {""}


def _reading_of(page: MarkedPage, told: list[Told]) -> Reading:
    addresses = [page.address(entry.url) if entry.url not in ("", "#") else None for entry in told]
    counts = Counter(addresses)
    urls = {id(entry): url for entry, url in zip(told, addresses, strict=True) if url and counts[url] == 1}
    found = [
        Found(
            body=entry.body,
            author=entry.author,
            said_at=entry.said_at,
            url=urls.get(id(entry)),
            replies_to=(urls.get(id(entry.above)) or entry.above.author or None) if entry.above else None,
        )
        for entry in told
    ]
    return Reading(page.title, posts_of(found, page.url), page.problems)


def _covers(told: Reading, shown: Reading) -> bool:
    starts = {start_of(post.text) for post in told.posts}
    return sum(start_of(post.text) in starts for post in shown.posts) >= _COVERED * len(shown.posts)


READER = Reader("schema.org", is_told, read_told)
