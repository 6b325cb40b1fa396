"""market.toml as typed settings: every number a person may change, with its unit and its reason."""

from overheard.settings.customers import FunnelSettings, PaymentSettings, SurveySettings, TrafficSettings
from overheard.settings.llm import LlmSettings
from overheard.settings.market import (
    MARKET_FILE,
    PINNED_ENCODER,
    EncoderSettings,
    EngineSettings,
    PainSettings,
    PeopleSettings,
    Settings,
    SignalSettings,
    StorageSettings,
    VocabularySettings,
    WebSettings,
    load_settings,
    read_settings,
)
from overheard.settings.sources import (
    ColumnSettings,
    PagesSource,
    SelectorSettings,
    SourceSettings,
    TableSource,
    TranscriptsSource,
    WebSource,
)
from overheard.settings.strategy import PotentialSettings, StrategySettings

__all__ = [
    "MARKET_FILE",
    "PINNED_ENCODER",
    "ColumnSettings",
    "EncoderSettings",
    "EngineSettings",
    "FunnelSettings",
    "LlmSettings",
    "PagesSource",
    "PainSettings",
    "PaymentSettings",
    "PeopleSettings",
    "PotentialSettings",
    "SelectorSettings",
    "Settings",
    "SignalSettings",
    "SourceSettings",
    "StorageSettings",
    "StrategySettings",
    "SurveySettings",
    "TableSource",
    "TrafficSettings",
    "TranscriptsSource",
    "VocabularySettings",
    "WebSettings",
    "WebSource",
    "load_settings",
    "read_settings",
]
