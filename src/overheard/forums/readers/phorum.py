"""Phorum's threads, in the templates emerald, classic and those made after them.

Reads: pages of one thread.
Seen: 5.2 (emerald); classic documented only.
Traps: the anchor of a post stands before it; the buttons and attachments stand in the text.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "phorum.org",
    "Phorum",
    "message-author icon",
    "PhorumReadBodyText",
    "PhorumReadMessageBlock",
    "message-options",
)

_LAYOUTS = (
    Layout(
        post="div.message",
        text=".message-body",
        author=".message-author > a, .message-author:not(:has(> a))",
        date=".generic small",
        rank=".message-user-info > strong",
        drop=".message-options, .message-moderation, .attachments, .warning",
    ),
    Layout(
        post=".PhorumReadMessageBlock",
        text=".PhorumReadBodyText",
        author=".PhorumReadBodyHead > strong > a",
        date=".PhorumReadBodyHead",
    ),
)

READER = layout_reader("Phorum", _MARKS, _LAYOUTS)
