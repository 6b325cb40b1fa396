"""Forumotion's topics, in the versions phpBB 2, phpBB 3, Invision, punBB and modern.

Reads: pages of one topic.
Seen: the version after punBB; the others documented only.
Traps: each version takes another engine's markup and changes it; the text is an element without a name in another.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "forumotion",
    "_fa_",
    "poster-profile",
    "postprofile-head",
    "illiweb",
    "servimg",
    "hitskin",
    "forumieren",
    "fa_toolbar",
)

_LAYOUTS = (
    Layout(
        post='div.post[id^="p"]',
        text=".post-entry > div, .postbody .content, .post-entry .entry-content",
        author=".postprofile-head strong, p.author strong, .post-author, .username, .posthead .nickname",
        date=".post-info, p.author, .posthead, .topic-date",
        link='.topic-title a[href*="#"]',
        rank=".postprofile dd:first-of-type:not(:has(.label)), .poster-profile",
        drop=".signature_div, .fa_vote, .vote",
    ),
    Layout(
        post="tr.post",
        text=".postbody > div:first-of-type, .postbody",
        author="span.name strong",
        date="td > span.postdetails:not(.poster-profile)",
        rank=".poster-profile",
        drop=".signature_div",
    ),
)

READER = layout_reader("Forumotion", _MARKS, _LAYOUTS)
