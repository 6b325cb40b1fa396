"""vBulletin's threads: 3 (tables), 4 (list items) and 5 and 6.

Reads: pages of one thread, in linear and, for 3, hybrid view.
Seen: 3.8, 4.2, 5; 6 documented only.
Traps: 3 shows a quotation as a table without a class; 4 puts each post into a blockquote; 3 writes the date into the
head of a table beside the number of the post.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "vBulletin",
    "vbulletin_",
    "vbulletin-core",
    "vbmenu",
    '"post_message_',
    '"postmenu_',
    '"bigusername"',
    "postbitlegacy",
    "postcontainer",
    '"postcounter"',
    "js-post__content-text",
    "b-post__",
)

_LAYOUTS = (
    Layout(
        post="li.b-post",
        text=".js-post__content-text",
        author=".b-userinfo__details .author",
        date='.b-post__timestamp, time[itemprop="dateCreated"]',
        link="a.b-post__count",
        rank=".b-userinfo__details .usertitle",
    ),
    Layout(
        post='li[id^="post_"]',
        text='[id^="post_message_"]',
        author=".username",
        date=".postdate, .posthead .date",
        link="a.postcounter",
        rank=".usertitle",
    ),
    Layout(
        post='table[id^="post"]:has([id^="post_message_"]), div[id^="edit"]:has([id^="post_message_"])',
        text='[id^="post_message_"]',
        author='.bigusername, [id^="postmenu_"]',
        date=".thead",
        link='a[id^="postcount"]',
        rank='[id^="postmenu_"] + div.smallfont',
        quote="div:has(> div.smallfont):has(> table)",
    ),
)

READER = layout_reader("vBulletin", _MARKS, _LAYOUTS)
