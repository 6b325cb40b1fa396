"""FluxBB's and PunBB's topics.

Reads: pages of one topic.
Seen: FluxBB 1.4 and 1.5, PunBB 1.2 to 1.4, documented only.
Traps: a signature has the class of a text too; the date is the heading of the post.
"""

from __future__ import annotations

from overheard.forums.layouts import Layout, layout_reader

_MARKS = (
    "fluxbb.org",
    "punbb.",
    "blockpost",
    '"postleft"',
    "postmsg",
    '"punviewtopic"',
    "author-ident",
    '"brdmain"',
    "brd-viewtopic",
    "posthead",
)

_LAYOUTS = (
    Layout(
        post="div.blockpost",
        text=".postmsg:not(.postsignature)",
        author=".postleft dt",
        date="h2",
        link="h2 a",
        rank=".usertitle",
        drop=".postedit",
    ),
    Layout(
        post="div.post:has(.posthead):has(.post-entry)",
        text=".entry-content",
        author=".author-ident .username, .post-byline strong, .post-byline a",
        date=".post-link, .posthead .permalink",
        link=".posthead a.permalink",
        rank=".author-ident .usertitle",
        drop=".lastedit, .sig-content",
    ),
)

READER = layout_reader("FluxBB and PunBB", _MARKS, _LAYOUTS)
