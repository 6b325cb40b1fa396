"""Eight invented interviews with people who run small bakeries: four needs, each told by two of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from overheard.people import Evidence
from overheard.people.needs.words import need_words
from overheard.records import Document, Pain, Placement, Role, Signal, Utterance
from overheard.steps.market import Market
from overheard.steps.people import segment_market_people
from overheard.steps.vectors import encode_market, open_cache
from overheard.storage import Note, save_note
from overheard.vectors import key_of_text
from tests.make import WordEncoder, make_document

NIGHT = date(2026, 11, 2)
OVEN, FLOUR, SHOP, STAFF = "oven", "flour", "shop", "staff"
NEEDS = {"ada": OVEN, "bo": OVEN, "cy": FLOUR, "dot": FLOUR, "eli": SHOP, "fay": SHOP, "gus": STAFF, "hal": STAFF}
SAID: dict[str, tuple[tuple[int, str, str | None], ...]] = {
    "ada": (
        (2, "The deck oven loses heat at the left door and every loaf there stays pale.", OVEN),
        (3, "I turn each tray twice because the oven door leaks heat on the left.", OVEN),
        (4, "I paid an engineer two hundred for the oven door and the heat still leaks.", OVEN),
        (3, "My knees hate the cellar stairs under the flour sacks.", None),
    ),
    "bo": (
        (2, "Our oven door leaks heat and the loaves on that side stay pale.", OVEN),
        (3, "We bake twice the trays since half of the oven never gets the heat.", OVEN),
        (1, "The engineer for the oven comes when he likes.", OVEN),
        (3, "My daughter left for the city and the accordion stands silent in the hall.", None),
    ),
    "cy": (
        (2, "Every sack of rye flour drinks another amount of water and the dough slumps.", FLOUR),
        (3, "I weigh water for each flour sack anew and still the rye dough slumps.", FLOUR),
        (1, "The mill writes nothing about the flour on its sack.", FLOUR),
        (3, "A wasp nest above the gate frightened three schoolchildren last summer.", None),
    ),
    "dot": (
        (2, "The rye dough slumps whenever the mill sends flour that drinks less water.", FLOUR),
        (3, "I bake a trial loaf from each flour sack to see how much water it drinks.", FLOUR),
        (1, "No mill tells me what is in the sack.", FLOUR),
        (3, "The canal froze and the barge with our firewood waited nine days.", None),
    ),
    "eli": (
        (2, "By noon the shop shelf is empty and customers leave without bread.", SHOP),
        (3, "I write on a slate how much bread is left at noon and guess tomorrow.", SHOP),
        (1, "On Mondays the bread comes back from the shelf unsold.", SHOP),
        (3, "The bell of the chapel cracked and the tourists stopped coming by coach.", None),
    ),
    "fay": (
        (2, "Customers leave because the bread shelf is empty by noon.", SHOP),
        (3, "I count the unsold bread on the shelf each evening and still guess tomorrow.", SHOP),
        (1, "Monday is a lottery of unsold bread.", SHOP),
        (3, "Our landlord painted the shutters purple and never asked anybody about it.", None),
    ),
    "gus": (
        (2, "Nobody answers my advert for a night baker who gets up at two.", STAFF),
        (3, "I raised the pay and still no night baker stays longer than a month.", STAFF),
        (1, "The apprentices stay in bed.", STAFF),
        (3, "The cat of the neighbour sleeps on my delivery van and scratches its roof.", None),
    ),
    "hal": (
        (2, "No night baker stays, they all leave after a month of getting up at two.", STAFF),
        (4, "I paid for adverts in three papers and nobody answers for the night.", STAFF),
        (1, "Each apprentice leaves before spring.", STAFF),
        (3, "A flood took the bridge and the ferry charges me like a lorry.", None),
    ),
}
"""Per person (rung, sentence, pain)."""


def make_evidence(people: Sequence[str] = tuple(SAID)) -> tuple[list[Evidence], NDArray[np.float32], list[str]]:
    """Return what these people said as evidence, its vectors and its signal ids."""
    rows = [(person, *said) for person in people for said in SAID[person]]
    evidence = [
        Evidence(person, f"talk-{person}", pain, rung, text, row, interview=True)
        for row, (person, rung, text, pain) in enumerate(rows)
    ]
    signals = [signal_id(person, at) for person in people for at in range(len(SAID[person]))]
    # Of content words alone, as an encoder of sentences weighs them.
    return evidence, WordEncoder(384).encode([" ".join(need_words(one.text)) for one in evidence]), signals


def signal_id(person: str, at: int) -> str:
    return f"{person}-{at}"


def make_tables(people: Sequence[str] = tuple(SAID)) -> dict[str, list[object]]:
    """Return the records of the eight interviews, one utterance a sentence."""
    documents, utterances, signals, placements, roles = [], [], [], [], []
    for person in people:
        file = f"talks/{person}.vtt"
        documents.append(make_document(f"talk-{person}", "talks", url=file, title=file))
        roles.append(Role(person, "customer", ()))
        for at, (rung, text, pain) in enumerate(SAID[person]):
            key = f"u-{person}-{at}"
            place = f"{file}#t=00:0{at}:00"
            utterances.append(Utterance(key, f"talk-{person}", person, at, text, (), None, None, place, ""))
            signals.append(Signal(signal_id(person, at), key, person, 0, len(text), "pain", rung, 0.9, ()))
            placements.append(Placement(signal_id(person, at), pain, 0.8))
    named = {OVEN: "oven door", FLOUR: "rye flour", SHOP: "empty shelf", STAFF: "night baker"}
    pains = []
    for pain, name in named.items():
        own = [(person, at) for person in people for at, said in enumerate(SAID[person]) if said[2] == pain]
        exemplars = tuple(signal_id(*one) for one in own)
        pains.append(Pain(pain, name, (name,), exemplars, len({person for person, _ in own}), len(own)))
    return {
        "documents": documents,
        "utterances": utterances,
        "roles": roles,
        "signals": signals,
        "pains": pains,
        "placements": placements,
    }  # type: ignore[return-value]


RECORDS = {
    "documents": Document,
    "utterances": Utterance,
    "roles": Role,
    "signals": Signal,
    "pains": Pain,
    "placements": Placement,
}


def write_market(folder: Path, people: Sequence[str] = tuple(SAID)) -> Market:
    """Make a market folder of the eight interviews up to its pains, without models; or let people go from one."""
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / "market.toml").write_text(
            '[market]\nname = "Small bakeries"\n[[source]]\nname = "talks"\nkind = "transcripts"\nfiles = "talks/*"\n'
        )
    market = Market(folder, NIGHT)
    market.save_names({})
    for name, rows in make_tables(people).items():
        market.tables.replace(name, RECORDS[name], rows)
    evidence, vectors, _ = make_evidence(people)
    cache = open_cache(market)
    keys = {key_of_text(one.text): vector for one, vector in zip(evidence, vectors, strict=True)}
    new = sorted(set(keys) - cache.keys())
    if new:
        cache.add(new, np.array([keys[key] for key in new], dtype=np.float32))
    for step in ("collect", "roles", "signals", "pains"):
        made = " ".join([step, *people])
        save_note(market.data_dir, Note(step, made, made), market.night)
    return market


def write_segmented_market(folder: Path) -> Market:
    """Make a market folder of the eight interviews up to its people."""
    market = write_market(folder)
    encode_market(market)
    segment_market_people(market)
    return market
