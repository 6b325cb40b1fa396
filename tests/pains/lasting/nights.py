"""An invented market night after night: each theme has its direction, each sentence lies a little beside one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from overheard.pains.lasting import Before, Night, Refit, Rows, Sentences, Teller, pass_night, sentences_of
from overheard.pains.topics import Topic
from overheard.records import GroupEvent, PainEdit
from overheard.settings import PainSettings

FIRST = date(2026, 3, 2)
SETTINGS = PainSettings()
DIMENSIONS = 16


@dataclass
class Market:
    """Sentences by id, each of a theme; grouped by what the test says groups are, here: by theme."""

    settings: PainSettings = SETTINGS
    said: dict[str, tuple[str, NDArray[np.float32], str]] = field(default_factory=dict)
    before: Before = field(default_factory=Before)
    night: date = FIRST
    events: list[GroupEvent] = field(default_factory=list)
    theme_of: dict[str, str] = field(default_factory=dict)
    groupings: int = 0
    described: int = 0

    def hear(self, theme: str, count: int, at: Sequence[float], spread: float = 0.05) -> list[str]:
        """Let `count` new people say something of a theme that lies at `at`."""
        ids = [f"{theme}-{len(self.said) + number:04}" for number in range(count)]
        random = np.random.default_rng(len(self.said))
        for one in ids:
            vector = np.zeros(DIMENSIONS)
            vector[: len(at)] = at
            vector += spread * random.normal(size=DIMENSIONS)
            vector /= np.linalg.norm(vector)
            self.said[one] = (f"The {theme} trouble again, case {one}.", vector.astype(np.float32), f"person of {one}")
            self.theme_of[one] = theme
        return ids

    def hear_more(self, theme: str, count: int, at: Sequence[float]) -> None:
        """Let a pain grow and everything be grouped with what is new, so that it may split."""
        self.hear(theme, count, at)
        self.sleep("due")

    def sentences(self) -> Sentences:
        ids = sorted(self.said)
        vectors = np.array([self.said[one][1] for one in ids], dtype=np.float32).reshape(-1, DIMENSIONS)
        return sentences_of(ids, [self.said[i][0] for i in ids], [self.said[i][2] for i in ids], vectors, self.settings)

    def group(self, sentences: Sentences, settings: PainSettings) -> list[Rows]:
        """Group by theme, leaving out themes of fewer than the floor."""
        self.groupings += 1
        themes = sorted({self.theme_of[one] for one in sentences.ids} - {""})
        rows = [np.array([r for r, one in enumerate(sentences.ids) if self.theme_of[one] == t]) for t in themes]
        return [r for r in rows if len(r) >= settings.minimum_signals]

    def describe(self, sentences: Sentences, labels: NDArray[np.int64]) -> list[Topic]:
        """Name a topic after its commonest theme."""
        self.described += 1
        topics = []
        for label in range(int(labels.max(initial=-1)) + 1):
            rows = np.flatnonzero(labels == label).tolist()
            themes = [self.theme_of[sentences.ids[row]] for row in rows]
            name = max(sorted(set(themes)), key=themes.count)
            topics.append(Topic(tuple(rows), tuple(rows[:10]), (name,), name, len(rows)))
        return topics

    def sleep(self, refit: Refit = "no", edits: Iterable[PainEdit] = (), days: int = 1) -> Night:
        """Pass a night; it becomes what the next one starts from."""
        tell = Teller(self.night, 5)
        night = pass_night(self.sentences(), self.before, edits, self.settings, tell, refit, self.group, self.describe)
        grouped_on = self.night if night.work.refitted else self.before.grouped_on
        self.before = Before(night.lasting, night.shown, night.placements, grouped_on)
        self.events += night.events
        self.night += timedelta(days)
        return night

    def place_of(self, signal_id: str) -> str | None:
        """Return the name of the pain a sentence is in."""
        names = {pain.pain_id: pain.name for pain in self.before.shown}
        places = {one.signal_id: one.pain_id for one in self.before.placements}
        return names.get(places[signal_id] or "")

    def id_of(self, name: str) -> str:
        """Return the id of the living pain of this name."""
        return next(pain.pain_id for pain in self.before.shown if pain.name == name)


def told(events: Iterable[GroupEvent]) -> list[str]:
    """Return what happened, in order of words."""
    return sorted(event.what for event in events)
