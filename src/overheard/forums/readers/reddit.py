"""Reddit's API answers: posts and comments as Markdown, nested as people answered each other.

Reads: a thread's comments, listings of posts and of comments, `morechildren`, single things, dumps of bare objects
    (`{"data": [...]}`, JSON Lines).
Seen: oauth.reddit.com 2015 to 2020; dumps documented only.
Traps: without `raw_json=1` the texts are escaped once more; comments before 2017 have no permalink; what "more" stands
    for is not there; a post may be its title alone, and of a link the title is a headline, nobody's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, query_of, sibling_of, split_address, with_query
from overheard.forums.payload import count_of, dict_of, id_text_of, instant_of, line_of, markdown_quotes, text_of
from overheard.forums.reader import Content, Reader
from overheard.forums.readers.reddit_things import Thing, holds_things, is_listing, things_of
from overheard.records import Links, Post, Reading, Span, ThreadLink

_SITE = "https://www.reddit.com"
"""What the API's permalinks are relative to, as its documentation says; the API's own host shows no pages."""
_GONE = ("[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]")
_RANKS = (("moderator", "Moderator"), ("admin", "Administrator"))
_BOT = "AutoModerator"
_CHILDREN_A_REQUEST = 100
_OWN_HINTS = ("self", "image", "hosted:video")


@dataclass(slots=True)
class _Thread:
    """What the payload holds of one thread. `page` is the address of its page, where it is told."""

    title: str = ""
    page: str = ""
    posts: list[Post] = field(default_factory=list)
    gone: int = 0
    cut: int = 0


def read_things(content: Content) -> tuple[Reading, ...]:
    """Read each thread the payload holds anything of.

    Raises:
        UnreadableError: nothing in it was said by people.
    """
    things = list(things_of(content))
    escaped = _is_escaped(things, content.url)
    pages = _pages_of(things)
    threads: dict[str, _Thread] = {}
    key = ""
    for thing in things:
        # A "more" does not say which thread it is cut from: the one it stands in.
        key = thing.thread or key
        _take(threads.setdefault(key, _Thread(page=pages.get(key, ""))), thing, escaped)
    readings = tuple(
        Reading(thread.title, tuple(thread.posts), tuple(_problems(thread)), key)
        for key, thread in threads.items()
        if thread.posts
    )
    if not readings:
        mend = "fetch a thread (/comments/ID.json) or a listing of posts that is not empty"
        raise UnreadableError(content.url, "the payload holds no post and no comment", mend)
    return readings


def _is_escaped(things: list[Thing], url: str) -> bool:
    """Say whether "&", "<" and ">" are written as entities, which the HTML beside the texts tells."""
    for thing in things:
        shown = text_of(thing.data.get("body_html")) or text_of(thing.data.get("selftext_html"))
        if shown:
            return shown.lstrip().startswith("&lt;")
    return "raw_json=1" not in url


def _plain(text: str, escaped: bool) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if escaped else text


def _pages_of(things: list[Thing]) -> dict[str, str]:
    """Find each thread's address: told by its post, or by its comments."""
    pages: dict[str, str] = {}
    for thing in things:
        told = text_of(thing.data.get("permalink"))
        if thing.kind == "t1":
            told = text_of(thing.data.get("link_permalink")) or told.rstrip("/").rpartition("/")[0]
        page = address_in(_SITE, told) if thing.thread and thing.thread not in pages else ""
        if page:
            pages[thing.thread] = f"{page.rstrip('/')}/"
    return pages


def _take(thread: _Thread, thing: Thing, escaped: bool) -> None:
    data = thing.data
    if thing.kind == "more":
        thread.cut += count_of(data.get("count")) or len(thing.children) or 1
        return
    title = _plain(line_of(data.get("title") or data.get("link_title")), escaped)
    thread.title = thread.title or title
    text = _plain(text_of(data.get("selftext" if thing.kind == "t3" else "body")), escaped).strip("\n").rstrip()
    if text.casefold() in _GONE:
        thread.gone += 1
        return
    not_own = markdown_quotes(text)
    if not text and thing.kind == "t3":
        text, not_own = title, () if _is_own_title(data) else ((0, len(title)),)
    if text:
        thread.posts.append(_post(thread, thing, text, not_own))


def _is_own_title(data: dict[str, Any]) -> bool:
    """Say whether a post without text is its author's own, not a link to what others published."""
    if data.get("is_self") is True or data.get("is_gallery") is True or data.get("is_reddit_media_domain") is True:
        return True
    return isinstance(data.get("poll_data"), dict) or data.get("post_hint") in _OWN_HINTS


def _post(thread: _Thread, thing: Thing, text: str, not_own: tuple[Span, ...]) -> Post:
    data, page = thing.data, thread.page
    url = address_in(_SITE, data.get("permalink"))
    if not url and page:
        url = page if thing.kind == "t3" else f"{page}{thing.name.removeprefix('t1_')}/"
    parent = text_of(data.get("parent_id"))
    if parent and page:
        parent = page if parent.startswith("t3_") else f"{page}{parent.removeprefix('t1_')}/"
    author = line_of(data.get("author"))
    ranks = ["Bot"] if author == _BOT else []
    ranks += [shown for word, shown in _RANKS if data.get("distinguished") == word]
    return Post(
        text=text,
        author="" if author == "[deleted]" else author,
        position=len(thread.posts),
        said_at=instant_of(data.get("created_utc")),
        url=url or None,
        not_own=not_own,
        replies_to=parent or None,
        rank=", ".join(ranks),
        key=thing.name,
    )


def _problems(thread: _Thread) -> Iterator[tuple[int, str]]:
    if thread.gone:
        yield 0, f"{thread.gone} deleted or removed posts have no text"
    if thread.cut:
        yield 0, f"{thread.cut} comments are not in the payload (more)"


def follow_things(content: Content) -> Links:
    """Return a listing's threads and its next page; of a thread, where the comments left out of it are."""
    listing = dict_of(content.data)
    if not is_listing(listing):
        return Links(more=tuple(_left_out(list(things_of(content)), content.url)))
    after = id_text_of(listing["data"].get("after"))
    threads = (_thread_link(thing.data, content.url) for thing in things_of(content) if thing.kind == "t3")
    more = with_query(content.url, {"after": after}) if after else ""
    return Links(tuple(link for link in threads if link.url), (more,) if more else ())


def _raw(url: str) -> list[tuple[str, str]]:
    """Return the part of a query that says how texts are escaped."""
    return [(key, value) for key, value in query_of(url).items() if key == "raw_json"]


def _ending(url: str) -> str:
    return ".json" if split_address(url).path.endswith(".json") else ""


def _thread_link(data: dict[str, Any], url: str) -> ThreadLink:
    path = split_address(address_in(_SITE, data.get("permalink"))).path.rstrip("/")
    comments, edited = count_of(data.get("num_comments")), instant_of(data.get("edited"))
    mark = "" if comments is None else f"{comments} comments"
    if mark and edited:
        mark = f"{mark}, edited {edited.isoformat()}"
    return ThreadLink(sibling_of(url, path + _ending(url), _raw(url)) if path else "", mark)


def _left_out(things: list[Thing], url: str) -> Iterator[str]:
    """Yield the addresses of what "more" stands for: comments asked for by number, deeper ones by their parent."""
    link = next((thing.name for thing in things if thing.kind == "t3"), "")
    stubs = [thing for thing in things if thing.kind == "more"]
    start, found, rest = split_address(url).path.partition("/comments/")
    if not found or not link:
        return
    children = list(dict.fromkeys(child for stub in stubs for child in stub.children))
    for at in range(0, len(children), _CHILDREN_A_REQUEST):
        asked = ",".join(children[at : at + _CHILDREN_A_REQUEST])
        query = [("api_type", "json"), ("link_id", link), ("children", asked), *_raw(url)]
        yield sibling_of(url, f"/api/morechildren{_ending(url)}", query)
    number = rest.split("/")[0].removesuffix(".json")
    for stub in stubs:
        parent = text_of(stub.data.get("parent_id"))
        if not stub.children and parent.startswith("t1_"):
            deeper = f"{start}/comments/{number}/_/{parent.removeprefix('t1_')}{_ending(url)}"
            yield sibling_of(url, deeper, _raw(url))


READER = Reader("Reddit", holds_things, read_things, follow_things)
