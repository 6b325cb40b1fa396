"""What a report is made of, joined and sorted, so that the order records come in never shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from overheard.errors import UnfaithfulQuoteError
from overheard.records import (
    Bet,
    BetOutcome,
    BetReopening,
    Document,
    Drift,
    FocusChoice,
    FocusRefusal,
    GroupEvent,
    LandingCount,
    LandingVariant,
    LastingPain,
    LoveMonth,
    Membership,
    Opportunity,
    Pain,
    PainGroup,
    Placement,
    Polish,
    Reference,
    Rejection,
    RoadmapTheme,
    Role,
    RoleName,
    Segment,
    Segmentation,
    SegmentCheck,
    SegmentLove,
    SegmentRate,
    SegmentReference,
    SegmentTrial,
    Signal,
    SignalKind,
    Skip,
    Slot,
    SourceKind,
    Span,
    Swap,
    Term,
    Utterance,
    ValueOverlap,
)
from overheard.report.calendar import Calendar
from overheard.report.nights.summary import Earlier
from overheard.report.notes import AffinityNote, AskNote, FieldNote, SheetNote, TurnNote
from overheard.report.quotes import check_span
from overheard.settings import Settings


@dataclass(frozen=True)
class Findings:
    """Everything a report tells.

    `blots` names what must not be shown of a text: contact details and people's names. `memberships` may hold closed
    ones (`valid_to`); only open ones are told. `terms` belong to a segment, a pain, or (any other `group_id`) to the
    whole market. `reading` is in the order in which to read. `affinity` is None where people were not
    compared in pairs. `fields` describe people by what they were not grouped by. `own_words` are what of an utterance
    is its author's own running text; of one that is not in it, all but `not_own`. `night` is the ISO date of the newest
    night on which something was found, "" where none is known; `earlier` are the reports this one lies beside. Changes
    are told since `accepted`, the folder of the one among them that was accepted, "" where none was. `asked_of` tells
    of each fetched source what its robots.txt says, in words, and the ISO date anything was last asked.
    """

    report_id: str
    settings: Settings
    documents: Sequence[Document]
    utterances: Sequence[Utterance]
    roles: Sequence[Role]
    signals: Sequence[Signal]
    pains: Sequence[Pain]
    placements: Sequence[Placement]
    pain_events: Sequence[GroupEvent]
    segments: Sequence[Segment]
    segment_events: Sequence[GroupEvent]
    memberships: Sequence[Membership]
    terms: Sequence[Term]
    skips: Sequence[Skip]
    blots: Callable[[str], list[Span]]
    source_kinds: Sequence[SourceKind] = ()
    sheets: Sequence[SheetNote] = ()
    without_sheet: int = 0
    reading: Sequence[TurnNote] = ()
    affinity: AffinityNote | None = None
    pain_groups: Sequence[PainGroup] = ()
    pain_group_events: Sequence[GroupEvent] = ()
    references: Sequence[Reference] = ()
    swaps: Sequence[Swap] = ()
    segment_references: Sequence[SegmentReference] = ()
    segmentations: Sequence[Segmentation] = ()
    segment_trials: Sequence[SegmentTrial] = ()
    segment_checks: Sequence[SegmentCheck] = ()
    fields: Sequence[FieldNote] = ()
    asks: Sequence[AskNote] = ()
    lasting_pains: Sequence[LastingPain] = ()
    segment_love: Sequence[SegmentLove] = ()
    segment_rates: Sequence[SegmentRate] = ()
    focus_choices: Sequence[FocusChoice] = ()
    focus_refusals: Sequence[FocusRefusal] = ()
    value_overlaps: Sequence[ValueOverlap] = ()
    drifts: Sequence[Drift] = ()
    bets: Sequence[Bet] = ()
    bet_outcomes: Sequence[BetOutcome] = ()
    bet_reopenings: Sequence[BetReopening] = ()
    rejections: Sequence[Rejection] = ()
    landing_counts: Sequence[LandingCount] = ()
    landing_variants: Sequence[LandingVariant] = ()
    polishes: Sequence[Polish] = ()
    roadmap_themes: Sequence[RoadmapTheme] = ()
    opportunities: Sequence[Opportunity] = ()
    love_months: Sequence[LoveMonth] = ()
    slots: Sequence[Slot] = ()
    night: str = ""
    earlier: Sequence[Earlier] = ()
    accepted: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    asked_of: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    own_words: Mapping[str, Sequence[Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of a customer with the post it stands in. `fit` is how surely it belongs to its pain (0-1)."""

    signal: Signal
    utterance: Utterance
    document: Document
    fit: float = 0.0


@dataclass(frozen=True)
class Market:
    """The findings by id. Only customers' words are in `told` and `pain_told`.

    Attributes:
        customers: people who said something and are nobody's staff, vendor, promoter, bot or interviewer; of those who
            passed by, only whoever told something.
        people_by_role: the others, by role.
        told: sentences by kind, by signal_id.
        pain_told: sentences of each pain, by signal_id.
        unfitting: pain sentences that fit no pain.
        posts_of: customer → what they said, by utterance_id.
        members: segment_id → customers in it now.
        unplaced: customers in no segment → why (`Membership.method`; "" where nothing is known of them).
    """

    findings: Findings
    documents: Mapping[str, Document]
    utterances: Mapping[str, Utterance]
    customers: frozenset[str]
    people_by_role: Mapping[str, frozenset[str]]
    told: Mapping[SignalKind, tuple[Told, ...]]
    pain_told: Mapping[str, tuple[Told, ...]]
    unfitting: int
    posts_of: Mapping[str, tuple[Utterance, ...]]
    members: Mapping[str, frozenset[str]]
    unplaced: Mapping[str, str]

    @cached_property
    def calendar(self) -> Calendar:
        """The days on which the customers were heard."""
        posts = (post for own in self.posts_of.values() for post in own)
        return Calendar((post.said_at.date(), post.person_id) for post in posts if post.said_at is not None)

    @property
    def smallest(self) -> int:
        """People a group needs to be shown."""
        return self.findings.settings.privacy.smallest_group

    def source_of(self, utterance: Utterance) -> str:
        """Return the name of the source an utterance was read from."""
        return self.documents[utterance.document_id].source or "unnamed source"


def join_findings(findings: Findings) -> Market:
    """Join the records by their ids.

    Raises:
        UnfaithfulQuoteError: a signal or a term's example does not fit the utterance it points into.
    """
    utterances = {one.utterance_id: one for one in sorted(findings.utterances, key=lambda row: row.utterance_id)}
    nowhere = {one.document_id: Document(one.document_id, "", one.url, "", None) for one in utterances.values()}
    documents = nowhere | {one.document_id: one for one in findings.documents}
    _check_spans(findings, utterances)
    roles = {one.person_id: one.role for one in findings.roles}
    speakers = {one.person_id for one in utterances.values()}
    telling = {one.person_id for one in findings.signals}
    customers = frozenset(person for person in speakers if _counts(roles.get(person, "customer"), person in telling))
    others: dict[str, set[str]] = defaultdict(set)
    for person in speakers - customers:
        others[roles[person]].add(person)
    told, pain_told, unfitting = _told_by_kind(findings, documents, utterances, customers)
    members, unplaced = _places(findings, customers)
    return Market(
        findings=findings,
        documents=documents,
        utterances=utterances,
        customers=customers,
        people_by_role={role: frozenset(people) for role, people in sorted(others.items())},
        told=told,
        pain_told=pain_told,
        unfitting=unfitting,
        posts_of=_posts_of(utterances, customers),
        members=members,
        unplaced=unplaced,
    )


def _counts(role: RoleName, is_telling: bool) -> bool:
    return role == "customer" or (role == "passer-by" and is_telling)


def people_of(told: Iterable[Told]) -> frozenset[str]:
    """Return the people who told these sentences."""
    return frozenset(one.signal.person_id for one in told)


def _check_spans(findings: Findings, utterances: Mapping[str, Utterance]) -> None:
    """Refuse the whole report rather than show one sentence nobody said."""
    for signal in findings.signals:
        who = f"signal {signal.signal_id}"
        utterance = utterances.get(signal.utterance_id)
        check_span(utterance, signal.start, signal.end, who)
        if utterance is not None and utterance.person_id != signal.person_id:
            raise UnfaithfulQuoteError(f"{who}: is told by another person than its utterance; detect signals again")
    for term in findings.terms:
        for utterance_id, start, end in term.examples:
            check_span(utterances.get(utterance_id), start, end, f"an example of term {term.text!r}")


def _told_by_kind(
    findings: Findings,
    documents: Mapping[str, Document],
    utterances: Mapping[str, Utterance],
    customers: frozenset[str],
) -> tuple[dict[SignalKind, tuple[Told, ...]], dict[str, tuple[Told, ...]], int]:
    places = {one.signal_id: one for one in findings.placements}
    known = {one.pain_id for one in findings.pains}
    kinds: dict[SignalKind, list[Told]] = defaultdict(list)
    pains: dict[str, list[Told]] = defaultdict(list)
    unfitting = 0
    for signal in sorted(findings.signals, key=lambda row: row.signal_id):
        if signal.person_id not in customers:
            continue
        utterance = utterances[signal.utterance_id]
        place = places.get(signal.signal_id)
        one = Told(signal, utterance, documents[utterance.document_id], place.probability if place else 0.0)
        kinds[signal.kind].append(one)
        if place is not None and place.pain_id in known:
            pains[place.pain_id].append(one)
        elif place is not None:
            unfitting += 1
    by_kind = {kind: tuple(rows) for kind, rows in sorted(kinds.items())}
    return by_kind, {pain: tuple(rows) for pain, rows in sorted(pains.items())}, unfitting


def _posts_of(utterances: Mapping[str, Utterance], customers: frozenset[str]) -> dict[str, tuple[Utterance, ...]]:
    posts: dict[str, list[Utterance]] = {person: [] for person in sorted(customers)}
    for one in utterances.values():
        if one.person_id in customers:
            posts[one.person_id].append(one)
    return {person: tuple(rows) for person, rows in posts.items()}


def _places(findings: Findings, customers: frozenset[str]) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Read each customer's newest open membership."""
    now: dict[str, Membership] = {}
    for one in sorted(findings.memberships, key=lambda row: (row.person_id, row.valid_from, row.segment_id or "")):
        if one.valid_to is None and one.person_id in customers:
            now[one.person_id] = one
    members: dict[str, set[str]] = {one.segment_id: set() for one in findings.segments}
    unplaced: dict[str, str] = {}
    for person in sorted(customers):
        place = now.get(person)
        if place is not None and place.segment_id in members:
            members[place.segment_id].add(person)
        else:
            unplaced[person] = place.method if place is not None else ""
    return {segment: frozenset(people) for segment, people in sorted(members.items())}, unplaced
