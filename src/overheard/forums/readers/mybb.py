"""MyBB's threads, 1.4 to 1.8, with the author above the text or beside it.

Reads: pages of one thread.
Seen: documented only.
Traps: the note of an edit stands beside the date; up to 1.6 a post is a table whose head holds the date.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "mybb.com",
    "MyBB",
    "post_body",
    "author_information",
    "scaleimages",
    "post_management_buttons",
    "postbit_buttons",
    "post_author",
)

_LAYOUTS = (
    Layout(
        post='div.post[id^="post_"], article[id^="post_"]',
        text=".post_body",
        author=".author_information .largetext, .post_author .largetext, .author_information strong",
        date=".post_date",
        link='.post_head a[id^="pid"], .post_head .float_right a',
        rank=".author_information > .smalltext, .author_information .user_title",
    ),
    Layout(
        post='table[id^="post_"]:has(.post_body)',
        text=".post_body",
        author=".post_author .largetext, .largetext",
        date=".tcat",
        link='.tcat a[href*="pid"]',
        rank=".post_author > .smalltext",
    ),
)

READER = layout_reader("MyBB", _MARKS, _LAYOUTS)
