"""Flarum's discussions as their pages show them without scripts.

Reads: pages of one discussion that carry no payload.
Seen: documented only (1.x, 2.x).
Traps: without scripts neither dates nor addresses of the posts are shown.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = ("flarum-content", "Post-body", "flarum-loading", "flarum-json-payload")

_LAYOUTS = (Layout(post="#flarum-content div:has(> .Post-body)", text=".Post-body", author="h3"),)

READER = layout_reader("Flarum page", _MARKS, _LAYOUTS)
