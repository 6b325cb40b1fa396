"""YaBB's topics, 2.

Reads: pages of one topic.
Seen: 2.5 and 2.6, documented only.
Traps: the anchor of a post is its number in the topic; a signature stands in a small element without a name.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "yabbforum.com",
    "YaBB",
    "displaycontainer",
    "post-userinfo",
    '"dividerbot"',
    "action=viewprofile",
)

_LAYOUTS = (
    Layout(
        post=".displaycontainer:has(div.message)",
        text="div.message",
        author='td.post-userinfo > a, td > a[href*="viewprofile"], td.post-userinfo > b, td[width="140"] > b',
        date=".dividerbot .small",
        rank='.post-userinfo > .small, td[width="140"] > .small',
    ),
)

READER = layout_reader("YaBB", _MARKS, _LAYOUTS)
