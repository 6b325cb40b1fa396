"""Pains → a BERTopic model of them in MARKET/data/models/pains, for whoever works with BERTopic.

    from bertopic import BERTopic
    topics = BERTopic.load("MARKET/data/models/pains", embedding_model="sentence-transformers/all-MiniLM-L6-v2")
    topics.visualize_hierarchy(custom_labels=True)

Its topics are the pains, most sentences first. `pains.json` beside it has the id of the pain of each number and the
signal ids of the sentences it was made of, in its order, for the calls that want texts (`hierarchical_topics`). Making
it takes seconds (importing BERTopic most of them), so it is made when pains came, went or were renamed and when
everything was grouped anew, not for every sentence that joins one; between those, it knows fewer sentences than the
report.

What of people's words is in it: the words and pairs of words that as many people said as the market's smallest group
has, with their weights, the words and names the pains are shown with, and each pain's mean vector. No sentence:
BERTopic keeps representative texts only in pickles, and needs none to load, transform or draw. Nothing of sentences in
no pain: their mean could be the vector of one. What is withdrawn is out of the means at the next making.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from overheard.pains.duplicates import distinct_texts
from overheard.pains.lasting import Rows, Sentences
from overheard.pains.topic_model import model_topics, save_topics, shared_terms
from overheard.records import Pain, PainNight, Placement
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.pains import FEWEST_PEOPLE, load_sentences, members_by_group
from overheard.steps.pains import STEP as PAINS
from overheard.storage import replace_folder

STEP = "topic_model"


def model_market_topics(market: Market) -> StepSummary:
    """Keep the market's pains as a BERTopic model."""
    pains: list[Pain] = market.load_finished(PAINS, "pains", Pain)
    nights: list[PainNight] = market.load_finished(PAINS, "pain_nights", PainNight)
    smallest = max(FEWEST_PEOPLE, market.settings.privacy.smallest_group)
    folder = market.data_dir / "models" / "pains"
    grouped = max((night.number for night in nights if night.refitted), default=0)
    named = [(pain.pain_id, pain.name, pain.words) for pain in pains]

    def work() -> Outcome:
        sentences = load_sentences(market)
        members = members_by_group(
            (one.pain_id, one.signal_id) for one in market.load_finished(PAINS, "placements", Placement)
        )
        ordered = sorted(pains, key=lambda pain: (-pain.signals, pain.pain_id))
        rows = [_distinct(sentences, members[pain.pain_id]) for pain in ordered]
        terms = _tellable_terms(sentences, ordered, smallest)
        is_told = bool(ordered and terms)
        replace_folder(folder, (lambda part: _save(part, sentences, ordered, rows, terms)) if is_told else None)
        return Outcome({}, sum(len(some) for some in rows), len(ordered) if is_told else 0)

    # An empty market has no model, and nothing is lost then.
    return market.do_step(STEP, (), f"{named} {grouped} {smallest}", work, lost=bool(pains) and not folder.exists())


def _distinct(sentences: Sentences, ids: frozenset[str]) -> Rows:
    """Return the rows of a pain's sentences, copies once."""
    rows = np.array([row for row, key in enumerate(sentences.ids) if key in ids], dtype=np.int64)
    return np.sort(rows[distinct_texts([sentences.texts[row] for row in rows.tolist()]).row])


def _tellable_terms(sentences: Sentences, pains: Sequence[Pain], smallest: int) -> list[str]:
    """Return the terms a model may keep: those of enough people, and those the pains are shown with."""
    shown = {word.lower() for pain in pains for word in pain.words}
    return sorted({*shared_terms(sentences.texts, sentences.people, smallest), *shown})


def _save(
    folder: Path, sentences: Sentences, pains: Sequence[Pain], rows: Sequence[Rows], terms: Sequence[str]
) -> None:
    every = np.concatenate(rows)
    labels = np.repeat(np.arange(len(rows)), [len(some) for some in rows])
    texts = [sentences.texts[row] for row in every.tolist()]
    model = model_topics(texts, sentences.vectors[every], labels.astype(np.int64), terms)
    model.set_topic_labels({number: pain.name for number, pain in enumerate(pains)})
    save_topics(model, folder)
    ids = {"pains": [pain.pain_id for pain in pains], "signals": [sentences.ids[row] for row in every.tolist()]}
    (folder / "pains.json").write_text(json.dumps(ids, indent=1) + "\n", encoding="utf-8")
