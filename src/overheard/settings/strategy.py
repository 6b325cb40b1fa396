"""What the decision needs and no text tells: the goal, and how many people, sales and how much money are possible."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from overheard.settings.part import SettingsPart


def _in_order(values: tuple[float, ...]) -> tuple[float, float, float]:
    low, *likely, high = values
    middle = likely[0] if likely else (low + high) / 2
    if not 0 <= low <= middle <= high:
        raise ValueError("must not be negative and must rise: [least, likeliest, most] or [least, most]")
    return low, middle, high


def _share(values: tuple[float, float, float]) -> tuple[float, float, float]:
    if values[2] > 1:
        raise ValueError("is a share: from 0 to 1")
    return values


def _web_address(address: str) -> str:
    """A form also goes to `javascript:` and the like, and runs it."""
    if address and not re.fullmatch(r"(?:https?://[^\s/\\@\"'<>]+)?(?:/(?![/\\])[^\s\"'<>\\]*)?", address):
        raise ValueError("must be an address that begins with https:// (or http://), or a path that begins with /")
    return address


Range = Annotated[tuple[float, float] | tuple[float, float, float], AfterValidator(_in_order)]
"""[least, likeliest, most], or [least, most] with the likeliest in the middle."""


class PotentialSettings(SettingsPart):
    """What a segment may bring in twelve months; `segment` is its name or id, "*" any without a table of its own."""

    segment: str
    people: Range = Field(description="who can be reached in twelve months")
    win_rate: Annotated[Range, AfterValidator(_share)] = Field(description="share of them who buy, 0-1")
    price: Range = Field(description="what each pays a year, in `currency`")
    orders: float | None = Field(None, gt=0, description="all the segment's orders of a year, in `currency`")


class StrategySettings(SettingsPart):
    """The goal and the tests a focus segment must pass."""

    goal: float | None = Field(None, gt=0, description="revenue of the next twelve months, in `currency`")
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    love: Literal["strict", "lenient"] = Field(
        "strict",
        description="strict: the lower limit of the very-disappointed share is .40; lenient: likely .40, on 40 answers",
    )
    activation_days: int = Field(14, ge=1, description="after acquisition")
    retention_days: int = Field(90, ge=1, description="after activation")
    referral_days: int = Field(90, ge=1, description="after activation")
    revenue_days: int = Field(90, ge=1, description="after activation")
    outcome: str = Field("", description="the one metric the opportunity tree shall change")
    outreach_days: int = Field(90, ge=1, description="who was heard so lately may be on the outreach list")
    landing_action: Annotated[str, AfterValidator(_web_address)] = Field(
        "", description="address the form of the landing pages is sent to"
    )
    seed: int = Field(7, description="of halvings and draws")
    potential: tuple[PotentialSettings, ...] = ()
