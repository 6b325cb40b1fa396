"""The product's page beside what customers say → the table of swaps: say this, not that."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.errors import BadInputError, FetchError
from overheard.positioning import CopyLine, Heard, find_swaps, load_phraser, read_copy
from overheard.records import Membership, Signal, Swap
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.steps.heard import load_customers, load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.pains import members_by_group
from overheard.steps.sentences import load_own_words
from overheard.steps.vectors import open_cache
from overheard.storage import Captures
from overheard.vectors import Encoder, encode_missing, key_of_text, load_encoder
from overheard.web import Fetcher

STEP = "positioning"
MOST_PARSED = 4000
"""Customers' sentences, those nearest to the page's, in which their words for things are looked for."""
CAPTURES = "product_page"
"""No source can have this name: theirs have no underscore."""

log = logging.getLogger("overheard")


def find_market_swaps(market: Market) -> StepSummary:
    """Write the table `swaps`; it is empty where market.toml names no page."""
    settings = market.settings
    page = load_product_page(market)

    def work() -> Outcome:
        lines = read_copy(page) if page else ()
        swaps = _swaps(market, lines) if lines else []
        market.tables.replace("swaps", Swap, swaps)
        return Outcome({"swaps": Swap}, len(lines), len(swaps))

    content = hashlib.sha256(page.encode("utf-8", "replace")).hexdigest()
    inputs = f"{settings.product.model_dump_json()} {settings.vocabulary.model_dump_json()} {content}"
    return market.do_step(STEP, ("collect", "roles", "signals", "vectors", "people"), inputs, work)


def load_product_page(market: Market) -> str:
    """Return the text of the page that market.toml names, "" where it names none.

    An address is asked once a night; where it cannot be reached, the page as it was last fetched stands in.

    Raises:
        BadInputError: the file is not there, or the page was never fetched and cannot be.
    """
    place = market.settings.product.page
    if not place:
        return ""
    if "://" in place:
        return decode_page(_fetch(market, place))
    path = market.folder / place
    try:
        return decode_page(path.read_bytes())
    except OSError:
        mend = "correct `page` of [product] in market.toml, or leave it empty"
        raise BadInputError(str(path), "there is no such page", mend) from None


def decode_page(body: bytes) -> str:
    """Return the text of a page: UTF-8, else what most others are written in."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _fetch(market: Market, url: str) -> bytes:
    captures = Captures(market.data_dir / "raw" / CAPTURES)
    known = captures.load(url)
    if known is not None and known.fetched_at.date() >= market.night:
        return known.body
    why = "it is gone"
    try:
        with Fetcher(market.settings.web) as fetcher:
            page = fetcher.fetch_page(url, known)
        if page.body:
            captures.save(page)
            return page.body
    except FetchError as error:
        why = str(error)
    if known is None:
        raise BadInputError(url, f"the product's page cannot be fetched ({why})", "save it and name the file")
    log.warning("%s: cannot be fetched (%s); as of %s instead", url, why, known.fetched_at.date())
    return known.body


def _swaps(market: Market, lines: Sequence[CopyLine]) -> list[Swap]:
    settings = market.settings
    heard, customers = load_heard(market), load_customers(market)
    said = [row for row in heard.utterances if row.person_id in customers]
    own = load_own_words(market, said)
    text_of = {row.utterance_id: row.text for row in said}
    sentences = sorted(
        {
            (signal.person_id, " ".join(text_of[signal.utterance_id][signal.start : signal.end].split()))
            for signal in market.tables.load("signals", Signal)
            if signal.utterance_id in text_of
        }
    )
    encoder = load_encoder(settings.encoder)
    near = _nearest(market, encoder, lines, sentences)
    memberships = market.tables.load("memberships", Membership)
    segments = members_by_group((row.segment_id, row.person_id) for row in memberships if row.valid_to is None)
    phraser = load_phraser(verify_model(SENTENCE_MODEL))
    minimum = settings.vocabulary.minimum_people
    names = settings.product.names
    return find_swaps(lines, Heard(said, own, near), segments, names, minimum, phraser, encoder.encode)


def _nearest(
    market: Market, encoder: Encoder, lines: Sequence[CopyLine], sentences: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the sentences that speak of what the page speaks of, in their order."""
    if len(sentences) <= MOST_PARSED:
        return list(sentences)
    cache = open_cache(market)
    texts = [text for _, text in sentences]
    encode_missing(texts, cache.keys(), encoder, cache.add)
    page = encoder.encode([line.text for line in lines])
    nearness: NDArray[np.float32] = (cache.take([key_of_text(text) for text in texts]) @ page.T).max(axis=1)
    chosen = np.sort(np.lexsort((np.arange(len(texts)), -nearness))[:MOST_PARSED])
    return [sentences[index] for index in chosen.tolist()]
