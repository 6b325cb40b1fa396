"""Khoros' (Lithium's) threads.

Reads: pages of one thread.
Seen: the classic markup with words that begin with "lia-", documented only.
Traps: date and time are two elements; a solution is shown twice, above and in its place.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "lia-message-body-content",
    "lia-user-name",
    "lia-message-view",
    "lia-quilt",
    "lithium",
    "Khoros",
)

_LAYOUTS = (
    Layout(
        post=".lia-message-view-wrapper, .lia-linear-display-message-view",
        text=".lia-message-body-content",
        author=".lia-user-name-link, .lia-user-name",
        date=".lia-message-posted-on",
        link='a.lia-message-permalink, .lia-message-position-in-thread a, a.lia-link-navigation[href*="#M"]',
        rank=".lia-message-author-rank",
        drop=".lia-message-signature",
    ),
)

READER = layout_reader("Khoros", _MARKS, _LAYOUTS)
