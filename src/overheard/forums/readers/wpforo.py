"""wpForo's topics, a plugin for WordPress.

Reads: pages of one topic.
Seen: 1 and 2, documented only.
Traps: what is edited, who liked it and the signature stand in the element of the text, by layout.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "wpforo-post",
    "wpforo_",
    "wpf-right",
    "wpforo-wrap",
)

_LAYOUTS = (
    Layout(
        post=".post-wrap",
        text=".wpforo-post-content",
        author=".author-name a, .author-name",
        date=".wpforo-post-content-top, .wpforo-post-date, .wpforo-post-content-bottom",
        link=".wpforo-post-content-top a:has(> i), .wpforo-post-link a",
        rank=".author-title",
        drop=".wpforo-post-signature, .wpf-post-button-actions, .wpforo-post-edited, .wpf-mod-message",
    ),
)

READER = layout_reader("wpForo", _MARKS, _LAYOUTS)
