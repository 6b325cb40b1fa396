"""A market folder whose signals are written directly: pains night after night without models."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from overheard.records import Document, GroupEvent, Pain, Placement, Signal, Utterance
from overheard.steps.market import Market, StepSummary
from overheard.steps.pains import group_market_pains
from overheard.steps.vectors import open_cache
from overheard.storage import Note, save_note
from overheard.vectors import key_of_text
from tests.make import make_document, make_utterance

FIRST = date(2026, 11, 2)
THEMES = {
    "late invoice": ("overdue", "reminder", "chasing"),
    "bank feed": ("statement", "matching", "transfer"),
    "exchange fee": ("currency", "euros", "dollars"),
    "broken export": ("spreadsheet", "columns", "download"),
}


class PainMarket:
    """Says sentences of themes and passes nights."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.utterances: list[Utterance] = []
        self.signals: list[Signal] = []
        self.day = 0
        folder.mkdir(parents=True)
        (folder / "market.toml").write_text(
            '[market]\nname = "Bills"\n[[source]]\nname = "forum"\nkind = "table"\nfiles = "posts.csv"\n'
        )

    def market(self, full: bool = False) -> Market:
        return Market(self.folder, FIRST + timedelta(self.day), full)

    def hear(self, theme: str, count: int) -> None:
        """Let `count` new people say one sentence each."""
        random = np.random.default_rng(len(self.signals))
        keys, vectors = [], []
        for _ in range(count):
            number = len(self.signals)
            word = THEMES[theme][number % 3]
            said = make_utterance(f"My {theme} trouble {word} again, case {number}.", f"p{number}", position=number)
            vector = np.eye(24)[list(THEMES).index(theme)] + 0.06 * random.normal(size=24)
            keys.append(key_of_text(said.text))
            vectors.append(vector / np.linalg.norm(vector))
            self.utterances.append(said)
            end = len(said.text)
            signal = Signal(f"s{number:03}", said.utterance_id, said.person_id, 0, end, "pain", 1, 0.9, ())
            self.signals.append(signal)
        open_cache(self.market()).add(keys, np.array(vectors, dtype=np.float32))

    def withdraw(self, theme: str, count: int) -> None:
        """Take the first sentences of a theme back."""
        gone = {one.utterance_id for one in [u for u in self.utterances if theme in u.text][:count]}
        self.signals = [signal for signal in self.signals if signal.utterance_id not in gone]

    def sleep(self, days: int = 1, full: bool = False) -> StepSummary:
        """Write what was heard and pass a night."""
        market = self.market(full)
        market.tables.replace("documents", Document, [make_document()])
        market.tables.replace("utterances", Utterance, self.utterances)
        market.tables.replace("signals", Signal, self.signals)
        made = " ".join(signal.signal_id for signal in self.signals)
        save_note(market.data_dir, Note("signals", made, made), market.night)
        summary = group_market_pains(market)
        self.day += days
        return summary

    def pains(self) -> dict[str, Pain]:
        """Return the pain of each theme, by the theme most of its name tells."""
        return {pain.name: pain for pain in self.market().tables.load("pains", Pain)}

    def id_of(self, theme: str) -> str:
        """Return the id of the pain most of a theme's sentences are in."""
        texts = {one.utterance_id: one.text for one in self.utterances}
        own = {one.signal_id for one in self.signals if theme in texts[one.utterance_id]}
        places = [one.pain_id or "" for one in self.placements() if one.signal_id in own]
        return max(sorted(set(places)), key=places.count)

    def placements(self) -> list[Placement]:
        return self.market().tables.load("placements", Placement)

    def events(self) -> list[GroupEvent]:
        return self.market().tables.load("pain_events", GroupEvent)
