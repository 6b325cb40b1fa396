"""Whole sites crawled on loopback: every post once, nothing forbidden, and on later nights only what may be new."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import stamina

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.records import Document, Removal, Skip, Utterance, Version
from overheard.settings import WebSettings, WebSource
from overheard.steps.collect import collect
from overheard.steps.collecting.crawl import Crawl
from overheard.steps.market import Market
from overheard.storage import Captures, Visits
from overheard.web import Fetcher
from tests.make import make_page
from tests.sites.discourse_site import DiscourseSite
from tests.sites.faults import cuts_gzip, fails, faults_at, floods, is_busy, redirects_for_ever, seeded_faults
from tests.sites.forum import Said, change_overnight, make_forum
from tests.sites.phpbb_site import DISALLOWED, PhpbbSite
from tests.sites.saved_site import load_saved_site
from tests.sites.server import Site

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(120)]

MARKET = """[market]
name = "Cargo bikes"
[web]
contact = "mailto:research@example.org"
delay_seconds = {delay}
timeout_seconds = 2
attempts = 3
allow_private_addresses = true
largest_megabytes = 1.0
[[source]]
name = "forum"
kind = "web"
boards = {boards}
"""


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


def write_market(folder: Path, boards: list[str], delay: float = 0.0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "market.toml").write_text(MARKET.format(boards=boards, delay=delay).replace("'", '"'), "utf-8")
    return folder


def run(folder: Path, night: int = 1) -> Market:
    market = Market(folder, date(2024, 6, night))
    collect(market)
    return market


def said(market: Market) -> Counter[tuple[str, str, str]]:
    """Own words, name and date of every utterance."""
    names = market.load_names()
    return Counter(
        (own_words(row), names[row.person_id], str(row.said_at)) for row in market.tables.load("utterances", Utterance)
    )


def own_words(row: Utterance) -> str:
    text, end = "", 0
    for start, stop in row.not_own:
        text += row.text[end:start]
        end = stop
    return (text + row.text[end:]).strip()


def told(truth: list[Said]) -> Counter[tuple[str, str, str]]:
    return Counter((post.own, post.author, str(post.said_at)) for post in truth)


def forbidden_in(site: Site) -> list[str]:
    return [target for target in site.targets() if urlsplit(target).path in DISALLOWED]


@pytest.fixture
def forum_site(tmp_path: Path) -> Iterator[tuple[Site, PhpbbSite, Path]]:
    with Site() as site:
        forum = PhpbbSite(make_forum(), site.url)
        site.serve(forum.resources().get)
        yield site, forum, write_market(tmp_path / "market", forum.boards())


@pytest.mark.slow
def test_a_forum_is_collected_whole_and_each_page_asked_for_once(forum_site: tuple[Site, PhpbbSite, Path]) -> None:
    site, forum, folder = forum_site
    market = run(folder)
    assert said(market) == told(forum.truth())
    assert forbidden_in(site) == []
    assert max(Counter(site.targets()).values()) == 1
    assert market.tables.load("skips", Skip) == []


@pytest.mark.slow
def test_a_discourse_is_collected_whole_by_its_payloads(tmp_path: Path) -> None:
    with Site() as site:
        forum = DiscourseSite(make_forum(most_posts=40), site.url)
        site.serve(forum.find)
        market = run(write_market(tmp_path / "market", forum.boards()))
        assert said(market) == told(forum.truth())
        assert max(Counter(site.targets()).values()) == 1
        before = len(site.targets())
        changes = change_overnight(forum.forum)
        site.serve(forum.find)
        market = run(tmp_path / "market", 2)
        assert told(forum.truth()) - said(market) == Counter()
        assert len(site.targets()) < before / 2, changes


@pytest.mark.slow
def test_the_second_night_asks_only_for_what_may_be_new(forum_site: tuple[Site, PhpbbSite, Path]) -> None:
    site, forum, folder = forum_site
    run(folder)
    site.serve(forum.resources().get)
    market = run(folder, 2)
    assert site.targets() == [urlsplit(board).path + "?" + urlsplit(board).query for board in forum.boards()]
    assert {asked.status for asked in site.asked} == {304}
    changes = change_overnight(forum.forum)
    site.serve(forum.resources().get)
    market = run(folder, 3)
    threads = {asked.target.split("&start")[0] for asked in site.asked if asked.target.startswith("/viewtopic")}
    shown = {f"/viewtopic.php?t={changes[what]}" for what in ("replied", "replied too", "opened", "shortened")}
    assert threads - shown == set()
    new = told(forum.truth()) - said(market)
    assert new == Counter()


@pytest.mark.slow
def test_an_edit_keeps_the_old_words_and_a_deletion_takes_all_of_them(
    forum_site: tuple[Site, PhpbbSite, Path],
) -> None:
    site, forum, folder = forum_site
    run(folder)
    changes = change_overnight(forum.forum)
    site.serve(forum.resources().get)
    # Three days later, pages that came of age are looked at again: edits and deletions show in no listing.
    market = age(run(folder, 2), days=3)
    site.serve(forum.resources().get)
    market = run(folder, 5)
    assert said(market) == told(forum.truth())
    edited = [version.text for version in market.tables.load("versions", Version)]
    assert len(edited) == 1
    assert "it was the bearing" not in edited[0]
    removed = market.tables.load("removals", Removal)
    assert len(removed) >= 2
    assert changes["deleted"] not in {thread.thread_id for thread in forum.forum.threads.values()}


def age(market: Market, days: int) -> Market:
    """Let the journal look as if its visits lay `days` further back."""
    path = market.data_dir / "raw" / "forum.visits.jsonl"
    visits = Visits(path)
    lines = path.read_text("utf-8")
    for visit in visits.visits.values():
        for at in {visit.first_at, visit.last_at}:
            lines = lines.replace(at.isoformat(), (at - timedelta(days=days)).isoformat())
    path.write_text(lines, "utf-8")
    return market


@pytest.mark.slow
def test_a_site_that_fails_by_chance_is_collected_whole_in_the_end(tmp_path: Path) -> None:
    with Site() as site:
        forum = PhpbbSite(make_forum(), site.url)
        site.serve(forum.resources().get, seeded_faults(11, 0.3))
        folder = write_market(tmp_path / "market", forum.boards())
        for night in range(1, 6):
            market = run(folder, night)
            if said(market) == told(forum.truth()):
                break
            assert said(market) - told(forum.truth()) == Counter(), "a damaged page was taken for a post"
        assert said(market) == told(forum.truth())
        assert forbidden_in(site) == []


@pytest.mark.slow
def test_a_thread_that_cannot_be_had_is_owed_until_it_can(forum_site: tuple[Site, PhpbbSite, Path]) -> None:
    site, forum, folder = forum_site
    bad = {said.thread for said in forum.truth()}
    targets = sorted(urlsplit(url).path + "?" + urlsplit(url).query for url in bad)[:4]
    faults = dict(zip(targets, (fails(), cuts_gzip(), floods(3), redirects_for_ever()), strict=True))
    site.serve(forum.resources().get, faults_at(faults))
    market = run(folder)
    missing = told(forum.truth()) - said(market)
    assert missing == told([post for post in forum.truth() if any(post.thread.endswith(target) for target in targets)])
    assert len(market.tables.load("skips", Skip)) == 4
    site.serve(forum.resources().get)
    assert said(run(folder, 2)) == told(forum.truth())
    assert len(site.targets()) <= 4 + 3 * len(forum.boards())


@pytest.mark.slow
def test_a_host_that_asks_for_rest_is_left_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with Site() as site:
        forum = PhpbbSite(make_forum(), site.url)
        busy = next(iter({urlsplit(post.thread).path + "?" + urlsplit(post.thread).query for post in forum.truth()}))
        site.serve(forum.resources().get, faults_at({busy: [is_busy(429, 7200)]}))
        folder = write_market(tmp_path / "market", forum.boards())
        market = run(folder)
        asked = len(site.asked)
        assert said(market) != told(forum.truth())
        run(folder)
        assert len(site.asked) == asked, "asked again although the host asked for rest"
        (market.data_dir / "raw" / "hosts.json").unlink()  # two hours later
        assert said(run(folder, 2)) == told(forum.truth())
        fetched = Counter(asked.target for asked in site.asked if asked.status == 200 and not asked.fault)
        fetched.pop("/robots.txt")
        assert max(fetched.values()) == 1


@pytest.mark.slow
def test_no_more_pages_are_asked_for_in_a_night_than_the_market_says(forum_site: tuple[Site, PhpbbSite, Path]) -> None:
    site, forum, folder = forum_site
    text = (folder / "market.toml").read_text("utf-8")
    (folder / "market.toml").write_text(text + "most_pages = 9\n", "utf-8")
    for night in range(1, 30):
        before = len(site.targets())
        market = run(folder, night)
        assert len(site.targets()) - before <= 9
        if said(market) == told(forum.truth()):
            break
    assert said(market) == told(forum.truth())
    assert max(Counter(site.targets()).values()) <= 2


@pytest.mark.slow
def test_a_crawl_killed_at_any_point_ends_with_every_post_once_and_keeps_its_distance(tmp_path: Path) -> None:
    delay = 0.04
    with Site() as site:
        forum = PhpbbSite(make_forum(threads=12, most_posts=8), site.url)
        site.serve(forum.resources().get)
        folder = write_market(tmp_path / "market", forum.boards(), delay)
        command = [Path(sys.executable).parent / "overheard", "collect", folder]
        for kill_at in (1, 2, 7, 13, 14, 20):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while len(site.asked) < kill_at and process.poll() is None:
                threading.Event().wait(0.002)
            process.send_signal(signal.SIGKILL)
            process.wait()
        subprocess.run(command, check=True, capture_output=True)
        market = Market(folder, date(2024, 6, 1))
        assert said(market) == told(forum.truth())
        assert forbidden_in(site) == []
        assert min(site.gaps()) >= delay
        repeated = {target: count - 1 for target, count in Counter(site.targets()).items() if count > 1}
        assert sum(repeated.values()) <= 6, "each kill may cost the page in flight, and no other"


@pytest.mark.slow
def test_a_saved_site_served_with_faults_is_collected_whole(tmp_path: Path, shared_data: Path) -> None:
    with Site() as site:
        saved = load_saved_site(shared_data / "pages", "drupal6", site.url)
        shown = {f"{site.url}{thread.path}": posts_in(thread.file) for thread in saved.threads}
        site.serve(saved.resources().get, seeded_faults(5, 0.2))
        folder = write_market(tmp_path / "market", saved.boards())
        for night in range(1, 5):
            market = run(folder, night)
        urls = {document.document_id: document.url for document in market.tables.load("documents", Document)}
        found = Counter(urls[row.document_id] for row in market.tables.load("utterances", Utterance))
        assert found == Counter({url: posts for url, posts in shown.items() if posts})
        assert sum(found.values()) > 300
        site.serve(saved.resources().get)
        run(folder, 5)
        assert len(site.targets()) <= 1


def posts_in(file: Path) -> int:
    try:
        return sum(len(reading.posts) for reading in read_page(make_page(file.read_bytes(), file.name)))
    except UnreadableError:
        return 0


def test_pages_of_other_hosts_are_left_alone(tmp_path: Path) -> None:
    with Site() as other, Site() as site:
        elsewhere = f'<a class="topictitle" href="{other.url}/viewtopic.php?t=1">Elsewhere, another thread</a>'
        forum = PhpbbSite(make_forum(threads=6), site.url)
        found = forum.resources()
        board = urlsplit(forum.boards()[0])
        target = f"{board.path}?{board.query}"
        page = found[target]
        found[target] = type(page)(page.body.replace(b'<ul class="topiclist topics">', elsewhere.encode()))
        site.serve(found.get)
        run(write_market(tmp_path / "market", forum.boards()))
        assert other.asked == []


def test_reddit_is_never_asked_without_the_users_own_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = WebSource(kind="web", name="r", boards=("https://oauth.reddit.com/r/cargobikes/new",))
    named = source.model_copy(update={"token_variable": "OVERHEARD_TEST_TOKEN"})
    monkeypatch.delenv("OVERHEARD_TEST_TOKEN", raising=False)
    settings = WebSettings(contact="mailto:a@example.org")
    for refused, why in ((source, "own credentials only"), (named, "environment has no OVERHEARD_TEST_TOKEN")):
        with Fetcher(settings) as fetcher:
            visits, captures = Visits(tmp_path / "visits.jsonl"), Captures(tmp_path / "raw")
            (skip,) = Crawl("collect", refused, fetcher, visits, captures, print).run()
        assert why in skip.why
    assert not (tmp_path / "visits.jsonl").exists()


@pytest.mark.slow
def test_a_page_of_age_is_looked_at_again_a_few_times_and_then_left(tmp_path: Path) -> None:
    clock = datetime(2024, 6, 1, tzinfo=UTC)
    source = WebSource(kind="web", name="forum", urls=(), boards=("http://127.0.0.1/",), recheck_days=(2, 7))
    with Site() as site:
        forum = PhpbbSite(make_forum(threads=3, most_posts=3), site.url)
        site.serve(forum.resources().get)
        source = source.model_copy(update={"boards": tuple(forum.boards())})
        settings = WebSettings(contact="mailto:a@example.org", delay_seconds=0, allow_private_addresses=True)
        asked = []
        for day in range(12):
            at = clock + timedelta(days=day)
            with Fetcher(settings, now=lambda at=at: at) as fetcher:  # type: ignore[misc]
                visits = Visits(tmp_path / "visits.jsonl")
                Crawl("collect", source, fetcher, visits, Captures(tmp_path / "raw"), print, lambda at=at: at).run()  # type: ignore[misc]
            asked.append(sum(target.startswith("/viewtopic") for target in site.targets()))
            site.serve(forum.resources().get)
    pages = asked[0]
    assert asked == [pages, 0, pages, 0, 0, 0, 0, pages, 0, 0, 0, 0]
