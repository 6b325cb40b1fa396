"""Pains night after night: what keeps its place and its name, and whether changes that were planted are found."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import normalized_mutual_info_score

from overheard.pains.lasting import Before, Night, Teller, pass_night, sentences_of
from overheard.pains.topics import Topic
from overheard.settings import EncoderSettings, PainSettings
from overheard.steps.pains import describe_sentences, group_sentences
from overheard.storage import VectorCache
from overheard.vectors import encode_missing, encoder_id_of, key_of_text, load_encoder

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]

FIRST = date(2026, 1, 1)
Labels = NDArray[np.int64]


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Encode through a cache in the machine's folder for temporary files; minutes the first time."""
    settings = EncoderSettings()
    cache = VectorCache(Path(tempfile.gettempdir()) / "overheard-bench-vectors", encoder_id_of(settings))
    encode_missing(texts, cache.keys(), load_encoder(settings), cache.add)
    return cache.take([key_of_text(text) for text in texts])


class Town:
    """Texts and their vectors; each night some of them exist."""

    def __init__(self, texts: Sequence[str], people: Sequence[str], settings: PainSettings, names: bool) -> None:
        self.texts, self.people, self.settings = texts, people, settings
        self.vectors = encode(texts)
        self.describe = describe_sentences if names else self.number
        self.before, self.night, self.number_of_night = Before(), FIRST, 0

    def sleep(self, rows: Labels) -> Night:
        """Pass a night on which these texts exist; every seventh groups everything anew."""
        rows = np.sort(rows)
        at = rows.tolist()
        sentences = sentences_of(
            [f"{row:06}" for row in at],
            [self.texts[row] for row in at],
            [self.people[row] for row in at],
            self.vectors[rows],
            self.settings,
        )
        is_due = (self.night - self.before.grouped_on).days >= self.settings.refit_days
        refit = "due" if is_due and self.before.lasting else "no"
        night = pass_night(
            sentences, self.before, (), self.settings, Teller(self.night, 5), refit, group_sentences, self.describe
        )
        grouped_on = self.night if night.work.refitted else self.before.grouped_on
        self.before = Before(night.lasting, night.shown, night.placements, grouped_on)
        self.night += timedelta(1)
        return night

    @staticmethod
    def number(sentences: Any, labels: Labels) -> list[Topic]:
        """Give each topic a number for a name, where names are not looked at."""
        found = []
        for label in range(int(labels.max(initial=-1)) + 1):
            rows = np.flatnonzero(labels == label).tolist()
            found.append(Topic(tuple(rows), tuple(rows[:10]), (), f"pain {sentences.ids[rows[0]]}", len(rows)))
        return found


def labels_of(places: Iterable[str | None]) -> Labels:
    """Number places; None is -1."""
    found = list(places)
    numbers = {place: number for number, place in enumerate(sorted({place for place in found if place}))}
    return np.array([numbers[place] if place else -1 for place in found], dtype=np.int64)


def grouped(town: Town, rows: Labels) -> Labels:
    """Group these texts afresh."""
    at = rows.tolist()
    keys, texts, people = ([some[row] for row in at] for some in (range(len(town.texts)), town.texts, town.people))
    sentences = sentences_of([f"{key:06}" for key in keys], texts, people, town.vectors[rows], town.settings)
    labels = np.full(len(rows), -1, dtype=np.int64)
    for group, members in enumerate(group_sentences(sentences, town.settings)):
        labels[members] = group
    return labels


def test_real_titles_keep_their_place_and_pains_their_names(shared_data: Path) -> None:
    with gzip.open(shared_data / "corpora" / "mozilla_support.jsonl.gz", "rt", encoding="utf-8") as lines:
        posts = [json.loads(line) for line in lines]
    posts.sort(key=lambda post: (datetime.strptime(post["date"], "%Y-%m-%d %H:%M:%S %z"), post["id"]))
    # An answer has no title, and says no pain here.
    titled = [row for row, post in enumerate(posts[:40_000]) if post["title"].strip()]
    town = Town([posts[row]["title"] for row in titled], [posts[row]["author"] for row in titled], PainSettings(), True)
    known: dict[str, str | None] = {}
    names: dict[str, str] = {}
    unchanged, renamed = [], 0
    print(
        f"\n{'night':>5} {'titles':>7} {'pains':>5} {'pool':>5} {'unchanged':>9} {'compared':>9} {'grouped':>8}  events"
    )
    for number in range(21):
        rows = np.array([at for at, row in enumerate(titled) if row < 30_000 + 500 * number], dtype=np.int64)
        night = town.sleep(rows)
        places = {one.signal_id: one.pain_id for one in night.placements}
        unchanged.append(sum(places[key] == place for key, place in known.items()) / max(len(known), 1))
        told = {event.group_id for event in night.events if event.what == "renamed"}
        now = {pain.pain_id: pain.name for pain in night.shown}
        renamed += sum(names.get(key, name) != name and key not in told for key, name in now.items())
        known, names = places, names | now
        events = dict(sorted(Counter(event.what for event in night.events).items()))
        pool = sum(place is None for place in places.values())
        work = night.work
        print(
            f"{number:5} {len(rows):7} {len(now):5} {pool:5} {unchanged[-1]:9.4f} {work.compared:9} "
            f"{work.pooled + work.refitted:8}  {events}"
        )
    mine, fresh = labels_of(known[key] for key in sorted(known)), grouped(town, rows)
    both = (mine >= 0) & (fresh >= 0)
    print(
        f"least unchanged {min(unchanged[1:]):.4f}, renamed without event {renamed}, pains {fresh.max() + 1} if fitted"
    )
    print(f"NMI with a fit of all {nmi(mine, fresh):.3f}, over assigned {nmi(mine[both], fresh[both]):.3f}")
    first = np.array([at for at, row in enumerate(titled) if row < 30_000], dtype=np.int64)
    early = grouped(town, first)
    print(f"a fit of the first night's titles and a fit of all, on the former: NMI {nmi(early, fresh[first]):.3f}")
    kept = np.sort(np.random.default_rng(0).permutation(rows)[: len(rows) * 9 // 10])
    print(
        f"no method can agree better than with itself: a fit of 90 % and a fit of all, on the former: "
        f"NMI {nmi(grouped(town, kept), fresh[kept]):.3f}"
    )
    assert renamed == 0
    assert min(unchanged[1:]) >= 0.98


def nmi(one: Labels, other: Labels) -> float:
    """Normalised mutual information, arithmetic mean."""
    return float(normalized_mutual_info_score(one, other))


PAIRS, THIN, FULL, A_NIGHT = 15, 20, 60, 8
STARTING, WITHDRAWN, SILENT = 10, 5, 5
NIGHTS = 24
QUIET = {1, 2, 22, 23}
"""Nights on which only a little more of the same is heard; what begins by night 16 is answered by the refit of 21."""


def intents(shared_data: Path) -> tuple[list[str], list[str]]:
    parts = json.loads((shared_data / "corpora" / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    pairs = [pair for part in ("train", "val", "test") for pair in parts[part]]
    return [text for text, _ in pairs], [intent for _, intent in pairs]


class Plan:
    """What of each intent exists on each night. Pairs of near intents become loud or fall quiet together."""

    def __init__(self, town: Town, rows_of: Mapping[str, Labels]) -> None:
        self.rows_of = rows_of
        names = sorted(rows_of)
        centres = np.array([town.vectors[rows_of[name]].mean(axis=0) for name in names])
        cosines = centres @ centres.T / np.outer(*[np.linalg.norm(centres, axis=1)] * 2)
        pairs: list[tuple[str, str]] = []
        taken: set[str] = set()
        ranked = sorted((-cosines[i, j], i, j) for i in range(len(names)) for j in range(i))
        for _, i, j in ranked:
            if not {names[i], names[j]} & taken and len(pairs) < 2 * PAIRS:
                pairs.append((names[i], names[j]))
                taken |= {names[i], names[j]}
        self.louder, self.quieter = pairs[0::2], pairs[1::2]
        others = [name for name in names if name not in taken]
        mixed = [others[at] for at in np.random.default_rng(1).permutation(len(others))]
        self.starting, rest = mixed[:STARTING], mixed[STARTING:]
        self.withdrawn, self.silent = rest[:WITHDRAWN], rest[WITHDRAWN : WITHDRAWN + SILENT]
        self.pair_of = {name: pair for pair in pairs for name in pair}

    def said(self, night: int) -> Labels:
        return np.concatenate([self._said(intent, night) for intent in self.rows_of])

    def _said(self, intent: str, night: int) -> Labels:
        rows, pair = self.rows_of[intent], self.pair_of.get(intent)
        if intent in self.starting:
            begins = 3 if self.starting.index(intent) % 2 else 9
            return rows[: min(FULL + night, A_NIGHT * max(0, night - begins + 1))]
        if intent in self.withdrawn and night >= 5 + 2 * self.withdrawn.index(intent):
            return rows[:0]
        if pair in self.louder:
            begins = 3 if self.louder.index(pair) % 2 else 10
            return rows[: min(FULL, THIN + A_NIGHT * max(0, night - begins + 1)) + night // 2]
        if pair in self.quieter:
            is_withdrawn = night >= (5 if self.quieter.index(pair) % 2 else 12)
            return rows[FULL - THIN if is_withdrawn else 0 : FULL + night // 2]
        return rows[: FULL + (min(night, 2) if intent in self.silent else night)]

    def truth(self, town: Town, intent_of: Sequence[str]) -> dict[str, list[set[str]]]:
        """Return the changes that a fresh grouping of the first and one of the last night, each by itself, shows."""
        first, last = (own_topics(town, np.sort(self.said(night)), intent_of) for night in (0, NIGHTS - 1))
        gone = (*self.withdrawn, *self.silent)
        return {
            "born": [{name} for name in self.starting if name in last and last[name][1]],
            "died": [{name} for name in gone if name in first and first[name][1]],
            "split": [set(pair) for pair in self.louder if is_one(first, pair) and is_two(last, pair)],
            "merged": [set(pair) for pair in self.quieter if is_two(first, pair) and is_one(last, pair)],
        }

    def changing(self) -> set[str]:
        return {*self.starting, *self.withdrawn, *self.silent, *self.pair_of}


class DrawnPlan(Plan):
    """The same kinds of changes of other intents: drawn by a seed, from sentences in another order."""

    def __init__(self, town: Town, rows_of: Mapping[str, Labels], seed: int) -> None:
        random = np.random.default_rng(seed)
        rows_of = {name: random.permutation(rows) for name, rows in rows_of.items()}
        chosen = sorted(random.permutation(sorted(rows_of))[:100].tolist())
        super().__init__(town, {name: rows_of[name] for name in chosen})
        pairs = sorted([*self.louder, *self.quieter])
        mixed = [pairs[at] for at in random.permutation(len(pairs))]
        self.louder, self.quieter = mixed[0::2], mixed[1::2]
        rest = sorted(set(rows_of) - set(self.pair_of))
        drawn = [rest[at] for at in random.permutation(len(rest))]
        self.starting, rest = drawn[:STARTING], drawn[STARTING:]
        self.withdrawn, self.silent = rest[:WITHDRAWN], rest[WITHDRAWN : WITHDRAWN + SILENT]
        self.rows_of = rows_of


Topics = dict[str, tuple[int, bool]]
"""By intent: the topic that holds at least half of it, and whether it is most of that topic."""


def own_topics(town: Town, rows: Labels, intent_of: Sequence[str]) -> Topics:
    labels = grouped(town, rows)
    intents_here = np.array([intent_of[row] for row in rows.tolist()])
    found = {}
    for intent in sorted(set(intents_here)):
        own = labels[intents_here == intent]
        topic = int(np.bincount(own[own >= 0], minlength=1).argmax())
        if 2 * (own == topic).sum() >= len(own):
            inside = Counter(intents_here[labels == topic].tolist())
            found[str(intent)] = (topic, inside.most_common(1)[0][0] == intent)
    return found


def is_one(topics: Topics, pair: tuple[str, str]) -> bool:
    one, other = (topics.get(name) for name in pair)
    return one is not None and other is not None and one[0] == other[0]


def is_two(topics: Topics, pair: tuple[str, str]) -> bool:
    one, other = (topics.get(name) for name in pair)
    return one is not None and other is not None and one[0] != other[0] and one[1] and other[1]


@pytest.mark.parametrize("seed", [None, 11, 12, 13])
def test_planted_births_deaths_splits_and_merges_are_found(shared_data: Path, seed: int | None) -> None:
    """Rules were chosen while looking at the first plan, two more drawn ones (seeds 2 and 3), and at the last 11's."""
    texts, intent_of = intents(shared_data)
    town = Town(texts, [f"person {row}" for row in range(len(texts))], PainSettings(silent_days=14), False)
    by_intent: dict[str, list[int]] = defaultdict(list)
    for row, intent in enumerate(intent_of):
        by_intent[intent].append(row)
    rows_of = {intent: np.array(rows) for intent, rows in by_intent.items()}
    plan = Plan(town, rows_of) if seed is None else DrawnPlan(town, rows_of, seed)
    print(f"\nplan {'looked at' if seed is None else f'drawn by seed {seed}'}: {NIGHTS} nights, `told` once per change")
    told: list[tuple[int, str, set[str]]] = []
    was: dict[str, str] = {}
    for number in range(NIGHTS):
        night = town.sleep(plan.said(number))
        about = main_intents(night, intent_of)
        if number:
            told += told_changes(number, night, was, about)
        was = about
        events = dict(sorted(Counter(event.what for event in night.events).items()))
        print(f"{number:3} pains {len(night.shown):4} {night.work} {events}", flush=True)
    report(plan.truth(town, intent_of), told, plan.changing())


def main_intents(night: Night, intent_of: Sequence[str]) -> dict[str, str]:
    """Return what most of each pain's sentences are about."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in night.placements:
        if one.pain_id:
            votes[one.pain_id][intent_of[int(one.signal_id)]] += 1
    return {pain_id: min(count, key=lambda name: (-count[name], name)) for pain_id, count in votes.items()}


def told_changes(
    number: int, night: Night, was: Mapping[str, str], about: Mapping[str, str]
) -> list[tuple[int, str, set[str]]]:
    """Return what was told, once per change, with the intents it is about."""
    into = {pain.pain_id: pain.into for pain in night.lasting}
    parts = {event.group_id for event in night.events if event.what == "split"}
    found = []
    for event in night.events:
        key, what = event.group_id, event.what
        if what in ("born", "revived"):
            found.append((number, "born", {about[key]}))
        elif what == "died":
            found.append((number, "died", {was[key]}))
        elif what == "merged" and into[key]:
            found.append((number, "merged", {was[key], about.get(into[key] or "", "")}))
        elif what == "split" and key not in was:
            parents = [one for one in parts if one in was and key in into and one != key]
            inside = {about[key]} | {about.get(one, was[one]) for one in parents if _is_parent(night, key, one)}
            found.append((number, "split", inside))
    return found


def _is_parent(night: Night, part: str, parent: str) -> bool:
    names = {pain.pain_id: pain.name for pain in night.lasting}
    return any(
        event.group_id == part and event.what == "split" and f"“{names[parent]}”" in event.evidence
        for event in night.events
    )


def kind_told(kind: str, inside: set[str], loud: set[str], begun: set[str]) -> str:
    if kind == "born" and inside & loud:
        return "split"
    return "born" if kind == "split" and inside & begun else kind


def report(
    truth: Mapping[str, Sequence[set[str]]], told: Sequence[tuple[int, str, set[str]]], changing: set[str]
) -> None:
    """Print precision and recall of each kind of change, and what was told though nothing was planted.

    What is told of intents that do change, but not so that a fresh grouping shows it, is neither right nor wrong, and
    so is the joining of two pains of one intent.
    """
    clear = set().union(*(one for planted in truth.values() for one in planted))
    right_all = wrong_all = found_all = planted_all = 0
    for what, planted in truth.items():
        # What grows loud beside another's pain is told as new where it is out of that pain's reach, as split off where
        # it is not: both say that it is a pain of its own now.
        loud = set().union(*truth["split"])
        begun = set().union(*truth["born"])
        claims = [(number, inside) for number, kind, inside in told if kind_told(kind, inside, loud, begun) == what]
        right = [
            inside
            for _, inside in claims
            if any(inside <= one or (what == "born" and one <= inside) for one in planted)
        ]
        found = [one for one in planted if any(one & inside for inside in right)]
        same = what == "merged"
        unclear = [inside for _, inside in claims if inside & (changing - clear) or (same and len(inside) == 1)]
        wrong = [(number, sorted(inside)) for number, inside in claims if inside not in right + unclear]
        print(
            f"{what:7} planted {len(planted):3} found {len(found):3} told {len(claims):3} right {len(right):3} "
            f"unclear {len(unclear):3} wrong {wrong} missed {[sorted(one) for one in planted if one not in found]}"
        )
        right_all, wrong_all = right_all + len(right), wrong_all + len(wrong)
        found_all, planted_all = found_all + len(found), planted_all + len(planted)
    quiet = [claim for claim in told if claim[0] in QUIET]
    precision, recall = right_all / max(right_all + wrong_all, 1), found_all / planted_all
    print(f"precision {precision:.3f} recall {recall:.3f}; told on nights when nothing changed: {len(quiet)}")
    assert precision >= 0.8
    assert recall >= 0.8
