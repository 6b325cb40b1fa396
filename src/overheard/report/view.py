"""What the pages, tables and JSON show, ready to print: everything hidden is already out, every share has its total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from overheard.records import SignalKind
from overheard.report.affinity_view import AffinityView
from overheard.report.charts import Ladder, Whisker
from overheard.report.evidence import Confidence, Trend
from overheard.report.figures import Share
from overheard.report.level_view import LevelView, Regrouped
from overheard.report.persona_view import PersonaView
from overheard.report.quotes import Quote
from overheard.report.references import ReferencesView
from overheard.report.sheet_view import SheetsView
from overheard.report.swaps import SwapsView
from overheard.report.term_view import TermsView, TermView
from overheard.report.trust import Stability, Verdict
from overheard.report.unseen import LastDoubling
from overheard.report.validity import SegmentationView, ValidityView

if TYPE_CHECKING:  # they view these views
    from overheard.report.appendix import Appendix
    from overheard.report.decision.views import DecisionView
    from overheard.report.drafts.views import SegmentDrafts
    from overheard.report.nights.page import NightsView
    from overheard.report.pain_map.drawing import MapView
    from overheard.report.said.views import SaidView
    from overheard.report.search.entries import SearchView
    from overheard.report.since import SinceView
    from overheard.report.single_pages.views import SinglePages


@dataclass(frozen=True, slots=True)
class PainView:
    """A pain as told by the market or by one segment. `anchor` is its place on the index page.

    `ladder` is of people, `rungs` counts sentences of rung 0-4.
    `forces` are (what moves people, how many people), of those that enough people tell; `tried` are workarounds told in
    the same post.
    """

    pain_id: str
    anchor: str
    name: str
    words: tuple[str, ...]
    share: Share
    whisker: Whisker
    ladder: Ladder
    rungs: tuple[int, ...]
    sources: int
    threads: int
    quotes: tuple[Quote, ...]
    confidence: Confidence
    why_confidence: str
    forces: tuple[tuple[str, int], ...]
    trend: Trend | None
    tried: tuple[Quote, ...] = ()

    @property
    def file(self) -> str:
        """Its page."""
        return f"{self.anchor}.html"


@dataclass(frozen=True, slots=True)
class VoiceView:
    """What people voice besides pains. `people` is None where too few did to be shown."""

    kind: SignalKind
    people: int | None
    of: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source; `kind` says in words what it is. The counts are None where too few people are behind them."""

    name: str
    kind: str
    threads: int | None
    posts: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """People whose words do not count. `people` and `posts` are None where hidden.

    `evidence`: the rules that found them and how many each found, None where hidden; several may know one person.
    """

    who: str
    why: str
    people: int | None
    posts: int | None
    evidence: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class LoudestView:
    """Shares (0-1) of all words that count: of the person and of the three threads with most, of `of_threads`."""

    person: float
    threads: float
    of_threads: int

    @property
    def shown(self) -> tuple[str, str]:
        """Both as percentages."""
        return f"{100 * self.person:.0f}%", f"{100 * self.threads:.0f}%"


@dataclass(frozen=True, slots=True)
class SkipView:
    """Something that was not read: how often, and the first places."""

    step: str
    source: str
    why: str
    count: int
    places: tuple[str, ...]  # the first few; `count` has them all


@dataclass(frozen=True, slots=True)
class TakenView:
    """How one source's sentences were taken: for each kind the estimated share that say it and the threshold, 0-1."""

    source: str
    is_answers: bool
    sentences: int
    kinds: Mapping[SignalKind, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class HeardView:
    """What the report rests on. Days are ISO dates, "" where no post has one; `missing`: sources tonight lacks."""

    people: int | None
    posts: int
    all_posts: int
    threads: int
    sources: tuple[SourceView, ...]
    heard_sources: int
    first_day: str
    last_day: str
    undated: int
    sentences: int
    unfitting: int
    left_out: tuple[LeftOutView, ...]
    skips: tuple[SkipView, ...]
    missing: tuple[str, ...]
    taken: tuple[TakenView, ...]
    loudest: LoudestView | None


@dataclass(frozen=True, slots=True)
class AskView:
    """A question for people in no segment; `settled`: whose segment the answer tells rather than not, None if few."""

    question_id: str
    options: tuple[str, ...]
    people: int
    settled: int | None


@dataclass(frozen=True, slots=True)
class UnplacedView:
    """People in no shown segment and why: (reason, people; None where hidden); what to ask them next."""

    share: Share | None
    reasons: tuple[tuple[str, int | None], ...]
    asks: tuple[AskView, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One segment. `loudest` is (sentences of its loudest person, of all); `hidden_pains` are told by too few.

    `top_pains` are those that set it apart, `pains` all of them, most people first.
    """

    segment_id: str
    file: str
    name: str
    share: Share
    whisker: Whisker
    stability: Stability
    verdict: Verdict
    words: tuple[str, ...]
    top_pains: tuple[PainView, ...]
    pains: tuple[PainView, ...]
    hidden_pains: int
    terms: TermsView
    voices: tuple[VoiceView, ...]
    sources: tuple[SourceView, ...]
    posts: int
    threads: int
    loudest: tuple[int, int]
    first_day: str
    last_day: str
    others: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What happened in the newest night told: lines of (kind, name, what, evidence).

    `name` is "" for a group that is no more. `is_first`: everything is new.
    """

    night: str
    is_first: bool
    lines: tuple[tuple[str, str, str, str], ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report. `rules` are the settings the method section names; `sheets`, `affinity` None: nothing to show.

    `references`, `validity` and `swaps` are by segment_id; `swaps` of "" are the whole market's. `regrouped` tells what
    became of families and parts of pains since each night that is compared, `last_regrouped` in the newest night.
    """

    report_id: str
    market: str
    brief: str
    in_short: tuple[str, ...]
    heard: HeardView
    segments: tuple[SegmentView, ...]
    references: Mapping[str, ReferencesView]
    swaps: Mapping[str, SwapsView]
    segmentation: SegmentationView | None
    validity: Mapping[str, ValidityView]
    personas: Mapping[str, PersonaView]
    hidden_segments: int
    why_no_segments: str
    unplaced: UnplacedView
    pains: tuple[PainView, ...]
    hidden_pains: int
    last_doubling: LastDoubling
    levels: tuple[LevelView, ...]
    terms: tuple[TermView, ...]
    voices: tuple[VoiceView, ...]
    changes: ChangesView | None
    rules: Mapping[str, int | float]
    sheets: SheetsView | None
    affinity: AffinityView | None = None
    single: SinglePages | None = None
    pain_map: MapView | None = None
    search: SearchView | None = None
    night: str = ""
    nights: NightsView | None = None
    said: Mapping[str, SaidView] = field(default_factory=dict)
    since: SinceView | None = None
    appendix: Appendix | None = None
    decision: DecisionView | None = None
    drafts: Mapping[str, SegmentDrafts] = field(default_factory=dict)
    landing_action: str = ""
    regrouped: Mapping[str, Regrouped] = field(default_factory=dict)
    last_regrouped: Regrouped | None = None

    def sheet_of(self, document_id: str) -> str:
        """Return where the sheet of a thread or interview stands, "" where it has none."""
        return self.sheets.address_of(document_id) if self.sheets else ""

    def term_page(self, text: str) -> str:
        """Return the file of a term's page, "" where it has none."""
        page = self.single.terms.get(text.casefold()) if self.single else None
        return page.file if page else ""
