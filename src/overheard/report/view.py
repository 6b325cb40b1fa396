"""What the pages, tables and JSON show, ready to print: everything hidden is already out, every share has its total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from overheard.records import SignalKind
from overheard.report.affinity_view import AffinityView
from overheard.report.charts import Ladder, Whisker
from overheard.report.evidence import Confidence, Trend
from overheard.report.figures import Share
from overheard.report.level_view import LevelView
from overheard.report.persona_view import PersonaView
from overheard.report.quotes import Line, Quote
from overheard.report.references import ReferencesView
from overheard.report.sheet_view import SheetsView
from overheard.report.trust import Stability, Verdict
from overheard.report.unseen import LastDoubling
from overheard.report.validity import SegmentationView, ValidityView


@dataclass(frozen=True, slots=True)
class PainView:
    """A pain as told by the market or by one segment. `anchor` is its place on the index page.

    `forces` are (what moves people, how many people), of those that enough people tell.
    """

    pain_id: str
    anchor: str
    name: str
    words: tuple[str, ...]
    share: Share
    whisker: Whisker
    ladder: Ladder
    sources: int
    threads: int
    quotes: tuple[Quote, ...]
    confidence: Confidence
    why_confidence: str
    forces: tuple[tuple[str, int], ...]
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class TermView:
    """A term. `others` is None where there is nobody to compare with; `often` says the effect in words, or ""."""

    group_id: str
    group: str
    text: str
    here: Share
    others: Share | None
    often: str
    uses: int
    effect: float
    low: float
    high: float
    z: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TermsView:
    """A group's terms, most telling first: those enough people use, and those few people use yet."""

    headline: tuple[TermView, ...]
    early: tuple[TermView, ...]

    @property
    def all(self) -> tuple[TermView, ...]:
        """Both lists."""
        return self.headline + self.early


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
    """What the report rests on. Days are ISO dates, "" where no post has one."""

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
    taken: tuple[TakenView, ...]
    loudest: LoudestView | None


@dataclass(frozen=True, slots=True)
class UnplacedView:
    """People in no shown segment and why: (reason, people; None where hidden)."""

    share: Share | None
    reasons: tuple[tuple[str, int | None], ...]


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

    `references` and `validity` are by segment_id.
    """

    report_id: str
    market: str
    brief: str
    in_short: tuple[str, ...]
    heard: HeardView
    segments: tuple[SegmentView, ...]
    references: Mapping[str, ReferencesView]
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
