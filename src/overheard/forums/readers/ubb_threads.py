"""UBB.threads' topics, 7.

Reads: pages of one topic.
Seen: 7, documented only.
Traps: a post is a table whose first row holds the date; the anchor of a post stands before it.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "ubbthreads.php",
    "UBB.threads",
    "author-content",
    '"post-content',
    "subjecttable",
    "post_inner",
)

_LAYOUTS = (
    Layout(
        post="table:has(> tr > td.post-content), table:has(> tbody > tr > td.post-content)",
        text='.post_inner > div[id^="body"]',
        author=".author-name a, .author-content .username",
        date=".subjecttable .date",
        link='.subjecttable a[href*="#Post"]',
        rank=".author-content .user-title",
    ),
)

READER = layout_reader("UBB.threads", _MARKS, _LAYOUTS)
