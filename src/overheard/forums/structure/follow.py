"""Where does any web page lead? To the threads it lists, or to its further pages."""

from __future__ import annotations

from typing import Any

from overheard.forums.address import link_target, thread_of
from overheard.forums.outline import drop_unseen
from overheard.forums.reader import Content
from overheard.forums.structure.pager import further_pages
from overheard.forums.structure.rows import thread_links
from overheard.forums.structure.talk import find_talk, is_too_large
from overheard.records import Links


def follow_web_page(content: Content) -> Links:
    """Return the threads a listing shows, each with what changes when it has a new post, and the page's further pages.

    A page that shows posts lists no threads, whatever stands below them ("Similar threads").
    """
    root = content.parse_root()
    here = link_target(content.url, content.url)
    if root is None or not here:
        return Links()
    base = _base_of(root, here)
    aliases, onward = _told(root, base)
    drop_unseen(root)
    if is_too_large(root, content):
        return Links()
    talk = find_talk(root, content, "")
    threads = () if talk.blocks else thread_links(talk.outline, talk.stamps, talk.names, here, base)
    known = frozenset(thread_of(link.url) for link in threads)
    more = further_pages(talk.outline, here, base, aliases, known)
    return Links(threads, more or onward)


def _base_of(root: Any, here: str) -> str:
    for element in root.iter("base"):
        if target := link_target(here, element.get("href") or ""):
            return target
    return here


def _told(root: Any, base: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return what the page's head calls the page itself, and the page it names as the next one."""
    aliases, onward = set(), []
    for element in root.iter("link"):
        kinds = (element.get("rel") or "").lower().split()
        target = link_target(base, element.get("href") or "")
        if target and "canonical" in kinds:
            aliases.add(target)
        if target and "next" in kinds:
            onward.append(target)
    return frozenset(aliases), tuple(onward[:1])
