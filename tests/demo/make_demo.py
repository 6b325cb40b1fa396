"""Make data/demo's saved forum pages from tests/demo/truth: `python -m tests.demo.make_demo`.

The truth (who is who, which sentences are pains) stays here; the pipeline reads only what this writes. The pages are
shaped after what phpBB 3, Discourse and XenForo 2 really send, with their menus, ranks, signatures and buttons.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TRUTH = Path(__file__).parent / "truth"
SOURCES = ROOT / "data" / "demo" / "sources"

Post = dict[str, Any]


def load_posts(site: str) -> dict[str, list[Post]]:
    """Return the site's posts by thread, in order."""
    threads: dict[str, list[Post]] = {}
    for line in (TRUTH / "posts.jsonl").read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        if post["site"] == site:
            threads.setdefault(post["thread"], []).append(post)
    return threads


def load_people() -> dict[tuple[str, str], dict[str, Any]]:
    """Return people by (site, author)."""
    lines = (TRUTH / "people.jsonl").read_text(encoding="utf-8").splitlines()
    return {(person["site"], person["author"]): person for person in map(json.loads, lines)}


def pages() -> dict[str, str]:
    """Return every saved page: path below sources → content."""
    made = {}
    for thread, (slug, posts) in enumerate(load_posts("workbench").items(), 1401):
        made[f"workbench/{slug}.html"] = phpbb_page(thread, posts)
    for thread, (slug, posts) in enumerate(load_posts("soloists").items(), 311):
        made[f"soloists/{slug}.json"] = discourse_payload(thread, slug, posts)
    for thread, (slug, posts) in enumerate(load_posts("backoffice").items(), 78):
        made[f"backoffice/{slug}.html"] = xenforo_page(thread, slug, posts)
    return made


def _when(post: Post) -> datetime:
    return datetime.fromisoformat(post["said_at"])


def _day(date: datetime, form: str) -> str:
    return re.sub(r"\b0(\d)", r"\1", date.strftime(form), count=1)


def _number_of(posts: list[Post], quote: dict[str, str], before: int) -> int:
    """Find which earlier post a quote comes from."""
    return next(
        i for i, p in enumerate(posts[:before]) if p["author"] == quote["author"] and quote["text"] in p["text"]
    )


def _lines(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def _rank(site: str, author: str) -> str:
    role = load_people()[site, author]["role"]
    return {"staff": "Tallybird team", "loud": "Veteran"}.get(role, "")


def phpbb_page(thread: int, posts: list[Post]) -> str:
    """Write a thread as phpBB 3.3 (prosilver) shows it."""
    title = html.escape(posts[0]["title"])
    blocks = '\n<hr class="divider" />\n'.join(_phpbb_post(thread, number, posts) for number in range(len(posts)))
    return f"""<!DOCTYPE html>
<html dir="ltr" lang="en-gb">
<head>
<meta charset="utf-8" />
<title>{title} - The Workbench</title>
<link rel="canonical" href="https://workbench.example/viewtopic.php?t={thread}">
<link href="./styles/prosilver/theme/stylesheet.css" rel="stylesheet">
</head>
<body id="phpbb" class="nojs notouch section-viewtopic ltr">
<div id="wrap" class="wrap">
<a id="top" class="top-anchor" accesskey="t"></a>
<div id="page-header"><div class="headerbar" role="banner"><div class="inner">
<div id="site-description" class="site-description"><h1>The Workbench</h1><p>Trades, crafts and the paperwork that comes with them</p></div>
</div></div>
<div class="navbar" role="navigation"><div class="inner"><ul id="nav-main" class="nav-main linklist" role="menubar">
<li><a href="/app.php/help/faq" rel="help">FAQ</a></li><li class="rightside"><a href="./ucp.php?mode=login">Login</a></li>
<li class="rightside"><a href="./ucp.php?mode=register">Register</a></li></ul></div></div></div>
<div id="page-body" class="page-body" role="main">
<h2 class="topic-title"><a href="./viewtopic.php?t={thread}">{title}</a></h2>
<div class="action-bar bar-top"><a href="./posting.php?mode=reply&amp;t={thread}" class="button" title="Post a reply"><span>Post Reply</span></a>
<div class="pagination">{len(posts)} posts &bull; Page <strong>1</strong> of <strong>1</strong></div></div>
{blocks}
<div class="action-bar bar-bottom"><a href="./posting.php?mode=reply&amp;t={thread}" class="button"><span>Post Reply</span></a></div>
<div class="stat-block online-list"><h3>Who is online</h3><p>Users browsing this forum: No registered users and 3 guests</p></div>
</div>
<div id="page-footer" class="page-footer"><div class="copyright"><p>Powered by phpBB&reg; Forum Software &copy; phpBB Limited</p></div></div>
</div></body></html>
"""


def _phpbb_post(thread: int, number: int, posts: list[Post]) -> str:
    post, date = posts[number], _when(posts[number])
    at, author = thread * 100 + number, html.escape(posts[number]["author"])
    quoted = ""
    if post["quote"]:
        source = thread * 100 + _number_of(posts, post["quote"], number)
        who = html.escape(post["quote"]["author"])
        quoted = (
            f'<blockquote><div><cite><a href="./memberlist.php?mode=viewprofile&amp;u={len(who) * 7}">{who}</a> wrote: '
            f'<a href="./viewtopic.php?p={source}#p{source}" data-post-id="{source}">↑</a></cite>'
            f"{_lines(post['quote']['text'])}</div></blockquote>\n"
        )
    rank = _rank("workbench", post["author"])
    rank_line = f'<dd class="profile-rank">{rank}</dd>' if rank else ""
    signature = f'<div id="sig{at}" class="signature">{_lines(post["signature"])}</div>' if post["signature"] else ""
    return f"""<div id="p{at}" class="post has-profile bg{1 + number % 2}"><div class="inner">
<dl class="postprofile" id="profile{at}"><dt class="has-profile-rank no-avatar"><div class="avatar-container"></div>
<a href="./memberlist.php?mode=viewprofile&amp;u={len(author) * 7}" class="username">{author}</a></dt>{rank_line}
<dd class="profile-posts"><strong>Posts:</strong> <a href="./search.php?author_id={len(author) * 7}">{40 + 13 * len(author)}</a></dd>
<dd class="profile-joined"><strong>Joined:</strong> Mon Feb 0{1 + number % 8}, 2021 8:1{number % 10} am</dd></dl>
<div class="postbody"><div id="post_content{at}"><h3 {'class="first"' if not number else ""}><a href="#p{at}">{"" if not number else "Re: "}{html.escape(post["title"])}</a></h3>
<ul class="post-buttons"><li><a href="./posting.php?mode=quote&amp;p={at}" title="Reply with quote" class="button button-icon-only"><span class="sr-only">Quote</span></a></li></ul>
<p class="author"><a class="unread" href="./viewtopic.php?p={at}#p{at}" title="Post"><span class="sr-only">Post</span></a>
<span class="responsive-hide">by <strong><a href="./memberlist.php?mode=viewprofile&amp;u={len(author) * 7}" class="username">{author}</a></strong> &raquo; </span><time datetime="{date.isoformat()}">{date.strftime("%a %b %d, %Y %I:%M %p").replace(" 0", " ").replace("AM", "am").replace("PM", "pm")}</time></p>
<div class="content">{quoted}{_lines(post["text"])}</div>
{signature}</div></div>
<div class="back2top"><a href="#top" class="top" title="Top"><span class="sr-only">Top</span></a></div>
</div></div>"""


def discourse_payload(thread: int, slug: str, posts: list[Post]) -> str:
    """Write a thread as Discourse answers /t/SLUG/ID.json."""
    stream = [_discourse_post(thread, slug, number, posts) for number in range(len(posts))]
    payload = {
        "post_stream": {"posts": stream, "stream": [post["id"] for post in stream]},
        "id": thread,
        "title": posts[0]["title"],
        "fancy_title": html.escape(posts[0]["title"]),
        "posts_count": len(posts),
        "created_at": stream[0]["created_at"],
        "last_posted_at": stream[-1]["created_at"],
        "slug": slug,
        "category_id": 5,
        "archetype": "regular",
    }
    return json.dumps(payload, ensure_ascii=False, indent=1) + "\n"


def _discourse_post(thread: int, slug: str, number: int, posts: list[Post]) -> Post:
    post = posts[number]
    cooked = "\n".join(f"<p>{_lines(part)}</p>" for part in post["text"].split("\n\n"))
    reply = None
    if post["quote"]:
        reply = _number_of(posts, post["quote"], number) + 1
        who, quoted = html.escape(post["quote"]["author"]), _lines(post["quote"]["text"])
        cooked = (
            f'<aside class="quote no-group" data-username="{who}" data-post="{reply}" data-topic="{thread}">\n'
            f'<div class="title">\n<div class="quote-controls"></div>\n{who}:</div>\n'
            f"<blockquote>\n<p>{quoted}</p>\n</blockquote>\n</aside>\n{cooked}"
        )
    rank = _rank("soloists", post["author"])
    return {
        "id": thread * 100 + number,
        "name": "",
        "username": post["author"],
        "created_at": post["said_at"].replace("Z", ".000Z"),
        "cooked": cooked,
        "post_number": number + 1,
        "post_type": 1,
        "updated_at": post["said_at"].replace("Z", ".000Z"),
        "reply_count": 0,
        "reply_to_post_number": reply,
        "topic_id": thread,
        "topic_slug": slug,
        "user_title": rank or None,
        "moderator": False,
        "admin": False,
        "staff": False,
        "hidden": False,
        "deleted_at": None,
        "post_url": f"/t/{slug}/{thread}/{number + 1}",
    }


def xenforo_page(thread: int, slug: str, posts: list[Post]) -> str:
    """Write a thread as XenForo 2.2 shows it."""
    title = html.escape(posts[0]["title"])
    blocks = "\n".join(_xenforo_post(thread, slug, number, posts) for number in range(len(posts)))
    return f"""<!DOCTYPE html>
<html id="XF" lang="en-US" dir="LTR" data-app="public" data-template="thread_view" data-container-key="node-4" class="has-no-js">
<head>
<meta charset="utf-8" />
<title>{title} | Back Office</title>
<link rel="canonical" href="https://backoffice.example/threads/{slug}.{thread}/" />
<meta property="og:site_name" content="Back Office" />
</head>
<body data-template="thread_view">
<div class="p-pageWrapper" id="top"><header class="p-header" id="header"><div class="p-header-logo"><a href="/">Back Office</a></div></header>
<nav class="p-nav"><ul class="p-nav-list js-offCanvasNavSource"><li><a href="/" class="p-navEl-link">Forums</a></li><li><a href="/whats-new/" class="p-navEl-link">What's new</a></li>
<li><a href="/login/" class="p-navgroup-link">Log in</a></li></ul></nav>
<div class="p-body"><div class="p-body-inner"><div class="p-body-header"><h1 class="p-title-value">{title}</h1>
<div class="p-description"><ul class="listInline listInline--bullet"><li>Thread starter <a href="/members/1/" class="username u-concealed">{html.escape(posts[0]["author"])}</a></li></ul></div></div>
<div class="p-body-content"><div class="block block--messages" data-xf-init="" data-type="post"><div class="block-container lbContainer"><div class="block-body js-replyNewMessageContainer">
{blocks}
</div></div></div>
<div class="blockMessage blockMessage--none">You must log in or register to reply here.</div>
<div class="block"><h3 class="block-minorHeader">Similar threads</h3><ul><li><a href="/threads/printers.3/">Which printer for labels?</a></li></ul></div>
</div></div></div>
<footer class="p-footer"><div class="p-footer-copyright">Community platform by XenForo</div></footer></div></body></html>
"""


def _xenforo_post(thread: int, slug: str, number: int, posts: list[Post]) -> str:
    post, date = posts[number], _when(posts[number])
    at, author = thread * 1000 + number, html.escape(post["author"])
    quoted = ""
    if post["quote"]:
        source = thread * 1000 + _number_of(posts, post["quote"], number)
        who = html.escape(post["quote"]["author"])
        quoted = (
            f'<blockquote data-attributes="member: 9" data-quote="{who}" data-source="post: {source}" class="bbCodeBlock bbCodeBlock--expandable '
            f'bbCodeBlock--quote js-expandWatch"><div class="bbCodeBlock-title"><a href="/goto/post?id={source}" class="bbCodeBlock-sourceJump" '
            f'rel="nofollow">{who} said:</a></div><div class="bbCodeBlock-content"><div class="bbCodeBlock-expandContent js-expandContent ">'
            f'{_lines(post["quote"]["text"])}</div><div class="bbCodeBlock-expandLink js-expandLink"><a role="button" tabindex="0">Click to expand...'
            f"</a></div></div></blockquote>"
        )
    link = f"/threads/{slug}.{thread}/post-{at}"
    rank = _rank("backoffice", post["author"]) or "Member"
    signature = (
        f'<aside class="message-signature"><div class="bbWrapper">{_lines(post["signature"])}</div></aside>'
        if post["signature"]
        else ""
    )
    return f"""<article class="message message--post js-post js-inlineModContainer" data-author="{author}" data-content="post-{at}" id="js-post-{at}">
<span class="u-anchorTarget" id="post-{at}"></span><div class="message-inner"><div class="message-cell message-cell--user"><section class="message-user">
<div class="message-userDetails"><h4 class="message-name"><a href="/members/{at % 97}/" class="username" dir="auto">{author}</a></h4><h5 class="userTitle message-userTitle" dir="auto">{rank}</h5></div>
<div class="message-userExtras"><dl class="pairs pairs--justified"><dt>Joined</dt><dd>Mar {1 + number}, 2019</dd></dl><dl class="pairs pairs--justified"><dt>Messages</dt><dd>{17 * len(author)}</dd></dl></div></section></div>
<div class="message-cell message-cell--main"><div class="message-main js-quickEditTarget"><header class="message-attribution message-attribution--split">
<ul class="message-attribution-main listInline"><li class="u-concealed"><a href="{link}" rel="nofollow"><time class="u-dt" dir="auto" datetime="{date.strftime("%Y-%m-%dT%H:%M:%S+0000")}" data-time="{int(date.timestamp())}" title="{_day(date, "%b %d, %Y")} at {date.strftime("%I:%M %p")}">{_day(date, "%b %d, %Y")}</time></a></li></ul>
<ul class="message-attribution-opposite message-attribution-opposite--list"><li><a href="{link}" class="message-attribution-gadget" rel="nofollow">Share</a></li><li><a href="{link}" rel="nofollow">#{number + 1}</a></li></ul></header>
<div class="message-content js-messageContent"><div class="message-userContent lbContainer js-lbContainer"><article class="message-body js-selectToQuote"><div class="bbWrapper">{quoted}{_lines(post["text"])}</div></article></div></div>
<footer class="message-footer"><div class="message-actionBar actionBar"><div class="actionBar-set actionBar-set--external"><a href="/posts/{at}/react" class="actionBar-action">Like</a><a href="{link}" class="actionBar-action">Reply</a></div></div></footer>
{signature}</div></div></div></article>"""


def write_pages(folder: Path, made: Iterable[tuple[str, str]]) -> None:
    """Write pages below `folder`."""
    for name, content in made:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages(SOURCES, pages().items())
