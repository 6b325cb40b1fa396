"""Sources → documents and utterances. A file or page that cannot be read is skipped and counted; the others go on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urljoin

from overheard.errors import BadInputError, FetchError
from overheard.forums import read_page
from overheard.forums.address import address_of, thread_of
from overheard.privacy import person_id_of
from overheard.records import Document, Page, Post, Reading, Skip, Utterance, id_of
from overheard.rows import read_rows
from overheard.settings import MARKET_FILE, PagesSource, SourceSettings, TableSource, TranscriptsSource, WebSource
from overheard.steps.market import Market, Outcome, StepSummary, log
from overheard.storage import load_captured, save_captured
from overheard.transcripts import read_transcript
from overheard.web import Fetcher

STEP = "collect"


@dataclass(frozen=True, slots=True)
class _Item:
    """One file or fetched page: where it lies as people would name it, its bytes, and when and from where it came."""

    place: str
    body: bytes
    content_type: str
    at: datetime


@dataclass(slots=True)
class _Basket:
    """What was collected so far."""

    documents: dict[str, Document] = field(default_factory=dict)
    utterances: dict[str, Utterance] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    skips: list[Skip] = field(default_factory=list)


def collect(market: Market) -> StepSummary:
    """Read every source of the market into its tables `documents`, `utterances` and `skips`."""
    sources = market.settings.source
    fetch_skips = [skip for source in sources if isinstance(source, WebSource) for skip in _fetch(market, source)]
    items = {source.name: list(_items(market, source)) for source in sources}
    inputs = [source.model_dump_json() for source in sources] + [str(skip) for skip in fetch_skips]
    inputs += [f"{item.place} {hashlib.sha256(item.body).hexdigest()}" for found in items.values() for item in found]

    def work() -> Outcome:
        basket = _Basket(names=market.load_names(), skips=list(fetch_skips))
        for source in sources:
            if not items[source.name]:
                place = "web" if isinstance(source, WebSource) else source.files
                basket.skips.append(
                    Skip(STEP, source.name, place, "nothing is there; check the source's files or urls")
                )
            for item in items[source.name]:
                _read_item(market, source, item, basket)
        return _save(market, basket, sum(len(found) for found in items.values()))

    return market.do_step(STEP, (), inputs, work)


def _fetch(market: Market, source: WebSource) -> Iterator[Skip]:
    """Capture the source's pages; yield what could not be fetched."""
    raw_dir = market.data_dir / "raw"
    try:
        with Fetcher(market.settings.web) as fetcher:
            for url in source.urls:
                known = load_captured(raw_dir, source.name, url)
                try:
                    page = fetcher.fetch_page(url, known)
                except FetchError as error:
                    log.warning(str(error))
                    yield Skip(STEP, source.name, url, str(error))
                else:
                    if known is None or page.body != known.body:
                        save_captured(raw_dir, source.name, page)
    except FetchError as error:
        log.warning(str(error))
        yield Skip(STEP, source.name, "web", str(error))


def _items(market: Market, source: SourceSettings) -> Iterator[_Item]:
    if isinstance(source, WebSource):
        for url in source.urls:
            page = load_captured(market.data_dir / "raw", source.name, url)
            if page is not None:
                yield _Item(url, page.body, page.content_type, page.fetched_at)
        return
    for path in sorted(market.folder.glob(source.files)):
        if path.is_file():
            saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            yield _Item(path.relative_to(market.folder).as_posix(), path.read_bytes(), "", saved_at)


def _read_item(market: Market, source: SourceSettings, item: _Item, basket: _Basket) -> None:
    try:
        found = _readings(source, item)
    except BadInputError as error:
        log.warning(str(error))
        basket.skips.append(Skip(STEP, source.name, error.place, f"{error.what}; {error.mend}"))
        return
    for (key, url), reading in found.items():
        document_id = id_of(source.name, key)
        before = basket.sizes[document_id]
        for post in reading.posts:
            _keep(market.key, source, document_id, url, before, post, basket)
        basket.sizes[document_id] += len(reading.posts)
        dates = [post.said_at for post in reading.posts if post.said_at]
        document = Document(document_id, source.name, url, reading.title, min(dates, default=None))
        basket.documents.setdefault(document_id, document)
        for line, what in reading.problems:
            place = f"{item.place}:{line}" if line else item.place
            log.warning("%s: %s", place, what)
            basket.skips.append(Skip(STEP, source.name, place, what))


def _readings(source: SourceSettings, item: _Item) -> Mapping[tuple[str, str], Reading]:
    """Return readings by document key and address."""
    if isinstance(source, TableSource):
        rows = read_rows(item.place, item.body, source.columns)
        return {(key, item.place): reading for key, reading in rows.items()}
    if isinstance(source, PagesSource):
        stem = quote(Path(item.place).stem)
        url = address_of(item.body) or (source.url_prefix + stem if source.url_prefix else item.place)
        return _read_page(item, url)
    if isinstance(source, WebSource):
        return _read_page(item, item.place)
    return {(item.place, item.place): read_transcript(item.place, item.body)}


def _read_page(item: _Item, url: str) -> dict[tuple[str, str], Reading]:
    try:
        readings = read_page(Page(url, item.body, item.content_type, item.at))
    except BadInputError as error:  # told by the file a person can open, not by the address it once had
        raise type(error)(item.place, error.what, error.mend) from None
    return {(reading.key or thread_of(url), url): reading for reading in readings}


def _keep(
    key: bytes, source: SourceSettings, document_id: str, url: str, before: int, post: Post, basket: _Basket
) -> None:
    position = before + post.position
    # A fragment alone ("#t=00:01:02") is a place in the document, not an address of its own, and may come twice.
    address = post.url if post.url and not post.url.startswith("#") else None
    key_or_address = post.key or address
    utterance_id = id_of(source.name, key_or_address) if key_or_address else id_of(document_id, position)
    # Unsigned posts are nobody's twins; unsigned turns of one talk are taken for one speaker's.
    unsigned = document_id if isinstance(source, TranscriptsSource) else utterance_id
    person_id = person_id_of(source.name, post.author or f"unsigned {unsigned}", key)
    if post.author:
        basket.names.setdefault(person_id, post.author)
    basket.utterances[utterance_id] = Utterance(
        utterance_id=utterance_id,
        document_id=document_id,
        person_id=person_id,
        position=position,
        text=post.text,
        not_own=post.not_own,
        said_at=post.said_at,
        replies_to=post.replies_to,
        url=urljoin(url, post.url) if post.url else url,
        rank=post.rank,
        aside=post.aside,
    )


def _save(market: Market, basket: _Basket, rows_in: int) -> Outcome:
    if not basket.utterances:
        mend = "check each source's files or urls (what was skipped is told above)"
        raise BadInputError(str(market.folder / MARKET_FILE), "its sources hold nothing that can be read", mend)
    market.save_names(basket.names)
    market.tables.merge("documents", Document, basket.documents.values())
    market.tables.merge("utterances", Utterance, basket.utterances.values())
    market.tables.replace("skips", Skip, basket.skips)
    left_out = {"skips": len(basket.skips)} if basket.skips else {}
    tables = {"documents": Document, "utterances": Utterance, "skips": Skip}
    return Outcome(tables, rows_in, len(basket.utterances), left_out)
