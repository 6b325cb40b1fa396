"""phpBB's topics, 2 (subSilver) and 3 (prosilver, subsilver2), and the styles made after these.

Reads: pages of one topic.
Seen: 3.0, 3.2, 3.3, and subsilver2; 2.0 and 3.1 documented only.
Traps: 3.0 gives a rank no class; a signature in subsilver2 has the class of the text; adverts are posts without an id;
in 2 a post is a row of one long table and a quotation ends the element of the text and begins it again after.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "phpbb.com",
    'id="phpbb"',
    '"postprofile"',
    "viewtopic.php",
    "memberlist.php?mode=",
    "profile.php?mode=viewprofile",
    '"postdetails"',
)

_LAYOUTS = (
    Layout(
        post="div.post, article.post, li.post",
        text=".postbody .content",
        author="p.author strong, .postprofile .username, .postprofile .username-coloured",
        date="p.author",
        link='p.author a[href*="#p"]',
        rank=".postprofile .profile-rank, dl.postprofile > dd:first-of-type:not([class]):not(:has(strong))",
        drop=".codebox > p, dl.codebox > dt",
    ),
    Layout(
        post="table.tablebg:has(div.postbody)",
        text="td > div.postbody:first-of-type",
        author=".postauthor",
        date="td.gensmall",
        link='td.gensmall a[href*="viewtopic"]',
        rank="td.profile td.postdetails",
    ),
    Layout(
        post="tr:has(> td > span.name)",
        text="td:has(> span.postbody)",
        author="span.name",
        date="a + span.postdetails",
        rank="span.name ~ span.postdetails",
        drop="span.gensmall",
    ),
)

READER = layout_reader("phpBB", _MARKS, _LAYOUTS)
