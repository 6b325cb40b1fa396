"""A language model that may put drafts into better words; nothing is sent anywhere while `url` is empty."""

from __future__ import annotations

from pydantic import Field, model_validator

from overheard.settings.part import SettingsPart


class LlmSettings(SettingsPart):
    """An OpenAI-compatible endpoint. The key, where it needs one, is the environment variable OVERHEARD_LLM_KEY.

    It is sent the drafts' quotes, names and contact details blotted out, and nothing else.
    """

    url: str = Field("", description="up to and with /v1; https, or http on this machine; empty: no model is asked")
    model: str = ""
    timeout_seconds: float = Field(60.0, gt=0, description="for a whole answer")
    most_requests: int = Field(60, ge=1, description="a run; what it has answered is not asked again")

    @model_validator(mode="after")
    def _has_model(self) -> LlmSettings:
        if self.url and not self.model:
            raise ValueError("needs `model`, the name the endpoint knows it by")
        return self
