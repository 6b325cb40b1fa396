"""A forum as phpBB 3.3 shows it: boards with pagers, threads of several pages, and the links a crawler should leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from zlib import crc32

from tests.sites.forum import AUTHORS, BOARDS, Forum, Post, Said, Thread
from tests.sites.server import Resource, robots

DISALLOWED = ("/ucp.php", "/posting.php", "/search.php", "/memberlist.php")
"""What robots.txt forbids; every page links to it, and it is there to be fetched by who does not ask."""


class PhpbbSite:
    """Renders a forum. `session_ids`: the links of each page carry one, as guests without cookies see them."""

    def __init__(
        self, forum: Forum, url: str, posts_a_page: int = 5, threads_a_page: int = 5, session_ids: bool = False
    ) -> None:
        self.forum, self.url = forum, url
        self.posts_a_page, self.threads_a_page, self.session_ids = posts_a_page, threads_a_page, session_ids

    def boards(self) -> list[str]:
        """Addresses of the listings a market would name."""
        return [f"{self.url}{_board_path(board)}" for board in range(len(BOARDS))]

    def truth(self) -> list[Said]:
        """Every post there is."""
        return [
            Said(post.own, post.author, post.said_at, self._permalink(post), f"{self.url}{_thread_path(thread)}")
            for thread, post in self.forum.every_post()
        ]

    def resources(self, crawl_delay: float | None = None) -> dict[str, Resource]:
        """What lies at each target."""
        found = {"/robots.txt": robots(*DISALLOWED, crawl_delay=crawl_delay), "/index.php": self._index()}
        for board in range(len(BOARDS)):
            listed = self.forum.listed(board)
            for start in range(0, max(len(listed), 1), self.threads_a_page):
                target = _paged(_board_path(board), start)
                found[target] = self._board(board, listed, start, target)
        for thread in self.forum.threads.values():
            for start in range(0, len(thread.posts), self.posts_a_page):
                target = _paged(_thread_path(thread), start)
                found[target] = self._thread(thread, start, target)
                # The same page under each post's own address.
                for post in thread.posts[start : start + self.posts_a_page]:
                    found[f"/viewtopic.php?p={post.post_id}"] = found[target]
        found |= {f"{path}": _bait() for path in DISALLOWED}
        found |= {f"/memberlist.php?mode=viewprofile&u={2 + user}": _bait() for user in range(len(AUTHORS))}
        return found

    def _permalink(self, post: Post) -> str:
        return f"{self.url}/viewtopic.php?p={post.post_id}#p{post.post_id}"

    def _link(self, target: str, shown_on: str) -> str:
        if not self.session_ids:
            return escape(f".{target}")
        path, _, fragment = target.partition("#")
        sid = f"{crc32(shown_on.encode()):032x}"
        return escape(f".{path}{'&' if '?' in path else '?'}sid={sid}{'#' if fragment else ''}{fragment}")

    def _index(self) -> Resource:
        rows = "".join(
            f'<li class="row"><dl class="row-item forum_read"><dt><div class="list-inner">'
            f'<a href="{self._link(_board_path(board), "/index.php")}" class="forumtitle">{escape(name)}</a>'
            f'</div></dt><dd class="topics">{len(self.forum.listed(board))} <dfn>Topics</dfn></dd></dl></li>'
            for board, name in enumerate(BOARDS)
        )
        return self._page("Index page", "index", "/index.php", f'<ul class="topiclist forums">{rows}</ul>')

    def _board(self, board: int, listed: Sequence[Thread], start: int, target: str) -> Resource:
        rows = "".join(self._row(thread, target) for thread in listed[start : start + self.threads_a_page])
        pager = self._pager(_board_path(board), start, len(listed), self.threads_a_page, "topics", target)
        inside = (
            f'<h2 class="forum-title"><a href="{self._link(_board_path(board), target)}">'
            f"{escape(BOARDS[board])}</a></h2>"
            f'<div class="action-bar bar-top">'
            f"{self._button('/posting.php?mode=post', 'New Topic', target)}{pager}</div>"
            f'<div class="forumbg"><div class="inner"><ul class="topiclist"><li class="header"><dl class="row-item">'
            f'<dt><div class="list-inner">Topics</div></dt><dd class="posts">Replies</dd><dd class="views">Views</dd>'
            f'<dd class="lastpost"><span>Last post</span></dd></dl></li></ul>'
            f'<ul class="topiclist topics">{rows}</ul></div></div><div class="action-bar bar-bottom">{pager}</div>'
        )
        return self._page(f"{BOARDS[board]}", "viewforum", target, inside)

    def _row(self, thread: Thread, target: str) -> str:
        first, last = thread.posts[0], thread.last
        pages = "".join(
            f'<li><a class="button" href="{self._link(_paged(_thread_path(thread), start), target)}">{number}</a></li>'
            for number, start in enumerate(range(0, len(thread.posts), self.posts_a_page), 1)
        )
        small_pager = f'<div class="pagination"><ul>{pages}</ul></div>' if pages.count("<li>") > 1 else ""
        return (
            f'<li class="row bg1{" sticky" if thread.is_sticky else ""}">'
            f'<dl class="row-item {"sticky_read" if thread.is_sticky else "topic_read"}">'
            f'<dt title="No unread posts"><div class="list-inner">'
            f'<a href="{self._link(_thread_path(thread), target)}" class="topictitle">{escape(thread.title)}</a><br>'
            f'<div class="topic-poster responsive-hide left-box">by {self._name(first.author, target)} &raquo; '
            f"{_time(first.said_at)}</div>{small_pager}</div></dt>"
            f'<dd class="posts">{len(thread.posts) - 1} <dfn>Replies</dfn></dd>'
            # Views count every night, with or without a new post.
            f'<dd class="views">{17 * thread.thread_id + self.forum.posts_ever} <dfn>Views</dfn></dd>'
            f'<dd class="lastpost"><span><dfn>Last post </dfn>by {self._name(last.author, target)} '
            f'<a href="{self._link(f"/viewtopic.php?p={last.post_id}#p{last.post_id}", target)}" '
            f'title="Go to last post">&raquo;</a><br>{_time(last.said_at)}</span></dd></dl></li>'
        )

    def _thread(self, thread: Thread, start: int, target: str) -> Resource:
        pager = self._pager(_thread_path(thread), start, len(thread.posts), self.posts_a_page, "posts", target)
        posts = "".join(
            self._post(thread, post, number, target)
            for number, post in enumerate(thread.posts[start : start + self.posts_a_page])
        )
        inside = (
            f'<h2 class="topic-title"><a href="{self._link(_thread_path(thread), target)}">'
            f"{escape(thread.title)}</a></h2>"
            f'<div class="action-bar bar-top">{self._button("/posting.php?mode=reply", "Post Reply", target)}'
            f"{self._button(f'{_thread_path(thread)}&view=print', 'Print view', target)}{pager}</div>"
            f'{posts}<div class="action-bar bar-bottom">{pager}</div>'
            f'<p class="jumpbox-return"><a href="{self._link(_board_path(thread.board), target)}">'
            f"Return to &ldquo;{escape(BOARDS[thread.board])}&rdquo;</a></p>"
        )
        return self._page(thread.title, "viewtopic", target, inside)

    def _post(self, thread: Thread, post: Post, number: int, target: str) -> str:
        words = "<br><br>".join(escape(paragraph, quote=False) for paragraph in post.paragraphs)
        quote = ""
        if post.quoted is not None:
            quote = (
                f"<blockquote><div><cite>{escape(post.quoted.author)} wrote:</cite>"
                f"{escape(post.quoted_words, quote=False)}</div></blockquote>"
            )
        title = thread.title if post is thread.posts[0] else f"Re: {thread.title}"
        link = self._link(f"/viewtopic.php?p={post.post_id}#p{post.post_id}", target)
        return (
            f'<div id="p{post.post_id}" class="post has-profile bg{2 - number % 2}"><div class="inner">'
            f'<dl class="postprofile" id="profile{post.post_id}"><dt>{self._name(post.author, target)}</dt>'
            f'<dd class="profile-posts"><strong>Posts:</strong> {AUTHORS.index(post.author) * 3 + 1}</dd>'
            f'<dd class="profile-joined"><strong>Joined:</strong> Tue Jan 03, 2023 9:12 am</dd></dl>'
            f'<div class="postbody"><div id="post_content{post.post_id}">'
            f'<h3><a href="#p{post.post_id}">{escape(title)}</a></h3>'
            f'<ul class="post-buttons"><li>{self._button("/posting.php?mode=quote", "Quote", target)}</li></ul>'
            f'<p class="author"><a class="unread" href="{link}" title="Post">Post</a>'
            f'<span class="responsive-hide">by <strong>{self._name(post.author, target)}</strong> &raquo; </span>'
            f'{_time(post.said_at)}</p><div class="content">{quote}{words}</div></div></div></div></div>'
        )

    def _pager(self, path: str, start: int, rows: int, size: int, what: str, target: str) -> str:
        starts = range(0, rows, size)
        if len(starts) < 2:
            return f'<div class="pagination">{rows} {what} &bull; Page <strong>1</strong> of <strong>1</strong></div>'
        items = ""
        for number, at in enumerate(starts, 1):
            link = f'<a class="button" href="{self._link(_paged(path, at), target)}" role="button">{number}</a>'
            items += f'<li class="active"><span>{number}</span></li>' if at == start else f"<li>{link}</li>"
        if start + size < rows:
            following = self._link(_paged(path, start + size), target)
            items += f'<li class="arrow next"><a class="button" href="{following}" rel="next">Next</a></li>'
        return f'<div class="pagination">{rows} {what}<ul>{items}</ul></div>'

    def _name(self, author: str, target: str) -> str:
        user = 2 + AUTHORS.index(author)
        link = self._link(f"/memberlist.php?mode=viewprofile&u={user}", target)
        return f'<a href="{link}" class="username">{escape(author)}</a>'

    def _button(self, path: str, words: str, target: str) -> str:
        return f'<a href="{self._link(path, target)}" class="button" title="{words}"><span>{words}</span></a>'

    def _page(self, title: str, section: str, target: str, inside: str) -> Resource:
        menu = "".join(
            f'<li><a href="{self._link(path, target)}">{words}</a></li>'
            for path, words in (("/index.php", "Board index"), ("/search.php", "Search"), ("/ucp.php", "Login"))
        )
        return Resource(
            f'<!DOCTYPE html>\n<html dir="ltr" lang="en-gb"><head><meta charset="utf-8">'
            f"<title>{escape(title)} - Box Bike Forum</title>"
            f'<link rel="canonical" href="{escape(self.url + target)}"></head>'
            f'<body id="phpbb" class="nojs notouch section-{section} ltr"><div id="wrap" class="wrap">'
            f'<div id="page-header"><h1>Box Bike Forum</h1><ul class="nav-main linklist">{menu}</ul></div>'
            f'<div id="page-body" class="page-body">{inside}</div>'
            f'<div id="page-footer" class="page-footer">All times are <span title="UTC">UTC</span>'
            f'<div class="copyright">Powered by <a href="https://www.phpbb.com/">phpBB</a>&reg; Forum Software'
            f" &copy; phpBB Limited</div></div></div></body></html>\n".encode()
        )


def _board_path(board: int) -> str:
    return f"/viewforum.php?f={board + 1}"


def _thread_path(thread: Thread) -> str:
    return f"/viewtopic.php?t={thread.thread_id}"


def _paged(path: str, start: int) -> str:
    return f"{path}&start={start}" if start else path


def _time(at: datetime) -> str:
    shown = f"{at:%a %b %d, %Y} {at.hour % 12 or 12}:{at:%M %p}"
    return f'<time datetime="{at.isoformat()}">{shown.replace("AM", "am").replace("PM", "pm")}</time>'


def _bait() -> Resource:
    return Resource(b"<html><body><h1>Information</h1><p>You are not authorised.</p></body></html>")
