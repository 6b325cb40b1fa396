"""The sites for crawl tests hold what their truths say, and change overnight as told."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from overheard.forums import read_page
from overheard.records import Post
from tests.make import make_page
from tests.sites.discourse_site import DiscourseSite
from tests.sites.forum import Said, change_overnight, make_forum
from tests.sites.phpbb_site import PhpbbSite
from tests.sites.saved_site import load_saved_site
from tests.sites.server import Resource

URL = "http://127.0.0.1:8"
_LINK = re.compile(r'href="([^"]+)"')


def own_words(post: Post) -> str:
    text, end = "", 0
    for start, stop in post.not_own:
        text += post.text[end:start]
        end = stop
    return (text + post.text[end:]).strip()


def read_all(threads: dict[str, Resource]) -> Counter[tuple[str, ...]]:
    """What the threads' own pages say: own words, author, date, address of each post."""
    return Counter(
        (own_words(post), post.author, str(post.said_at), str(post.url))
        for target, page in threads.items()
        for reading in read_page(make_page(page.body, URL + target))
        for post in reading.posts
    )


def told(truth: list[Said]) -> Counter[tuple[str, ...]]:
    return Counter((said.own, said.author, str(said.said_at), said.url) for said in truth)


def test_the_pages_of_the_forum_say_what_its_truth_says() -> None:
    site = PhpbbSite(make_forum(), URL)
    assert len(site.truth()) > 100
    assert read_all(_threads(site)) == told(site.truth())


@pytest.mark.parametrize("session_ids", [False, True])
def test_every_link_of_the_forum_leads_somewhere(session_ids: bool) -> None:
    found = PhpbbSite(make_forum(), URL, session_ids=session_ids).resources()
    links = {
        unescape(link).partition("#")[0]
        for target, page in found.items()
        for link in _LINK.findall(page.body.decode())
        if target.startswith("/view") and not link.startswith(("#", "https://www.phpbb.com"))
    }
    targets = {re.sub(r"[?&]sid=\w+", "", urljoin(f"{URL}/", link).removeprefix(URL)) for link in links}
    unknown = {urlsplit(target).path for target in targets - set(found)}
    # A print view and the answers of forms: nobody needs them, and robots.txt forbids most.
    assert unknown == {"/posting.php", "/viewtopic.php"}
    assert all("view=print" in target for target in targets - set(found) if target.startswith("/viewtopic.php"))
    assert any(target.startswith("/viewforum.php?f=1&start=") for target in targets)


def test_the_forum_is_the_same_every_time() -> None:
    assert PhpbbSite(make_forum(), URL).resources() == PhpbbSite(make_forum(), URL).resources()


def test_a_night_changes_what_it_says_and_nothing_else() -> None:
    forum = make_forum()
    site = PhpbbSite(forum, URL)
    before, pages = told(site.truth()), _threads(site)
    changed = change_overnight(forum)
    after, new_pages = told(site.truth()), _threads(site)
    # Two replies, the first post of a new thread, and the edited post.
    assert sum((after - before).values()) == 4
    gone = changed["deleted post"]
    assert f"{URL}/viewtopic.php?p={gone}#p{gone}" in {address for *_, address in before - after}
    assert f"/viewtopic.php?t={changed['deleted']}" not in new_pages
    assert f"/viewtopic.php?t={changed['opened']}" in new_pages
    touched = {changed[what] for what in ("replied", "replied too", "shortened", "deleted")}
    for target, page in pages.items():
        if int(re.findall(r"t=(\d+)", target)[0]) not in touched:
            assert page == new_pages[target]


def test_an_edit_does_not_show_in_the_listing_and_a_reply_does() -> None:
    forum = make_forum(threads=18)
    site = DiscourseSite(forum, URL, topics_a_page=30)
    before = _counts(site)
    changed = change_overnight(forum)
    after = _counts(site)
    assert {thread_id for thread_id in before if before[thread_id] != after.get(thread_id)} == {
        changed[what] for what in ("replied", "replied too", "shortened", "deleted")
    }
    forum.edit(changed["edited post"], "Edited once more.")
    assert _counts(site) == after


def _threads(site: PhpbbSite) -> dict[str, Resource]:
    return {target: page for target, page in site.resources().items() if target.startswith("/viewtopic.php?t=")}


def _counts(site: DiscourseSite) -> dict[int, tuple[int, str]]:
    topics = json.loads(_found(site, "/latest.json").body)["topic_list"]["topics"]
    return {row["id"]: (row["posts_count"], row["bumped_at"]) for row in topics}


def topic_posts(site: DiscourseSite, thread_id: int) -> list[dict[str, Any]]:
    topic = json.loads(_found(site, f"/t/{thread_id}.json").body)
    given = {row["id"]: row for row in topic["post_stream"]["posts"]}
    rest = [post_id for post_id in topic["post_stream"]["stream"] if post_id not in given]
    asked = "&".join(f"post_ids[]={post_id}" for post_id in rest)
    more = json.loads(_found(site, f"/t/{thread_id}/posts.json?{asked}").body)["post_stream"]["posts"] if rest else []
    assert [row["id"] for row in more] == rest
    return [*given.values(), *more]


def _found(site: DiscourseSite, target: str) -> Resource:
    found = site.find(target)
    assert found is not None
    return found


def test_the_payloads_say_what_their_truth_says_once_every_stream_is_asked_for() -> None:
    forum = make_forum(threads=18)
    site = DiscourseSite(forum, URL)
    rows = Counter(
        (own_words(post), post.author, str(post.said_at), str(post.url))
        for thread_id in forum.threads
        for row in topic_posts(site, thread_id)
        if row["post_type"] == 1
        for post in read_page(make_page(json.dumps(row).encode(), f"{URL}/posts/{row['id']}.json"))[0].posts
    )
    assert rows == told(site.truth())


def test_the_listing_has_every_topic_once() -> None:
    forum = make_forum(threads=18)
    site = DiscourseSite(forum, URL)
    listed: list[int] = []
    target = "/latest.json"
    while target:
        topics = json.loads(_found(site, target).body)["topic_list"]
        listed += [row["id"] for row in topics["topics"]]
        target = topics.get("more_topics_url", "").replace("/latest?", "/latest.json?")
    assert sorted(listed) == sorted(forum.threads)
    assert json.loads(_found(site, "/c/frames-and-boxes/1.json").body)["topic_list"]["topics"]


def test_a_stream_holds_more_than_the_payload_gives_and_a_notice_is_no_post() -> None:
    site = DiscourseSite(make_forum(threads=18), URL)
    payloads = [json.loads(_found(site, f"/t/any-slug/{thread_id}.json").body) for thread_id in site.forum.threads]
    assert any(len(payload["post_stream"]["stream"]) > len(payload["post_stream"]["posts"]) for payload in payloads)
    assert any(row["post_type"] == 3 for payload in payloads for row in payload["post_stream"]["posts"])
    missing = site.find("/t/999999.json")
    assert missing is not None and missing.status == 404


def test_saved_pages_are_served_at_their_own_paths_with_the_host_in_links_changed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b'<a href="https://old.example/node/2">2</a> https://old.example.org/ \xe9')
    (tmp_path / "INDEX.tsv").write_text(
        "file\tengine\tkind\tposts\turl\n"
        "a.html\tdrupal\tthread\t3\thttps://old.example/node/1?page=2\n"
        "b.html\tdrupal\tboard\t\t\n",
        encoding="utf-8",
    )
    site = load_saved_site(tmp_path, "drupal", URL)
    assert site.urls() == [f"{URL}/node/1?page=2"]
    found = site.resources()
    assert found["/node/1?page=2"].body == b'<a href="http://127.0.0.1:8/node/2">2</a> https://old.example.org/ \xe9'
    assert b'href="/node/1?page=2"' in found["/board"].body


def test_the_saved_site_at_hand_is_whole(shared_data: Path) -> None:
    site = load_saved_site(shared_data / "pages", "drupal6", URL)
    found = site.resources()
    assert len(site.threads) == 60
    assert {urlsplit(url).path for url in site.urls()} < set(found)
    assert not any(b"https://" + site.host.encode() + b"/" in page.body for page in found.values())
    assert b'rel="next"' in found["/board?page=1"].body
    assert b'rel="next"' not in found["/board?page=2"].body
