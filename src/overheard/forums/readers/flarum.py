"""Flarum's API (JSON:API): discussions and posts, with who wrote them in `included`.

Reads: `/api/discussions/ID`, `/api/posts`; follows `/api/discussions` and a discussion to the posts it does not hold.
Seen: documented only (1.x, 2.x).
Traps: only posts of the type "comment" were written by people, the others tell of renamings and tags; a discussion
    names all its posts and holds the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.api_links import address_in, path_before, with_query
from overheard.forums.payload import count_of, dict_of, html_body, id_text_of, instant_of, line_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Links, Post, Reading, ThreadLink

_WRITTEN = "comment"
_POSTS_A_REQUEST = 50
_MENTION = "PostMention"
_MOST_LOOKED_AT = 50

_Resource = dict[str, Any]


def is_flarum(content: Content) -> bool:
    """Say whether the content holds Flarum's posts or discussions."""
    rows = list(_resources(content.data))[:_MOST_LOOKED_AT]
    return any(_is_post(row) or _is_discussion(row) for row in rows)


def read_posts(content: Content) -> tuple[Reading, ...]:
    """Read each discussion's posts.

    Raises:
        UnreadableError: the payload holds no post.
    """
    known = {(row.get("type"), id_text_of(row.get("id"))): row for row in _resources(content.data)}
    home = path_before(content.url, "/api/") or ""
    single = next((own for kind, own in known if kind == "discussions"), "")
    threads: dict[str, list[Post]] = {}
    seen = set()
    for row in _resources(content.data):
        own = id_text_of(row.get("id"))
        if not _is_post(row) or own in seen:
            continue
        seen.add(own)
        discussion = _related(row, "discussion") or single
        posts = threads.setdefault(discussion, [])
        post = _post(row, known, home, discussion, len(posts))
        if post is not None:
            posts.append(post)
    readings = [
        Reading(
            _title_of(known, discussion), tuple(sorted(posts, key=lambda post: post.position)), key=f"d/{discussion}"
        )
        for discussion, posts in threads.items()
        if posts
    ]
    if not readings:
        raise UnreadableError(content.url, "the payload holds no post", "fetch a discussion (/api/discussions/ID)")
    return tuple(readings)


def follow_discussions(content: Content) -> Links:
    """Return the discussions of a list and its next page, or where the posts are that a discussion only names."""
    start = path_before(content.url, "/api/")
    if start is None:
        return Links()
    data = dict_of(content.data)
    whole = dict_of(data.get("data"))
    if _is_discussion(whole):
        held = {id_text_of(row.get("id")) for row in _resources(data) if _is_post(row)}
        named = rows_of(dict_of(dict_of(whole.get("relationships")).get("posts")).get("data"))
        missing = [own for row in named if (own := id_text_of(row.get("id"))) and own not in held]
        chunks = [missing[at : at + _POSTS_A_REQUEST] for at in range(0, len(missing), _POSTS_A_REQUEST)]
        asked = (with_query(f"{start}/api/posts", {"filter[id]": ",".join(chunk)}) for chunk in chunks)
        return Links(more=tuple(asked), is_whole=bool(named))
    listed = [row for row in rows_of(data.get("data")) if _is_discussion(row)]
    threads = (ThreadLink(f"{start}/api/discussions/{id_text_of(row.get('id'))}", _mark_of(row)) for row in listed)
    more = address_in(content.url, dict_of(data.get("links")).get("next"))
    return Links(tuple(threads), (more,) if more else ())


def _resources(data: Any) -> Iterator[_Resource]:
    """Yield the payload's resources, those asked for before those included."""
    payload = dict_of(data)
    asked = payload.get("data")
    for row in [*rows_of([asked] if isinstance(asked, dict) else asked), *rows_of(payload.get("included"))]:
        if isinstance(row.get("type"), str) and isinstance(row.get("attributes"), dict):
            yield row


def _is_post(row: _Resource) -> bool:
    return row.get("type") == "posts" and "contentType" in dict_of(row.get("attributes"))


def _is_discussion(row: _Resource) -> bool:
    attributes = dict_of(row.get("attributes"))
    return row.get("type") == "discussions" and "title" in attributes and "commentCount" in attributes


def _related(row: _Resource, name: str) -> str:
    return id_text_of(dict_of(dict_of(dict_of(row.get("relationships")).get(name)).get("data")).get("id"))


def _title_of(known: dict[tuple[Any, str], _Resource], discussion: str) -> str:
    return line_of(dict_of(known.get(("discussions", discussion), {}).get("attributes")).get("title"))


def _post(
    row: _Resource, known: dict[tuple[Any, str], _Resource], home: str, discussion: str, place: int
) -> Post | None:
    said = dict_of(row.get("attributes"))
    body = html_body(said.get("contentHtml")) if said.get("contentType") == _WRITTEN else None
    if body is None or said.get("isHidden") is True:
        return None
    user = known.get(("users", _related(row, "user")), {})
    about = dict_of(user.get("attributes"))
    number = count_of(said.get("number"))
    slug = text_of(dict_of(known.get(("discussions", discussion), {}).get("attributes")).get("slug")) or discussion
    answered = _mentioned(text_of(said.get("contentHtml")))
    return Post(
        text=body.text,
        author=line_of(about.get("displayName")) or line_of(about.get("username")),
        position=number - 1 if number else place,
        said_at=instant_of(said.get("createdAt") or said.get("time")),
        url=f"{home}/d/{slug}/{number}" if home and discussion and number else None,
        not_own=body.not_own,
        replies_to=f"post {answered}" if answered else None,
        rank=_rank_of(user, known),
        key=f"post {id_text_of(row.get('id'))}",
    )


def _mentioned(shown: str) -> str:
    """Return the number of the post that is answered: the first one mentioned."""
    at = shown.find(_MENTION)
    if at < 0:
        return ""
    tag = shown[shown.rfind("<", 0, at) : max(shown.find(">", at), at)]
    _, found, rest = tag.partition('data-id="')
    number = rest.partition('"')[0]
    return number if found and number.isdecimal() else ""


def _rank_of(user: _Resource, known: dict[tuple[Any, str], _Resource]) -> str:
    """Name the groups whose badge is shown beside a name."""
    groups = rows_of(dict_of(dict_of(user.get("relationships")).get("groups")).get("data"))
    shown = (dict_of(known.get(("groups", id_text_of(row.get("id"))), {}).get("attributes")) for row in groups)
    return ", ".join(name for about in shown if (name := line_of(about.get("nameSingular"))))


def _mark_of(row: _Resource) -> str:
    about = dict_of(row.get("attributes"))
    return f"{count_of(about.get('commentCount')) or 0} posts, {text_of(about.get('lastPostedAt'))}"


READER = Reader("Flarum", is_flarum, read_posts, follow_discussions)
