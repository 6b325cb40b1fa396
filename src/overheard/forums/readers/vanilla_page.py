"""Vanilla Forums' discussions as web pages, 2 and 3, and those of Higher Logic.

Reads: pages of one discussion.
Seen: 2.x, Higher Logic Vanilla.
Traps: the first post is marked otherwise than the comments; a portrait is a link without words before the name.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "ItemComment",
    "ItemDiscussion",
    "MessageList",
    "DateCreated",
    "vanillaforums",
    "/applications/vanilla/",
    "DataList Discussions",
    "CommentHeader",
    "DiscussionHeader",
)

_LAYOUTS = (
    Layout(
        post=".ItemDiscussion, .ItemComment",
        text=".Message",
        author=".Author a, .Author .Username",
        date=".DateCreated",
        link="a.Permalink, .DateCreated a",
        rank=".AuthorInfo .Rank, .AuthorInfo .RoleTitle, .AuthorInfo .Roles",
    ),
)

READER = layout_reader("Vanilla", _MARKS, _LAYOUTS)
