"""Invision's topics (IP.Board, IPS Community): 2, 3, 4 and 5.

Reads: pages of one topic.
Seen: 3, 4; 2 and 5 documented only.
Traps: 4 shows the author twice, for narrow and for wide screens, with a count of reputation beside it; a note of an
edit stands in the text.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "cAuthorPane",
    '"commentContent"',
    "ipsEntry",
    "ipsComment",
    "ipsType_",
    '"elComment_',
    "post_block",
    "posted_info",
    "ipbwrapper",
    "ipbtable",
    '"postcolor"',
    '"normalname"',
    "invision",
)

_LAYOUTS = (
    Layout(
        post='article[id^="elComment_"], article.cPost, article.ipsEntry',
        text='[data-role="commentContent"]',
        author=".cAuthorPane_author a, .cAuthorPane_author > strong, .ipsEntry__username a, .ipsEntry__username h3",
        date=".ipsComment_meta time, .ipsEntry__header time, .ipsEntry__date time",
        link=".ipsComment_meta a:has(> time), .ipsEntry__header a:has(> time)",
        rank='[data-role="group"], [data-role="rank-title"], .cAuthorPane_info > li.ipsType_break:first-child',
        drop="[data-excludequote]",
    ),
    Layout(
        post=".post_block",
        text=".post_body .entry-content, .post_body div.post",
        author="span.author",
        date=".posted_info",
        link=".post_id a",
        rank=".group_title, .member_title",
        drop=".edit",
    ),
    Layout(
        post="table.ipbtable:has(div.postcolor)",
        text="div.postcolor",
        author=".normalname",
        date="div > .postdetails",
        link='a[name^="entry"]',
        rank="td > span.postdetails",
        drop=".edit",
    ),
)

READER = layout_reader("Invision Community", _MARKS, _LAYOUTS)
