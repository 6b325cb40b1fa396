"""Simple Machines Forum's topics, 1.1, 2.0 and 2.1.

Reads: pages of one topic.
Seen: 1.1; 2.0 and 2.1 documented only.
Traps: 1.1 is tables whose classes only tell the colour; the head of a quotation stands beside the quotation.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "simplemachines.org",
    "smf_theme_url",
    '"post_wrapper"',
    '"keyinfo"',
    '"subject_',
    '"msg_',
    "action=profile",
)

_LAYOUTS = (
    Layout(
        post=".post_wrapper",
        text='.post .inner, .inner[id^="msg_"]',
        author='.poster h4 a[href*="profile"], .poster h4:not(:has(a[href*="profile"]))',
        date=".keyinfo .smalltext, .postinfo .smalltext",
        link=".keyinfo h5 a, .subject_title a, .postinfo > a.smalltext",
        rank=".poster .title, .poster .membergroup, .poster .postgroup",
    ),
    Layout(
        post="td.windowbg:has(div.post), td.windowbg2:has(div.post)",
        text="div.post",
        author='td[rowspan] > b a[href*="profile"], td[rowspan] > b:not(:has(a))',
        date='[id^="subject_"] + .smalltext',
        link='[id^="subject_"] a',
        rank="td[rowspan] > b + div.smalltext",
    ),
)

READER = layout_reader("Simple Machines Forum", _MARKS, _LAYOUTS)
