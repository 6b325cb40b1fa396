"""Pain signals and their vectors → pains that last, placements, and what happened since the last night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overheard.pains import Namer, describe_pains, group_pains, load_phraser, name_topics
from overheard.pains.lasting import (
    Before,
    Night,
    Refit,
    Rows,
    Sentences,
    Teller,
    group_sample,
    pass_night,
    sentences_of,
)
from overheard.pains.topics import Topic
from overheard.records import GroupEvent, LastingPain, Pain, PainEdit, PainNight, Placement
from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import PainSettings
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.vectors import load_pain_signals, open_cache
from overheard.storage import digest_of
from overheard.vectors import encoder_id_of, key_of_text, load_encoder

STEP = "pains"
TABLES = {
    "pains": Pain,
    "placements": Placement,
    "pain_events": GroupEvent,
    "lasting_pains": LastingPain,
    "pain_nights": PainNight,
}
EDITS = "pain_edits"

FEWEST_PEOPLE = 5
"""No event tells a figure for fewer people, whatever a market's own smallest group is."""


def group_market_pains(market: Market) -> StepSummary:
    """Write the tables `pains`, `placements`, `pain_events`, `lasting_pains` and `pain_nights`."""
    settings = market.settings.pains

    def work() -> Outcome:
        sentences = load_sentences(market)
        edits = market.tables.load(EDITS, PainEdit)
        nights = market.load_finished(STEP, "pain_nights", PainNight)
        before = load_before(market, nights)
        tell = Teller(market.night, max(FEWEST_PEOPLE, market.settings.privacy.smallest_group))
        refit = _refit_due(market, nights)
        done = max((night.edits for night in nights), default=0)
        fresh = [edit for edit in edits if edit.number > done]
        describe = partial(describe_sentences, namer=load_namer(market))
        night = pass_night(sentences, before, fresh, settings, tell, refit, group_sentences, describe)
        rows: dict[str, list[Any]] = {
            "pains": night.shown,
            "placements": night.placements,
            "pain_events": [*market.load_finished(STEP, "pain_events", GroupEvent), *night.events],
            "lasting_pains": night.lasting,
            "pain_nights": [*nights, _told(market, nights, edits, night)],
        }
        for name, record in TABLES.items():
            market.tables.replace(name, record, rows[name])
        unassigned = sum(1 for placement in night.placements if placement.pain_id is None)
        left_out = {"sentences in no pain": unassigned} | (
            {"edits of ended pains": night.missed} if night.missed else {}
        )
        return Outcome(TABLES, len(sentences), len(night.shown), left_out)

    inputs = f"{settings.model_dump_json()} {market.tables.digest(EDITS, PainEdit)}"
    return market.do_step(STEP, ("signals", "vectors"), inputs, work)


def load_sentences(market: Market) -> Sentences:
    """Load the pain sentences, by signal id, with their vectors; all must be encoded."""
    signals, texts = load_pain_signals(market)
    vectors = open_cache(market).take([key_of_text(text) for text in texts])
    ids, people = [signal.signal_id for signal in signals], [signal.person_id for signal in signals]
    return sentences_of(ids, texts, people, vectors, market.settings.pains)


def load_before(market: Market, nights: Sequence[PainNight]) -> Before:
    """Load the pains as the last finished night left them."""
    return Before(
        market.load_finished(STEP, "lasting_pains", LastingPain),
        market.load_finished(STEP, "pains", Pain),
        market.load_finished(STEP, "placements", Placement),
        max((night.night for night in nights if night.refitted), default=date.min),
    )


def group_sentences(sentences: Sentences, settings: PainSettings) -> Sequence[Rows]:
    """Group sentences: the rows of each group. Of very many a sample is grouped."""
    return group_sample(sentences, settings, _group)


def _group(sentences: Sentences, settings: PainSettings) -> list[Rows]:
    labels, _ = group_pains(sentences.texts, sentences.vectors, sentences.people, settings)
    return [np.flatnonzero(labels == topic) for topic in range(int(labels.max(initial=-1)) + 1)]


def describe_sentences(sentences: Sentences, labels: NDArray[np.int64], namer: Namer | None = None) -> Sequence[Topic]:
    """Name each group of a grouping, labels of shape (sentences,), -1 for none."""
    sure = np.where(labels >= 0, 1.0, 0.0)
    fit = describe_pains(sentences.texts, sentences.vectors, sentences.ids, sentences.people, labels, sure, namer)
    return fit.topics


def load_namer(market: Market) -> Namer:
    """Return what names pains; its models are loaded when it first has something to name."""

    def name(
        texts: Sequence[str],
        vectors: NDArray[np.float32],
        people: Sequence[str],
        labels: NDArray[np.int64],
        terms: Sequence[Sequence[str]],
    ) -> list[str]:
        phraser = load_phraser(verify_model(SENTENCE_MODEL)) if terms else None
        encode = load_encoder(market.settings.encoder).encode if terms else None
        return name_topics(texts, vectors, people, labels, terms, phraser, encode, market.settings.market.brief)

    return name


def _refit_due(market: Market, nights: Sequence[PainNight]) -> Refit:
    grouped = [night for night in nights if night.refitted]
    if not grouped:  # a market's first night, or one of a release whose pains did not last
        return "new settings"
    if grouped[-1].encoder != encoder_id_of(market.settings.encoder):
        return "new encoder"
    if grouped[-1].recipe != _recipe(market):
        return "new settings"
    is_due = market.night - grouped[-1].night >= timedelta(market.settings.pains.refit_days)
    return "due" if market.full or is_due else "no"


def _recipe(market: Market) -> str:
    return digest_of(market.settings.pains.model_dump_json(exclude={"refit_days", "silent_days", "most_grouped"}))


def _told(market: Market, nights: Sequence[PainNight], edits: Sequence[PainEdit], night: Night) -> PainNight:
    return PainNight(
        number=len(nights) + 1,
        night=market.night,
        encoder=encoder_id_of(market.settings.encoder),
        recipe=_recipe(market),
        edits=max((edit.number for edit in edits), default=0),
        placed=night.work.placed,
        compared=night.work.compared,
        pooled=night.work.pooled,
        refitted=night.work.refitted,
    )


def members_by_group(pairs: Iterable[tuple[str | None, str]]) -> dict[str, frozenset[str]]:
    """Gather members by their group; members of no group are left out."""
    groups: dict[str, set[str]] = defaultdict(set)
    for group_id, member in pairs:
        if group_id is not None:
            groups[group_id].add(member)
    return {group_id: frozenset(members) for group_id, members in groups.items()}
