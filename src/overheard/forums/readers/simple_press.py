"""Simple:Press' topics, a plugin for WordPress.

Reads: pages of one topic.
Seen: 5 and 6, documented only.
Traps: a rank is an element for the number of posts and another for what was given.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "spTopicPostSection",
    "spPostContent",
    "spPostUserName",
    "spMainContainer",
)

_LAYOUTS = (
    Layout(
        post=".spTopicPostSection",
        text=".spPostContent",
        author=".spPostUserName",
        date=".spPostUserDate",
        rank=".spPostUserSpecialRank, .spPostUserRank",
        drop=".spPostUserSignature",
    ),
)

READER = layout_reader("Simple:Press", _MARKS, _LAYOUTS)
