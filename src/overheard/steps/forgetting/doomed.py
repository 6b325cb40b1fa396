"""What must go with some posts: ids that point to them, and what finds their words anywhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from overheard.privacy import Surroundings, traces_of
from overheard.records import Answer, Document, Signal, Utterance, Version
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import MARKET_FILE
from overheard.signals import cut_own_words, load_sentence_splitter, split_utterances
from overheard.steps.forgetting.cascade import Doomed
from overheard.steps.market import Market
from overheard.steps.sentences import key_of_words
from overheard.steps.word_ranks import load_common_words, load_our_words
from overheard.vectors import key_of_text


def gather(
    market: Market, posts: Sequence[Utterance], accounts: Collection[str], called: Sequence[str], refit: bool = True
) -> Doomed:
    """Gather what goes with posts.

    Args:
        market: with its tables.
        posts: what goes.
        accounts: people who go altogether.
        called: their shown names.
        refit: see `Doomed`.
    """
    tables, names = market.tables, market.load_names()
    ids = {one.utterance_id for one in posts}
    versions = [one for one in tables.load("versions", Version) if one.utterance_id in ids]
    signals = [one for one in tables.load("signals", Signal) if one.utterance_id in ids]
    texts = [*map(_own_words, posts), *map(_own_words, versions)]
    texts += [one.text for one in tables.load("answers", Answer) if one.person_id in accounts]
    opened = {one.document_id for one in posts if one.position == 0}
    texts += [one.title for one in tables.load("documents", Document) if one.document_id in opened]
    others = [_own_words(one) for one in tables.load("utterances", Utterance) if one.utterance_id not in ids]
    around = Surroundings(
        # What the market calls itself and its product is nobody's alone.
        [*others, (market.folder / MARKET_FILE).read_text(encoding="utf-8")],
        [name for account, name in names.items() if account not in accounts],
        frozenset(load_common_words()) | load_our_words(),
    )
    keys = _vector_keys(market, posts, versions, signals)
    gone = {*accounts, *ids, *(one.signal_id for one in signals), *keys}
    return Doomed(frozenset(gone), traces_of(market.key, called, texts, around), refit)


def _own_words(one: Utterance | Version) -> str:
    return "\n".join(one.text[start:end] for start, end in cut_own_words(one.text, one.not_own))


def _vector_keys(
    market: Market, posts: Sequence[Utterance], versions: Sequence[Version], signals: Iterable[Signal]
) -> set[str]:
    """Return the keys under which vectors and scores of their sentences are kept."""
    by_id = {one.utterance_id: one for one in posts}
    found = {key_of_text(by_id[one.utterance_id].text[one.start : one.end]) for one in signals}
    if (market.data_dir / "scores").exists():
        splitter = load_sentence_splitter(verify_model(SENTENCE_MODEL))
        earlier = [
            replace(by_id[one.utterance_id], utterance_id=one.version_id, text=one.text, not_own=one.not_own)
            for one in versions
        ]
        spans = split_utterances([*posts, *earlier], splitter, market.settings.signals)
        for one in (*posts, *earlier):
            found |= {key_of_text(one.text[start:end]) for start, end in spans[one.utterance_id]}
            found.add(key_of_words(one))
    return found
