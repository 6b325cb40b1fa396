"""A dozen invented beekeepers and what they say to each other, as complete findings.

`make_findings()` is small enough to read and large enough to show everything: two segments, three pains (one told by
too few), requests and questions, staff, a promoter, quoted words, a name and an address to blot, an undated post, a
source of files, terms and events.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from overheard.records import (
    Document,
    Drift,
    FocusChoice,
    FocusRefusal,
    GroupEvent,
    LandingCount,
    LoveMonth,
    Membership,
    Opportunity,
    Pain,
    Placement,
    Reference,
    RoadmapTheme,
    Role,
    Segment,
    Segmentation,
    SegmentCheck,
    SegmentLove,
    SegmentRate,
    SegmentReference,
    SegmentTrial,
    Signal,
    Skip,
    Slot,
    SourceKind,
    Span,
    Term,
    Utterance,
    ValueOverlap,
    id_of,
)
from overheard.report import Findings
from overheard.settings import Settings
from overheard.sheets import Candidate, cut_passages, order_reading, write_sheets
from tests.make import WordEncoder

NAMES = ("Orla Threlkeld", "hivemind_hal")
"""Shown names that must never appear."""
ADDRESS = "orla@heather-honey.example"
NIGHT = date(2026, 9, 1)

LOG, MITES, SWARM = "log", "mites", "swarm"
MARKED = re.compile(r"\{(\w+)(?: (\d) (\w+))?\|(.+?)\}")
"""A sentence with its signal: kind, and for pains rung and pain."""

THREADS: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "paper-logs": ("apiary", "Who still writes hive logs on paper?", (
        ("p01", "{pain 1 log|I lose my notes between the hive and the house.} {pain 1 log|Propolis glues them shut.}"),
        ("p02", "{pain 1 log|My hive log is three notebooks and a wet glove in a bucket.} "
                "{pain 4 log|I spent forty pounds on a waterproof one and it tore.}"),
        ("p03", "{pain 3 none|Every winter I type the hive log into a spreadsheet and half of it is guesswork.}"),
        ("p04", "Hello. {pain 2 log|As Orla Threlkeld says, I cannot read my own hive log by October and it drives "
                "me mad.} {pain 1 log|The ink runs on every second page of it.}"),
        ("staff", "We at HiveBook have released smart log sync. Nobody needs paper any more."),
    )),
    "forgetting": ("apiary", "Which colony had the marked queen again?", (
        ("p05", "{pain 1 log|I inspected nine colonies on Sunday and remember two.} {question|Does anyone use voice "
                "notes for this?}"),
        ("p06", "{pain 2 log|My hive log says 'good' eleven times, which cost me a whole season of breeding.}"),
        ("p01", "{pain 3 log|I tried voice notes and the bees are louder than I am.}"),
        ("p02", "{request|I wish the scale could write the hive log by itself.} Write to "
                "orla@heather-honey.example if it does."),
        ("p03", "{pain 1 log|My voice notes are all called Recording 14.}"),
        ("promo", "Turbo hive app!!! Best log ever at https://turbo.example"),
    )),
    "mite-counts": ("smokers", "Sugar roll or alcohol wash?", (
        ("p07", "{pain 1 mites|My mite count is different every time I do it.} {question|How many bees do you take?}"),
        ("p08", "{pain 2 mites|I treated on a bad mite count and lost two colonies over it.}"),
        ("p09", "{pain 4 mites|I have bought three kinds of strips and still find mites in the drone brood.}"),
        ("p10", "> My mite count is different every time I do it.\n"
                "{pain 1 mites|Same here, my mite count never agrees with itself.}"),
    )),
    "treatment": ("smokers", "When do you treat?", (
        ("p11", "{pain 3 mites|I gave up on the sugar roll and now I just guess, which keeps me awake.}"),
        ("p07", "{pain 2 mites|The wash kills three hundred bees and the mite count is still wrong.}"),
        ("p08", "{recommendation|I recommend the board under the floor.} It saved my mite count."),
        ("p12", "{pain 1 swarm|They swarmed on a Tuesday and I was at work.} {worldview|Bees read no calendars.}"),
    )),
    "visits": ("visits", "The north shed", (
        ("p13", "{gain|It is mostly fine.} I do not keep a hive log."),
        ("asker", "And what happens then?"),
    )),
}  # fmt: skip

SEGMENTS = {
    "seg-log": ("hive logs · forgotten inspections", ("p01", "p02", "p03", "p04", "p05", "p06"), 0.81, (LOG,)),
    "seg-mites": ("", ("p07", "p08", "p09", "p10", "p11"), 0.66, (MITES,)),
}
PAINS = {
    LOG: ("hive log, notes, paper", ("hive log", "notes", "paper")),
    MITES: ("", ("mite count", "strips", "wash", "brood")),
    SWARM: ("swarming", ("swarm",)),
}


def make_settings(**parts: Any) -> Settings:
    sources = [
        {"kind": "pages", "name": "apiary", "files": "apiary/*.html"},
        {"kind": "pages", "name": "smokers", "files": "smokers/*.html"},
        {"kind": "transcripts", "name": "visits", "files": "visits/*.vtt"},
    ]
    return Settings(
        **{"market": {"name": "Keeping bees", "brief": "What hurts small beekeepers"}, "source": sources} | parts
    )


def make_findings(**changes: Any) -> Findings:
    """Return the findings with some fields replaced."""
    documents, utterances, signals, placements = [], [], [], []
    for number, (thread, (source, title, posts)) in enumerate(THREADS.items()):
        url = "visits/north-shed.vtt" if source == "visits" else f"https://{source}.example/t/{thread}"
        documents.append(Document(thread, source, url, title, _moment(number, 0)))
        for position, (person, marked) in enumerate(posts):
            utterance = _utterance(number, thread, url, position, person, MARKED.sub(r"\4", marked))
            utterances.append(utterance)
            for kind, rung, pain, sentence in MARKED.findall(marked):
                signal = _signal(utterance, sentence, kind, int(rung or 1))
                signals.append(signal)
                if kind == "pain":
                    placements.append(Placement(signal.signal_id, pain if pain in PAINS else None, 0.8))
    findings = Findings(
        report_id="2026-09-01-a1b2",
        settings=make_settings(),
        documents=documents,
        utterances=utterances,
        roles=_roles(utterances),
        signals=signals,
        pains=_pains(signals, placements),
        placements=placements,
        pain_events=[
            GroupEvent(date(2026, 8, 31), LOG, "born", "6 members"),
            GroupEvent(NIGHT, MITES, "grew", "5 to 7 members"),
            GroupEvent(NIGHT, SWARM, "born", "1 members"),
            GroupEvent(NIGHT, "gone", "died", "9 to 2 members"),
        ],
        segments=[
            Segment(segment_id, name, len(people), stability, tops)
            for segment_id, (name, people, stability, tops) in SEGMENTS.items()
        ],
        segment_events=[GroupEvent(NIGHT, "seg-log", "grew", "5 to 6 members")],
        memberships=_memberships(),
        terms=_terms(utterances),
        skips=[
            Skip("read", "apiary", "apiary/faq.html", "no post in the page"),
            Skip("read", "apiary", "apiary/about.html", "no post in the page"),
            Skip("read", "visits", "visits/cold.vtt:12", "a cue without a time"),
        ],
        references=_references(),
        segment_references=[
            SegmentReference(None, 9, 7, 1, 0, "too few to tell", None, None, None, None, None),
            SegmentReference("seg-log", 7, 21, 6, 0, "evident", -0.5556, 0.1, -0.25, 0.0004, 0.0008),
            SegmentReference("seg-mites", 2, 1, 1, 0, "too few to tell", None, None, None, None, None),
        ],
        segmentations=[Segmentation(NIGHT, "recipe", "constructive", "", 12, 0.025, 0.31, 0.84)],
        segment_trials=[
            SegmentTrial(2, 0.31, 0.12, 0.81, 5, 0.92, True),
            SegmentTrial(3, 0.24, 0.15, 0.5, 2, 0.58, False),
        ],
        segment_checks=[
            SegmentCheck("seg-log", 0.88, 0.52, 0.9, 0.02, 1.0, 0.86),
            SegmentCheck("seg-mites", 0.64, 0.52, 0.3, 0.25, 0.4, 0.55),
        ],
        blots=blots_of(*NAMES, ADDRESS),
        source_kinds=[
            SourceKind("apiary", "pain", "post", 31, 0.42, 0.15),
            SourceKind("apiary", "question", "post", 31, 0.1, 0.31),
            SourceKind("smokers", "pain", "answer", 9, 0.9, 0.5),
            SourceKind("smokers", "question", "answer", 9, 0.0, 0.4),
            SourceKind("visits", "pain", "post", 12, 0.3, 0.15),
            SourceKind("visits", "question", "post", 12, 0.02, 0.31),
        ],
    )
    changed = replace(findings, **changes)
    return replace(changed, **{name: made for name, made in _notes_of(changed).items() if name not in changes})


def _notes_of(findings: Findings) -> dict[str, Any]:
    """Write the sheets and choose what to read first, of the signals that fit the utterances."""
    texts = {one.utterance_id: one.text for one in findings.utterances}
    known = [one for one in findings.signals if 0 <= one.start < one.end <= len(texts.get(one.utterance_id, ""))]
    slots = [Slot(one.signal_id, "product", one.start, one.end) for one in known if one.kind == "recommendation"]
    jargon: dict[str, list[Candidate]] = defaultdict(list)
    for term in findings.terms:
        for utterance_id, start, end in term.examples:
            if end <= len(texts.get(utterance_id, "")):
                example = (utterance_id, start, end)
                jargon[utterance_id.rpartition("-")[0]].append(Candidate(term.text, 1, 12.0, term.z, (example,)))
    sheets = write_sheets(findings.utterances, known, slots, jargon, 3)
    pains = [one for one in known if one.kind == "pain"]
    passages = cut_passages(findings.utterances, {}, pains)
    sentences = [texts[one.utterance_id][one.start : one.end].encode(errors="replace").decode() for one in pains]
    vectors = WordEncoder().encode(sentences or ["x"])
    return {"sheets": sheets, "reading": tuple(order_reading(passages, pains, vectors, 9))}


def blots_of(*hidden: str) -> Callable[[str], list[Span]]:
    """Return a function that finds each of `hidden` in a text."""

    def blots(text: str) -> list[Span]:
        found = []
        for word in hidden:
            at = text.find(word)
            while at >= 0:
                found.append((at, at + len(word)))
                at = text.find(word, at + len(word))
        return sorted(found)

    return blots


def _moment(day: int, hour: int) -> datetime:
    return datetime(2026, 6, 3 + 5 * day, 8 + hour, 15, tzinfo=UTC)


def _utterance(number: int, thread: str, url: str, position: int, person: str, text: str) -> Utterance:
    quoted = text.find("\n") if text.startswith(">") else 0
    return Utterance(
        utterance_id=f"{thread}-{position}",
        document_id=thread,
        person_id=person,
        position=position,
        text=text,
        not_own=((0, quoted),) if quoted else (),
        said_at=None if person == "p09" else _moment(number, position),
        replies_to=None,
        url=url if thread == "visits" else f"{url}#{position}",
        rank="",
    )


def _signal(utterance: Utterance, sentence: str, kind: Any, rung: int) -> Signal:
    start = utterance.text.rindex(sentence)
    signal_id = id_of(utterance.utterance_id, start, kind)
    end = start + len(sentence)
    return Signal(
        signal_id, utterance.utterance_id, utterance.person_id, start, end, kind, rung, 0.9 - rung / 100, ("cue",)
    )


def _roles(utterances: Sequence[Utterance]) -> list[Role]:
    named: dict[str, Any] = {"staff": "staff", "promo": "promoter", "asker": "interviewer"}
    people = sorted({one.person_id for one in utterances})
    return [Role(person, named.get(person, "customer"), ("declared",)) for person in people]


def _pains(signals: Sequence[Signal], placements: Sequence[Placement]) -> list[Pain]:
    place = {one.signal_id: one.pain_id for one in placements}
    pains = []
    for pain_id, (name, words) in PAINS.items():
        own = [one for one in signals if place.get(one.signal_id) == pain_id]
        exemplars = tuple(one.signal_id for one in own)
        pains.append(Pain(pain_id, name, words, exemplars, len({one.person_id for one in own}), len(own)))
    return pains


def _references() -> list[Reference]:
    """Five of one segment answer two of them, two quote one; others refer to each other singly."""
    made: list[tuple[str, str, Any, str, str | None]] = [
        (f"p0{at}", other, "reply", f"paper-logs-{at}", "paper-logs-1")
        for at, other in ((1, "p02"), (3, "p02"), (4, "p02"), (5, "p03"), (6, "p03"))
    ]
    made += [(f"p0{at}", "p02", "quote", f"paper-logs-{at}", "paper-logs-1") for at in (3, 4)]
    made += [
        ("p10", "p07", "quote", "mite-counts-3", "mite-counts-0"),
        ("p07", "p02", "mention", "mite-counts-0", None),
    ]
    return [
        Reference(id_of(one, other, kind), one, other, kind, at, to, at.rpartition("-")[0], None)
        for one, other, kind, at, to in made
    ]


def _memberships() -> list[Membership]:
    rows = [
        Membership(person, segment_id, 0.9, "needs-kmeans", NIGHT, None)
        for segment_id, (_, people, _, _) in SEGMENTS.items()
        for person in people
    ]
    rows.append(Membership("p12", None, 0.0, "insufficient-evidence", NIGHT, None))
    # What held in August holds no more.
    rows.append(Membership("p12", "seg-mites", 0.7, "needs-kmeans", date(2026, 8, 1), NIGHT))
    return rows


MEASURED: dict[str, Any] = {
    "rate": 84.5,
    "rate_elsewhere": 3.25,
    "q": 0.012,
    "dispersion": 0.31,
    "effective_people": 3.0,
    "threads": 3,
    "common_rank": 2104,
    "first_said": date(2026, 2, 3),
    "last_said": date(2026, 8, 30),
    "trend": 1.25,
    "trend_interval": (-0.5, 3.0),
    "people_apart": 2,
    "chosen": 0.8125,
    "unseen_here": 0.4,
    "unseen_elsewhere": 0.05,
    "unseen_q": 0.02,
}


def _terms(utterances: Sequence[Utterance]) -> list[Term]:
    terms = []
    for group, text, elsewhere, effect, interval, z in (
        ("seg-log", "hive log", 1, 5.1, (1.9, 8.3), 3.4),
        ("seg-log", "voice notes", 0, 3.2, (0.4, 7.0), 1.9),
        ("seg-mites", "mite count", 0, 6.2, (2.0, 10.4), 4.1),
    ):
        people = set(SEGMENTS[group][1])
        hits = [one for one in utterances if one.person_id in people and text in one.text[_own(one) :]]
        users = {one.person_id: one for one in reversed(hits)}
        examples = tuple((one.utterance_id, one.text.rindex(text), one.text.rindex(text) + len(text))
                         for _, one in sorted(users.items()))  # fmt: skip
        terms.append(Term(group, text, max(3, len(users)), len(hits), elsewhere, effect, interval, z, examples,
                          lrc=max(interval[0] - 1.5, 0.0), **MEASURED))  # fmt: skip
    return terms


def _own(utterance: Utterance) -> int:
    return utterance.not_own[0][1] if utterance.not_own else 0


def decided_findings(**changes: Any) -> Findings:
    """Return the findings with a survey, a funnel, landing pages and a decision."""
    love = [
        SegmentLove("", 60, 0, 20, 60.0, 0.33, 0.23, 0.46, 0.1),
        SegmentLove("seg-log", 50, 9, 25, 48.0, 0.5, 0.37, 0.63, 0.9),
    ]
    rates = [SegmentRate("seg-log", "now", None, "activation", 30, 60, 4, 0.37, 0.63),
             SegmentRate("seg-log", "then", None, "activation", 15, 30, 0, 0.33, 0.67)]  # fmt: skip
    choice = FocusChoice(NIGHT, ("seg-log",), True, 40000.0, 30000.0, 0.0, 0.8, "EUR", 0.5, 0.48)
    told: dict[str, Any] = {
        "segment_love": love,
        "segment_rates": rates,
        "focus_choices": [choice],
        "focus_refusals": [FocusRefusal("seg-mites", "4 of 30 would be very disappointed", 90000.0)],
        "value_overlaps": [ValueOverlap("seg-log", "seg-mites", 0.1, ())],
        "drifts": [Drift("", "shares", 0.3, 0.25, is_over=True)],
        "landing_counts": [LandingCount("seg-log", "seg-log", 24, 24, 90)],
        "roadmap_themes": [
            RoadmapTheme("seg-log", "loved", "glove", 9, 25),
            RoadmapTheme("seg-log", "hold-back", "rain", 2, 7),
        ],
        "opportunities": [Opportunity("seg-log", "a log that stays dry", 8.0, 2.0, 14.0, "solid", 30)],
        "love_months": [LoveMonth("seg-log", date(2026, 7, 1), 20, 8), LoveMonth("seg-log", date(2026, 8, 1), 30, 17)],
    }
    return make_findings(**(told | changes))
