"""What every table of market.toml has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class SettingsPart(BaseModel):
    """One table: it does not change once read, and a name nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
