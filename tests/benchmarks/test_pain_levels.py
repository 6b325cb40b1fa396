"""The pains from coarse to fine: is each level right, does it lie within the one above, and is it the same tomorrow?"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from overheard.pains import group_texts
from overheard.pains.lasting import Night, sentences_of
from overheard.pains.levels import lasting_ladder, level_events, tell_levels
from overheard.records import PainGroup
from overheard.settings import PainSettings
from overheard.steps.pains import group_sentences
from tests.benchmarks.test_pain_nights import Town, encode

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

SETTINGS = PainSettings()
Labels = NDArray[np.int64]


def is_within(fine: Labels, coarse: Labels) -> bool:
    both = (fine >= 0) & (coarse >= 0)
    return len(set(zip(fine[both].tolist(), coarse[both].tolist(), strict=True))) == len(set(fine[both].tolist()))


def alone(labels: Labels) -> Labels:
    """Let each text of no topic be a topic of its own."""
    return np.where(labels < 0, len(labels) + np.arange(len(labels)), labels)


def intents(shared_data: Path) -> tuple[list[str], list[str]]:
    content = json.loads((shared_data / "corpora" / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    return [text for text, _ in content["train"]], [intent for _, intent in content["train"]]


def test_each_level_of_intents_is_right_and_lies_within_the_one_above(shared_data: Path) -> None:
    texts, truth = intents(shared_data)
    keys = [f"{row:06}" for row in range(len(texts))]
    sentences = sentences_of(keys, texts, keys, encode(texts), SETTINGS)
    places: list[str | None] = [None] * len(texts)
    for number, rows in enumerate(group_sentences(sentences, SETTINGS)):
        for row in rows.tolist():
            places[row] = f"pain {number:03}"
    ladder = lasting_ladder(sentences, places, (), SETTINGS)
    print()
    aris = {level: float(adjusted_rand_score(truth, alone(labels))) for level, labels in ladder.items()}
    for level, labels in ladder.items():
        print(f"level {level:2}: {labels.max() + 1:4} groups, ARI {aris[level]:.3f}")
    levels = sorted(ladder)
    assert all(is_within(ladder[fine], ladder[coarse]) for coarse, fine in pairwise(levels))
    assert max(aris, key=lambda level: aris[level]) == 0


def test_topics_at_each_detail_lie_within_those_at_the_lower_one(shared_data: Path) -> None:
    texts, truth = intents(shared_data)
    vectors, keys = encode(texts), [str(row) for row in range(len(texts))]
    before: Labels | None = None
    best = 0.0
    print()
    for detail in (0.5, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0):
        found = group_texts(texts, vectors, keys, PainSettings(detail=detail))
        names = {topic: label for label, topic in enumerate(sorted({topic for _, topic, _ in found if topic}))}
        labels = np.array([names[topic] if topic else -1 for _, topic, _ in found])
        ari = float(adjusted_rand_score(truth, alone(labels)))
        best = max(best, ari)
        print(f"detail {detail:4}: {len(names):4} topics, ARI {ari:.3f}, coverage {(labels >= 0).mean():.3f}")
        assert before is None or is_within(labels, before)
        before = labels
    assert best >= 0.73


def told(town: Town, night: Night, rows: Sequence[int], before: Sequence[PainGroup]) -> list[PainGroup]:
    texts, people = ([some[row] for row in rows] for some in (town.texts, town.people))
    vectors = town.vectors[np.array(rows)]
    sentences = sentences_of([f"{row:06}" for row in rows], texts, people, vectors, town.settings)
    place = {one.signal_id: one.pain_id for one in night.placements}
    places = [place[key] for key in sentences.ids]
    ladder = lasting_ladder(sentences, places, before, SETTINGS, anew=night.work.refitted > 0)
    return tell_levels(sentences, ladder, night.shown, before, town.describe)


def said_by(groups: Sequence[PainGroup], places: Mapping[str, str | None]) -> dict[tuple[int, str], frozenset[str]]:
    """Return the sentences of each group, by level and id."""
    said: dict[str, set[str]] = {}
    for signal_id, pain_id in places.items():
        said.setdefault(pain_id or "", set()).add(signal_id)
    return {
        (one.level, one.group_id): frozenset(one.signals or set().union(*(said[pain_id] for pain_id in one.pains)))
        for one in groups
    }


def mostly_surviving(
    before: Mapping[tuple[int, str], frozenset[str]], now: Mapping[tuple[int, str], frozenset[str]]
) -> dict[tuple[int, str], str]:
    """Return, for each group of last night most of which and of whose followers are one of tonight, the latter's id."""
    old, new = (frozenset().union(*some.values()) for some in (before, now))
    both = old & new
    at = {(level, key): group_id for (level, group_id), signals in now.items() for key in signals & both}
    found = {}
    for (level, group_id), signals in before.items():
        counts = Counter(at[level, key] for key in signals & both if (level, key) in at)
        best, shared = max(counts.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        if shared and 2 * shared >= len((signals | now[level, best]) & both):
            found[level, group_id] = best
    return found


def test_groups_of_real_titles_keep_their_ids_and_names_over_nights(shared_data: Path) -> None:
    """Nine nights, on the eighth of which everything is grouped anew."""
    with gzip.open(shared_data / "corpora" / "mozilla_support.jsonl.gz", "rt", encoding="utf-8") as lines:
        posts = [json.loads(line) for line in lines]
    posts.sort(key=lambda post: (datetime.strptime(post["date"], "%Y-%m-%d %H:%M:%S %z"), post["id"]))
    titled = [row for row, post in enumerate(posts[:40_000]) if post["title"].strip()]
    town = Town([posts[row]["title"] for row in titled], [posts[row]["author"] for row in titled], SETTINGS, True)
    before: list[PainGroup] = []
    sets: dict[tuple[int, str], frozenset[str]] = {}
    least: dict[int, float] = {}
    lost = untold = 0
    print(f"\n{'night':>5} {'titles':>6}  share of last night's groups that keep id and name, by level (groups)")
    for number in range(9):
        rows = [at for at, row in enumerate(titled) if row < 30_000 + 600 * number]
        night = town.sleep(np.array(rows, dtype=np.int64))
        now = told(town, night, rows, before)
        places = {one.signal_id: one.pain_id for one in night.placements}
        events = [*level_events(before, now, places, town.night), *night.events]
        held = said_by(now, places)
        following = mostly_surviving(sets, held)
        line = []
        for level in sorted({group.level for group in now}):
            old, new = ({one.group_id: one for one in some if one.level == level} for some in (before, now))
            names = {key: group.name for key, group in new.items()}
            kept = sum(names.get(key) == group.name for key, group in old.items()) / max(len(old), 1)
            mostly = [key for one, key in following if one == level]
            line.append(f"{level:2}: {kept:.3f} ({len(new):3}, {len(mostly) / max(len(old), 1):.3f} mostly survive)")
            if before:
                least[level] = min(kept, least.get(level, 1.0))
            lost += sum(following[level, key] != key for key in mostly)
            # Of a pain that is a group of its own at this level no more, its parts or family are told.
            pains = {one.group_id for one in now if one.level == 0 and level != 0}
            changed = {key for key, group in old.items() if names.get(key) != group.name} - pains
            untold += len(changed - {event.group_id for event in events})
        print(f"{number:5} {len(rows):6}  {'  '.join(line)}  {'regrouped' if night.work.refitted else ''}", flush=True)
        before, sets = now, held
    print(f"least { ({level: f'{share:.3f}' for level, share in sorted(least.items())}) }")
    print(f"groups that mostly survive under another id {lost}; changed or ended and not told {untold}")
    assert untold == 0
    assert min(least.values()) >= 0.8
