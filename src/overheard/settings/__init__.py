"""market.toml as typed settings: every number a person may change, with its unit and its reason."""

from overheard.settings.customers import FunnelSettings, PaymentSettings, SurveySettings, TrafficSettings
from overheard.settings.market import (
    MARKET_FILE,
    PINNED_ENCODER,
    EncoderSettings,
    PainSettings,
    PeopleSettings,
    Settings,
    SignalSettings,
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
    "FunnelSettings",
    "PagesSource",
    "PainSettings",
    "PaymentSettings",
    "PeopleSettings",
    "PotentialSettings",
    "SelectorSettings",
    "Settings",
    "SignalSettings",
    "SourceSettings",
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
