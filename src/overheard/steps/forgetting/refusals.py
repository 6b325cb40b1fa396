"""Who is not taken in? People who were forgotten, and those who do not want to be heard: at every door, every night."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from overheard.errors import DamagedError, UnreadableError
from overheard.forums import read_page
from overheard.privacy import (
    Forgotten,
    Refusals,
    Surroundings,
    is_blotted,
    read_forgotten,
    traces_of,
    write_forgotten,
)
from overheard.privacy.opt_out import load_opt_outs
from overheard.records import Page, Post
from overheard.settings import WebSource
from overheard.signals import cut_own_words
from overheard.steps.market import Market
from overheard.steps.word_ranks import load_common_words
from overheard.storage import decode, write_atomically

FORGOTTEN_FILE = "private/forgotten.json"


def load_forgotten(market: Market) -> list[Forgotten]:
    """Load who was forgotten, by their keyed hash."""
    return read_forgotten_file(market.folder)[0]


def read_forgotten_file(market_dir: Path) -> tuple[list[Forgotten], bytes]:
    """Load who was forgotten, and the file's bytes.

    Raises:
        DamagedError: the file cannot be read.
    """
    path = market_dir / FORGOTTEN_FILE
    content = path.read_bytes() if path.exists() else b"[]"
    try:
        return read_forgotten(content), content
    except (ValueError, TypeError, KeyError, AttributeError):
        mend = "put it back from a back-up made --with-private: without it nobody knows who must stay forgotten"
        raise DamagedError(str(path), mend) from None


def save_forgotten(market: Market, person: Forgotten) -> None:
    """Keep who was forgotten, in the place of an earlier record of the same person."""
    others = [one for one in load_forgotten(market) if one.person != person.person]
    write_atomically(market.folder / FORGOTTEN_FILE, write_forgotten([*others, person]), mode=0o600)


def load_refusals(market: Market) -> Refusals:
    """Load who is not taken in."""
    opted_out = load_opt_outs(market.folder, market.settings.privacy.opt_out)
    return Refusals(market.key, load_forgotten(market), opted_out)


def page_cleaner(market: Market, source: WebSource) -> Callable[[Page], Page]:
    """Return what takes out of a fetched page, before it is kept, what nobody may keep."""
    refusals = load_refusals(market)
    if refusals.is_empty:
        return lambda page: page
    return lambda page: clean_page(page, source, refusals)


def clean_page(page: Page, source: WebSource, refusals: Refusals) -> Page:
    """Return a page without the words of whoever is refused; without any where they cannot be told apart."""
    posts = _posts_of(page, source)
    refused = [post for post in posts if refusals.is_author(source.name, post.author)]
    traces = [refusals.traces]
    if any(not is_blotted(post.text) for post in refused):
        others = [post for post in posts if post not in refused]
        around = Surroundings([own_words(one) for one in others], [one.author for one in others], _common())
        names = sorted({post.author for post in refused})
        traces.append(traces_of(refusals.key, names, [own_words(one) for one in refused], around))
    text, encoding = decode(page.body)
    cleaned = text
    for one in traces:
        cleaned = one.blot(cleaned)
    made = page if cleaned == text else replace(page, body=cleaned.encode(encoding))
    # What a page packs in another way (mail as base64) is not found in its bytes.
    left = [post for post in _posts_of(made, source) if any(one.find(post.text) for one in traces)]
    return replace(made, body=b"") if left else made


def own_words(post: Post) -> str:
    """Return what of a post is its author's own."""
    return "\n".join(post.text[start:end] for start, end in cut_own_words(post.text, post.not_own))


def _common() -> frozenset[str]:
    return frozenset(load_common_words())


def _posts_of(page: Page, source: WebSource) -> Sequence[Post]:
    try:
        return [post for reading in read_page(page, source.selectors) for post in reading.posts]
    except UnreadableError:
        return []
