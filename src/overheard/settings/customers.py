"""Your own customers' files: the [[survey]], [[funnel]] and [[payments]] tables of market.toml."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from overheard.settings.part import SettingsPart
from overheard.settings.sources import Files, Slug

FeelingName = Literal["very", "somewhat", "not", "no longer"]
StageName = Literal["acquisition", "activation", "retention", "referral", "revenue"]


class _CustomerFile(SettingsPart):
    """One file below the market's folder, and how its people are known elsewhere."""

    name: Slug
    file: Files
    accounts_of: tuple[Slug, ...] = Field(
        (), description="sources whose account names stand in `person`: your word that these are the same people"
    )


class SurveySettings(_CustomerFile):
    """Which column of a survey's export holds what. All but `file` may be absent; `overheard map-survey` finds them.

    `feeling`, `who_benefits`, `benefit` and `hold_back` are the four questions of the very-disappointed survey.
    `importance` and `satisfaction` name the column each outcome was rated in.
    """

    person: str | None = None
    answered_at: str | None = None
    feeling: str | None = None
    feelings: dict[str, FeelingName] = Field({}, description="your own wording of an answer, where it is another one")
    who_benefits: tuple[str, ...] = ()
    benefit: tuple[str, ...] = ()
    hold_back: tuple[str, ...] = ()
    importance: dict[str, str] = Field({}, description="outcome → the column it was rated in")
    satisfaction: dict[str, str] = Field({}, description="the same")
    texts: tuple[str, ...] = Field((), description="other questions answered in own words")
    choices: tuple[str, ...] = Field((), description="other questions answered by picking")


class FunnelSettings(_CustomerFile):
    """A file of events; columns are needed only where they are called otherwise than in the three known layouts."""

    person: str | None = None
    happened_at: str | None = None
    event: str | None = None
    stage: str | None = None
    value: str | None = None
    currency: str | None = None
    source: str | None = None
    event_id: str | None = None
    stages: dict[str, StageName] = Field({}, description="which of your events is which stage")


class TrafficSettings(SettingsPart):
    """What the landing pages brought: a web server's log, or the export of their form (columns `lp` and `who`)."""

    name: Slug
    file: Files
    kind: Literal["log", "form"]


class PaymentSettings(_CustomerFile):
    """A file of payments, as Stripe exports them; columns are needed only where they are called otherwise."""

    person: str | None = None
    paid_at: str | None = None
    amount: str | None = None
    currency: str | None = None
    status: str | None = None
    payment_id: str | None = None
