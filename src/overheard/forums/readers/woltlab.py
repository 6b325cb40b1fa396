"""WoltLab's threads (Burning Board 3 to 5, Suite Forum 3 to 6).

Reads: pages of one thread.
Seen: documented only.
Traps: the date is an element of its own kind from 6 on; a signature is built as a text; a quotation tells its address.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "woltlab.com",
    "wbbPost",
    "wcfAppSystem",
    "messageText",
    "messageSidebar",
    '"postRow',
    '"postText',
    "wbbThread",
)

_LAYOUTS = (
    Layout(
        post="article.wbbPost",
        text=".messageBody .messageText",
        author=".messageSidebar .username, .messageSidebar [itemprop=name], .messageHeader .username",
        date=".messageHeader time, .messageHeader woltlab-core-date-time, .messageHeader .datetime",
        link=".messageHeader a.permalink, a.messagePublicationTime",
        rank=".messageSidebar .userTitle",
        drop=".messageSignature, .messageFooterNotes",
    ),
    Layout(
        post='div.message[id^="postRow"]',
        text='.messageBody > div[id^="postText"]',
        author=".messageAuthor .userName",
        date=".messageHeader .light",
        link=".messageHeader a.messageNumber",
        rank=".messageAuthor .userTitle",
    ),
)

READER = layout_reader("WoltLab", _MARKS, _LAYOUTS)
