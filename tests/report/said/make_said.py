"""A handful of invented beekeepers, each with one sentence, as a group."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from overheard.records import Document, Pain, Placement, Signal, Slot, Utterance
from overheard.report.findings import join_findings
from overheard.report.quotes import Quoter
from overheard.report.said.group import Group
from overheard.report.said.products import Naming, find_product_names
from overheard.report.said.wording import Wording
from tests.report.make_findings import blots_of, make_findings, make_settings

START = datetime(2026, 6, 1, tzinfo=UTC)


class Line(NamedTuple):
    """One sentence of one person."""

    person: str
    kind: Any
    text: str
    thread: str = "hive"
    probability: float = 0.9
    strength: int = 1
    slots: tuple[tuple[Any, str], ...] = ()
    pain: str = ""
    source: str = "apiary"
    url: str = ""


def make_group(lines: list[Line], matter: tuple[str, ...] = ("hive",), others: int = 0, **changes: Any) -> Group:
    """Return the group of all who speak; `others` more people of the market are silent and not in it."""
    utterances, signals, placements = [], [], []
    for at, line in enumerate(lines):
        utterance = Utterance(
            f"u{at:03}", line.thread, line.person, at, line.text, (), START + timedelta(hours=at), None,
            line.url or f"https://apiary.example/t/{line.thread}#{at}", "",
        )  # fmt: skip
        signal = Signal(f"s{at:03}", f"u{at:03}", line.person, 0, len(line.text), line.kind, line.strength,
                        line.probability, ("liking:x", "fear:x"))  # fmt: skip
        utterances.append(utterance)
        signals.append(signal)
        if line.pain:
            placements.append(Placement(signal.signal_id, line.pain, 0.9))
    silent = [replace(utterances[0], utterance_id=f"x{at}", person_id=f"x{at}", text="Hello.", position=900 + at)
              for at in range(others)]  # fmt: skip
    slots = [Slot(f"s{at:03}", name, line.text.index(said), line.text.index(said) + len(said))
             for at, line in enumerate(lines) for name, said in line.slots]  # fmt: skip
    pains = [Pain(one, one, (one,), (), 1, 1) for one in sorted({line.pain for line in lines if line.pain})]
    documents = {line.thread: Document(line.thread, line.source, "", f"About {line.thread}", START) for line in lines}
    names = changes.pop("names", ())
    findings = make_findings(
        documents=list(documents.values()), utterances=[*utterances, *silent], signals=signals, slots=slots,
        pains=pains, placements=placements, pain_events=[], segments=[], segment_events=[], memberships=[], roles=[],
        terms=[], references=[], segment_references=[], sheets=[], reading=[], blots=blots_of(*names),
        settings=make_settings(**changes),
    )  # fmt: skip
    market = join_findings(findings)
    wording = Wording(one for rows in market.told.values() for one in rows)
    return Group(market, Quoter(findings.blots), {line.person for line in lines}, wording, matter)


def naming_in(group: Group) -> Naming:
    """Return which products are named in a group's market, where no slots are known."""
    return Naming(find_product_names(group.market, group.quoter, group.wording, {}), group.market.posts_of)
