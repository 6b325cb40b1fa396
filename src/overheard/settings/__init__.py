"""market.toml as typed settings: every number a person may change, with its unit and its reason."""

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

__all__ = [
    "MARKET_FILE",
    "PINNED_ENCODER",
    "ColumnSettings",
    "EncoderSettings",
    "PagesSource",
    "PainSettings",
    "PeopleSettings",
    "SelectorSettings",
    "Settings",
    "SignalSettings",
    "SourceSettings",
    "TableSource",
    "TranscriptsSource",
    "VocabularySettings",
    "WebSettings",
    "WebSource",
    "load_settings",
    "read_settings",
]
