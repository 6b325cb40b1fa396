"""Which pages of a site are asked for tonight? From boards to threads to pages, each once, only what may be new."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from overheard.errors import AwayError, FetchError, ForbiddenError, UnreadableError
from overheard.forums import follow_page, read_page, thread_of
from overheard.records import Links, Page, Skip, ThreadLink
from overheard.settings import WebSource
from overheard.steps.market import Progress
from overheard.storage import Captures, ThreadState, Visits
from overheard.web import Fetcher

MOST_PAGES_OF_A_THREAD = 1000
MOST_FAILURES = 8
"""Pages in a row that could not be had; then the site is left alone until the next night."""

_STALE = timedelta(hours=12)
"""A pass that began longer ago was another night's: when it is done, tonight's own follows."""

_WITH_OWN_TOKEN = re.compile(r"(?:^|\.)reddit\.com(?::\d+)?$")
"""Sites whose terms allow programs on their API alone, each with its user's credentials."""

_FORBIDDEN = 403
_NEXT_NIGHT = "the rest is for the next night"


class _EnoughError(Exception):
    """Nothing more is asked of this site now."""


class Crawl:
    """One pass over one source. What was asked is noted as it happens, so a killed pass goes on where it stopped."""

    def __init__(
        self,
        step: str,
        source: WebSource,
        fetcher: Fetcher,
        visits: Visits,
        captures: Captures,
        tell: Callable[[Progress], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clean: Callable[[Page], Page] = lambda page: page,
    ) -> None:
        """Make a pass.

        Args:
            step: named in skips.
            source: what is asked for.
            fetcher, visits, captures: what asks, and what keeps it.
            tell: called after every page.
            now: the clock, given by tests.
            clean: takes out of a page what must not be kept.
        """
        self._clean = clean
        self._step, self._source, self._fetcher, self._now = step, source, fetcher, now
        self._visits, self._captures, self._tell = visits, captures, tell
        self._hosts = {urlsplit(url).netloc.lower() for url in (*source.urls, *source.boards)}
        self._token = os.environ.get(source.token_variable, "") if source.token_variable else ""
        self._requests = self._posts = self._waiting = self._failures = self.pages_had = 0
        self._until = now() + timedelta(hours=source.most_hours)
        self._walked: set[str] = set()
        self._failed: set[str] = set()
        self.skips: list[Skip] = []

    def run(self) -> list[Skip]:
        """Ask for what may be new; return what could not be had and why."""
        if self._source.token_variable and not self._token:
            return [self._skip("web", f"the environment has no {self._source.token_variable}; set it to your token")]
        if not self._token and any(_WITH_OWN_TOKEN.search(host) for host in self._hosts):
            why = "is read by its API with your own credentials only; set token_variable, or save pages yourself"
            return [self._skip("web", why)]
        began_at = self._visits.started_at
        try:
            self._pass()
            if began_at is not None and self._now() - began_at >= _STALE:
                self._pass()  # what went on until now was another night's
        except (_EnoughError, AwayError) as stop:
            # The pass stays open and the next run goes on with it: what lies behind the stop is not known yet.
            self.skips.append(self._skip("web", str(stop)))
        return self.skips

    def _pass(self) -> None:
        self._visits.begin(self._now())
        owed = [state for state in known_threads(self._source, self._visits) if state.mark is None]
        for number, state in enumerate(owed):
            self._waiting = len(owed) - number
            self._walk_thread(ThreadLink(state.url, ""), state.board, "all")
        for url in self._source.urls:
            self._walk_thread(ThreadLink(url, ""), "", "ends")
        for board in self._source.boards:
            self._walk_board(board)
        self._recheck()
        self._visits.end()
        self._walked.clear()
        self._failed.clear()

    def _walk_board(self, board: str) -> None:
        """Walk a listing page by page until one shows nothing new; to its end where it never was."""
        was_walked = board in self._visits.boards
        queue, seen, is_whole = [board], {board}, True
        while queue:
            url = queue.pop(0)
            page = self._visit(url)
            if page is None or page.status != 200:
                is_whole = False
                continue
            links = self._links(page)
            if not links.threads and url == board:
                self.skips.append(self._skip(url, "lists no thread; give the address of a board, or put it in urls"))
            changed = [link for link in links.threads if self._is_changed(link)]
            for link in changed:
                self._owe(link, board)
            for number, link in enumerate(links.threads):
                self._waiting = len(links.threads) - number
                if link in changed or not link.mark:
                    self._walk_thread(link, board, "ends")
            if changed or not was_walked:
                queue += [more for more in links.more if more not in seen]
                seen.update(links.more)
        if is_whole:
            self._visits.note_board(board)

    def _is_changed(self, link: ThreadLink) -> bool:
        """Compare with what was known when the pass began: a resumed pass must not take its own work for old."""
        thread = thread_of(link.url)
        if thread not in self._visits.marks_before:
            return True
        return bool(link.mark) and self._visits.marks_before[thread] != link.mark

    def _owe(self, link: ThreadLink, board: str) -> None:
        """Note that a thread has something new before it is asked for, so that nothing is forgotten by a stop."""
        thread = thread_of(link.url)
        known = self._visits.threads.get(thread)
        if thread not in self._walked and (known is None or known.mark not in (None, link.mark)):
            url, pages = (known.url, known.pages) if known else (link.url, ())
            self._visits.note_thread(ThreadState(thread, url, None, pages, board))

    def _walk_thread(self, link: ThreadLink, board: str, which: Literal["due", "ends", "all"]) -> None:
        """Ask for a thread's new pages, and for known ones: those due for another look, its first and last, or all."""
        thread = thread_of(link.url)
        known = self._visits.threads.get(thread)
        if which == "ends" and link.mark and known is not None and known.mark == link.mark:
            return
        self._walked.add(thread)
        pages = list(known.pages) if known else []
        wanted = {"due": set(), "ends": {*pages[:1], *pages[-1:]}, "all": set(pages)}[which]
        queue = [url for url in pages if url in wanted or self._is_due(url)] or [link.url]
        done: set[str] = set()
        is_whole = True
        while queue and len(done) < MOST_PAGES_OF_A_THREAD:
            url = queue.pop(0)
            if url in done:
                continue
            done.add(url)
            before = self._load(url)
            page = self._visit(url)
            if page is None:
                is_whole = is_whole and self._is_forbidden(url)
                continue
            if url not in pages:
                pages.append(url)
            shown = self._keys_of(page)
            self._posts += len(shown)
            if before is not None and before.body != page.body and self._keys_of(before) - shown:
                # Something was deleted, and what followed may have moved to an earlier page: look at all of it.
                queue += pages
            if page.status == 200:
                links = self._links(page)
                if links.is_whole:
                    pages = [known_url for known_url in pages if known_url in (url, *links.more)]
                    queue = [waiting for waiting in queue if waiting in pages]
                queue += [more for more in links.more if more not in pages]
        if queue:
            self.skips.append(
                self._skip(link.url, f"has more than {MOST_PAGES_OF_A_THREAD} pages; the rest is left out")
            )
        mark = link.mark if is_whole else None
        self._visits.note_thread(ThreadState(thread, pages[0] if pages else link.url, mark, tuple(pages), board))

    def _recheck(self) -> None:
        """Look again at pages that have come of age, to notice edits and deletions no listing tells of."""
        for state in known_threads(self._source, self._visits):
            if state.thread not in self._walked and any(self._is_due(url) for url in state.pages):
                self._walk_thread(ThreadLink(state.url, state.mark or ""), state.board, "due")

    def _is_due(self, url: str) -> bool:
        visit = self._visits.visits.get(url)
        if visit is None or url in self._visits.asked:
            return False
        if not self._captures.has(url) and visit.status != _FORBIDDEN:
            return True  # its capture was damaged, or somebody deleted it
        ages = [timedelta(days=days) for days in self._source.recheck_days]
        passed = sum(self._now() - visit.first_at >= age for age in ages)
        return passed > sum(visit.last_at - visit.first_at >= age for age in ages)

    def _visit(self, url: str) -> Page | None:
        """Return a page as it is now, asking for it once a pass; None where it could not be had."""
        if url in self._failed:
            return None
        if url in self._visits.asked:
            return None if self._is_forbidden(url) else self._load(url)
        if self._requests >= self._source.most_pages:
            raise _EnoughError(f"{self._requests} pages were asked for, as most_pages says; {_NEXT_NIGHT}")
        if self._now() >= self._until:
            raise _EnoughError(f"{self._source.most_hours:g} hours went by, as most_hours says; {_NEXT_NIGHT}")
        self._requests += 1
        known = self._load(url)
        try:
            page = self._clean(
                self._fetcher.fetch_page(url, known if known and known.status == 200 else None, self._token)
            )
        except AwayError:
            raise
        except ForbiddenError as error:
            self._visits.note_visit(url, self._now(), _FORBIDDEN)
            self.skips.append(self._skip(url, str(error)))
            return None
        except FetchError as error:
            self._note_failure(url, error)
            return None
        self._failures = 0
        self.pages_had += 1
        if known is None or (page.status, page.body) != (known.status, known.body):
            self._captures.save(page)
        self._visits.note_visit(url, self._now(), 304 if page is known else page.status)
        self._tell(Progress(self._source.name, self._requests, self._posts, self._waiting))
        return page

    def _note_failure(self, url: str, error: FetchError) -> None:
        self._failed.add(url)
        self.skips.append(self._skip(url, str(error)))
        self._failures += 1
        if self._failures >= MOST_FAILURES:
            raise _EnoughError(f"{MOST_FAILURES} pages in a row could not be had; {_NEXT_NIGHT}")

    def _is_forbidden(self, url: str) -> bool:
        visit = self._visits.visits.get(url)
        return visit is not None and visit.status == _FORBIDDEN

    def _load(self, url: str) -> Page | None:
        try:
            return self._captures.load(url)
        except UnreadableError:
            return None  # a damaged capture is fetched again

    def _links(self, page: Page) -> Links:
        """Return where a page leads on the hosts the market names."""
        links = follow_page(page)
        threads = {link.url: link for link in links.threads if self._is_at_home(link.url)}
        more = tuple(url for url in links.more if self._is_at_home(url))
        return Links(tuple(threads.values()), more, links.is_whole)

    def _is_at_home(self, url: str) -> bool:
        return urlsplit(url).netloc.lower() in self._hosts

    def _keys_of(self, page: Page) -> frozenset[str]:
        """Return what tells a page's posts apart; nothing where it shows none."""
        if page.status != 200:
            return frozenset()
        try:
            readings = read_page(page, self._source.selectors)
        except UnreadableError:
            return frozenset()
        return frozenset(post.key or post.url or post.text for reading in readings for post in reading.posts)

    def _skip(self, place: str, why: str) -> Skip:
        return Skip(self._step, self._source.name, place, why)


def known_threads(source: WebSource, visits: Visits) -> list[ThreadState]:
    """Return the threads of the boards and addresses the market names now, in a fixed order."""
    named = {thread_of(url) for url in source.urls}
    kept = [state for state in visits.threads.values() if state.board in source.boards or state.thread in named]
    return sorted(kept, key=lambda state: state.thread)
