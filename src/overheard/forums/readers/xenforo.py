"""XenForo's threads, 1 and 2.

Reads: pages of one thread.
Seen: 1.x, 2.0 to 2.2; 2.3 documented only.
Traps: a mention in a text is marked as an author is, a signature as a text; 1 puts each post into a blockquote.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "xenforo.com",
    "XenForo",
    "message-attribution",
    '"bbWrapper"',
    "messageUserInfo",
    "messageMeta",
    "data-xf-init",
    "message-cell",
)

_LAYOUTS = (
    Layout(
        post="article.message--post, article.message[data-author]",
        text=".message-body .bbWrapper",
        author=".message-name, .message-userDetails .username",
        date=".message-attribution time",
        link=".message-attribution a:has(> time), .message-attribution-main a",
        rank=".message-userTitle, .message-userDetails .userTitle, .message-user .userBanner",
    ),
    Layout(
        post='li.message[id^="post-"]',
        text=".messageContent .messageText",
        author=".messageUserInfo .username",
        date=".messageMeta .DateTime",
        link=".messageMeta a.hashPermalink",
        rank=".messageUserInfo .userTitle, .messageUserInfo .userBanner",
    ),
)

READER = layout_reader("XenForo", _MARKS, _LAYOUTS)
