"""Made markets with attacks in every text that anybody outside can write, and every file that is made of them.

Several attacks stand in one text, in another order in each record, so that each of them begins some.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, get_type_hints
from unittest.mock import patch

from overheard.exports import (
    POSTS,
    SIGNALS,
    Found,
    convokit_files,
    join_corpus,
    posts_rows,
    refi_qda_project,
    signals_rows,
)
from overheard.people.context.association import Association
from overheard.records import (
    Bet,
    BetOutcome,
    BetReopening,
    LandingVariant,
    PainGroup,
    Polish,
    Rejection,
    Signal,
    Swap,
    Utterance,
)
from overheard.report import (
    Earlier,
    Findings,
    csv_of,
    notice_of,
    polish_requests,
    read_night,
    render_landings,
    render_report,
    shareable_files,
)
from overheard.settings import Settings
from tests.exports.make_corpus import make_found
from tests.report.make_findings import NIGHT, decided_findings
from tests.report.make_market import make_market
from tests.report.test_affinity import make_eight

OURS = {"method", "register", "currency", "answer", "variant", "band", "about", "night", "last_day", "folder"}
"""Fields of texts that only our own code writes: one of a few words, an id, a day, a folder's name."""
STRANGERS_LISTS = {"words", "diff", "evidence", "terms"}
"""Lists of texts; all other lists hold ids."""
WEB = "https://allotment.example/"

Files = dict[str, bytes]


def poisoned_sites(attacks: Sequence[str]) -> dict[str, Files]:
    """Return name of a folder → its files: reports, landing pages, the shareable edition, exports, the notice."""
    sites: dict[str, Files] = {}
    bees = poison(full_findings(), attacks)
    # With so few threads each sheet has a page of its own only where it is made to.
    with patch("overheard.report.sheets.MOST_ON_ONE_PAGE", 0):
        sites["bees"] = render_report(bees)
    sites["eight"] = render_report(poison(make_eight(), attacks))
    sites["market"] = render_report(poison(small_market(), attacks))
    sites["landing"] = render_landings(bees)
    report = json.loads(sites["bees"]["report.json"])
    sites["shareable"] = shareable_files(report, [(one.person_id, one.text) for one in bees.utterances])
    corpus = join_corpus(poisoned_found(attacks))
    sites["convokit"] = convokit_files(corpus)
    rows = {"posts.csv": csv_of(POSTS, posts_rows(corpus)), "signals.csv": csv_of(SIGNALS, signals_rows(corpus))}
    sites["export"] = {**rows, "market.qdpx": refi_qda_project(corpus)}
    sites["notice"] = {
        "notice.txt": "\n".join(notice_of(report, f"reports/{joined(attacks, 0)}")).encode(errors="replace")
    }
    return sites


@cache
def full_findings() -> Findings:
    """The beekeepers with everything decided, refused, polished, compared and told that a report can tell."""
    clean = decided_findings()
    signals = [one for one in clean.signals if one.kind == "pain"]
    example = next(term.examples[0] for term in clean.terms if term.group_id == "seg-log")
    night = read_night(render_report(clean)["night.json"])
    assert night is not None
    earlier = Earlier("2026-08-01-0000", replace(night, night="2026-08-01", last_day="2026-07-30"))
    return replace(
        clean,
        bets=[Bet("b1", "They pay for a dry log", 0.7, NIGHT, NIGHT, "ten orders", "nobody finds it", "seg-log")],
        bet_outcomes=[BetOutcome("b1", NIGHT, True, "eleven orders")],
        bet_reopenings=[BetReopening("r1", "b1", NIGHT, "shares", "seg-log", 0.3, 0.2)],
        rejections=[Rejection("x1", NIGHT, "Ann", "too many", "2026-08-01-0000", NIGHT, "recipe", "in", ("moved",))],
        swaps=[Swap("seg-log", "inspection record", 3, "Keep every inspection record.", "hive log", "say theirs", 6, 0,
                    5, 4.1, (0.6, 7.6), (example,))],
        landing_variants=[LandingVariant("seg-log", one, 90, 24, 20) for one in "ab"],
        fields=[Association("wax", "", 11, "Cramér's V", 0.4, 0.01, 0.02, {"seg-log": (("wet", 6),)}, {})],
        pain_groups=[PainGroup(0, "log", "logs", "family", ("log",), (), 6, (signals[0].signal_id,), ("log",)),
                     PainGroup(-1, "family", "work", None, ("log",), (), 6, (), ("log",))],
        earlier=[earlier],
        versions={"a library": "1.0"},
        asked_of={"apiary": ("allows", "2026-09-01")},
    )  # fmt: skip


@cache
def small_market() -> Findings:
    return make_market()


def joined(attacks: Sequence[str], at: int) -> str:
    """Return the attacks as one text, the one that is `at` its turn first."""
    first = at // 2 % len(attacks)
    return " ".join([*attacks[first:], *attacks[:first]])


def poison(clean: Findings, attacks: Sequence[str]) -> Findings:
    """Put attacks into every text of the findings that is not our own, at its start in one record, else at its end."""
    attack = joined(attacks, 0)
    texts = {one.utterance_id: one.text for one in clean.utterances}
    changes: dict[str, Any] = {
        one.name: _poisoned_rows(getattr(clean, one.name), attacks)
        for one in fields(clean)
        if isinstance(getattr(clean, one.name), list | tuple) and one.name not in ("utterances", "sheets", "reading")
    }
    changes["utterances"] = [_poisoned_utterance(one, attacks, at) for at, one in enumerate(clean.utterances)]
    places = {one.utterance_id: at for at, one in enumerate(clean.utterances)}
    changes["signals"] = [_moved(one, texts, attacks, places[one.utterance_id]) for one in clean.signals]
    changes["settings"] = _poisoned_settings(clean.settings, attack)
    changes["versions"] = {f"{attack}{name}": f"{attack}{version}" for name, version in clean.versions.items()}
    changes["asked_of"] = {name: (f"{attack}{told}", day) for name, (told, day) in clean.asked_of.items()}
    changes["fields"] = [
        replace(one, name=attack, values=dict.fromkeys(one.values, ((attack, 6),))) for one in clean.fields
    ]
    changes["report_id"] = attack
    changes["blots"] = lambda text: []
    found = replace(clean, **changes)
    polishes = [Polish(one.request_id, "m", "p", attack, "") for one in polish_requests(found)]
    return replace(found, polishes=polishes)


def _poisoned_rows(rows: Sequence[Any], attacks: Sequence[str]) -> list[Any]:
    return [_poisoned(row, attacks, at) if is_dataclass(row) else row for at, row in enumerate(rows)]


def _poisoned(row: Any, attacks: Sequence[str], at: int) -> Any:
    attack = joined(attacks, at)
    changed: dict[str, Any] = {}
    hints = _hints_of(type(row))
    for one in fields(row):
        value = getattr(row, one.name)
        if one.name == "url":
            changed["url"] = attack if at % 2 else f"{WEB}{attack}"
        elif hints[one.name] is str and one.name not in OURS and not one.name.endswith("_id"):
            changed[one.name] = f"{value} {attack}" if at % 2 else f"{attack} {value}"
        elif one.name in STRANGERS_LISTS:
            changed[one.name] = (attack, *value)
        elif is_dataclass(value):
            changed[one.name] = _poisoned(value, attacks, at)
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            changed[one.name] = tuple(_poisoned_rows(value, attacks))
    return replace(row, **changed)


@cache
def _hints_of(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _poisoned_utterance(one: Utterance, attacks: Sequence[str], at: int) -> Utterance:
    return replace(_poisoned(one, attacks, at), text=f"{one.text} {joined(attacks, at)}")


def _moved(one: Signal, texts: dict[str, str], attacks: Sequence[str], at: int) -> Signal:
    """Let a signal point at the attacks alone, or at its sentence and them."""
    end = len(texts[one.utterance_id]) + 1
    return replace(one, start=end if at % 2 else one.start, end=end + len(joined(attacks, at)))


def _poisoned_settings(clean: Settings, attack: str) -> Settings:
    told = clean.model_dump(exclude_unset=True)
    more = {
        "market": {"name": attack, "brief": attack},
        "product": {"names": [attack]},
        "strategy": {"outcome": attack},
        "people": {"staff": [attack], "exclude": [attack]},
        "source": [one | {"terms": attack} for one in told["source"]],
    }
    return Settings(**(told | more))


def poisoned_found(attacks: Sequence[str]) -> Found:
    """Return what exports are made of, the same way."""
    clean = make_found()
    texts = {one.utterance_id: one.text for one in clean.utterances}
    places = {one.utterance_id: at for at, one in enumerate(clean.utterances)}
    named = ("documents", "roles", "pains", "pain_groups", "segments", "memberships", "references")
    return replace(
        clean,
        market=joined(attacks, 0),
        utterances=[_poisoned_utterance(one, attacks, at) for at, one in enumerate(clean.utterances)],
        signals=[_moved(one, texts, attacks, places[one.utterance_id]) for one in clean.signals],
        blots=lambda text: [],
        **{name: _poisoned_rows(getattr(clean, name), attacks) for name in named},
    )


def pages_of(files: Files) -> Iterable[tuple[str, bytes]]:
    """Yield one page of each kind: segment-s1.html and segment-s2.html are of one kind, landing pages are all."""
    seen = set()
    for name, content in sorted(files.items()):
        kind = name if name.startswith("landing") else name.removesuffix(".html").partition("-")[0]
        if name.endswith(".html") and kind not in seen:
            seen.add(kind)
            yield name, content
