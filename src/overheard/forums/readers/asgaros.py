"""Asgaros Forum's topics, a plugin for WordPress.

Reads: pages of one topic.
Seen: 1 and 2, documented only.
Traps: the text is there twice, once hidden to be quoted.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "asgarosforum",
    "asgaros-forum",
    "post-element",
    "post-username",
    "forum-post-date",
    "af-wrapper",
)

_LAYOUTS = (
    Layout(
        post="div.post-element",
        text=".post-message",
        author=".post-username",
        date=".forum-post-date",
        link=".post-meta > a:last-child",
        rank=".post-author-block-group .usergroup-tag",
        drop='[id^="post-quote-container"], .uploaded-files, .post-uploads',
    ),
)

READER = layout_reader("Asgaros Forum", _MARKS, _LAYOUTS)
