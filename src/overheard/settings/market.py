"""market.toml as typed settings: every number a person may change, with its unit and its reason.

Environment variables override the file: `OVERHEARD_PAINS__SEED=8` sets `seed` of `[pains]`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from overheard.errors import BadInputError, as_word
from overheard.settings.customers import FunnelSettings, PaymentSettings, SurveySettings, TrafficSettings
from overheard.settings.llm import LlmSettings
from overheard.settings.part import SettingsPart
from overheard.settings.problems import spot_of, tell_problem
from overheard.settings.sources import Files, SourceSettings
from overheard.settings.strategy import StrategySettings

MARKET_FILE = "market.toml"

OBJECT_STORES = ("s3", "gs", "az", "abfss")
"""Schemes of addresses that tables may lie at."""

PINNED_ENCODER = "all-MiniLM-L6-v2"
"""The registered sentence encoder, which the heads of the signals were fitted on."""


class MarketSettings(SettingsPart):
    """What this study is about; the brief is shown to readers and never used to name anything."""

    name: str
    brief: str = ""
    language: Literal["en"] = "en"


class WebSettings(SettingsPart):
    """How to behave towards other people's servers."""

    contact: str = Field("", description="an address or page a site's owner can reach you at; required to fetch")
    delay_seconds: float = Field(2.0, ge=0.0, description="between two requests to one host")
    timeout_seconds: float = Field(30.0, gt=0)
    attempts: int = Field(4, ge=1, le=10)
    largest_megabytes: float = Field(10.0, gt=0, description="of one page, decoded")
    allow_private_addresses: bool = Field(False, description="loopback and intranet hosts")


class EncoderSettings(SettingsPart):
    """Which sentence encoder, and how exact: the profiles `fast`, `default` and `best`.

    `fast` looks words up in a table distilled from the pinned encoder and knows nothing of their order; `default` is
    the pinned encoder at `precision`; `best` is the encoder `name`, any sentence-transformers model by name or folder,
    at full precision. A foreign `name` alone means `best`.
    """

    name: str = PINNED_ENCODER
    profile: Literal["fast", "default", "best"] = "default"
    precision: Literal["int8", "float32"] = Field("int8", description="of the pinned one; int8 is three times as fast")
    batch_size: int = Field(64, ge=1)

    @model_validator(mode="after")
    def _fast_is_pinned(self) -> EncoderSettings:
        if self.profile == "fast" and self.name != PINNED_ENCODER:
            raise ValueError(f'profile "fast" is made of {PINNED_ENCODER}: leave `name` out')
        return self


class SignalSettings(SettingsPart):
    """What counts as said."""

    pain_rung: int = Field(1, ge=0, le=4, description="lowest rung whose sentences become pains")
    longest_sentence: int = Field(600, ge=40, description="characters; longer ones are logs or pasted text")


class PainSettings(SettingsPart):
    """How pains are grouped."""

    seed: int = Field(7, description="of the method hdbscan; the tree has nothing random")
    method: Literal["tree", "hdbscan"] = Field("tree", description="hdbscan: on a seeded UMAP, as BERTopic does it")
    small_corpus: int = Field(300, ge=0, description="distinct sentences; below it neighbours say little")
    minimum_signals: int = Field(5, ge=2)
    minimum_people: int = Field(5, ge=1, description="fewer are never shown, so they make no pain of their own")
    topics: int | None = Field(None, ge=2, description="how many, before small ones dissolve; unset: best separated")
    detail: float = Field(1.0, gt=0, le=10, description="times as many topics as are best separated")
    most_grouped: int = Field(300_000, ge=1000, description="sentences; of more a sample is grouped, each person heard")
    refit_days: int = Field(7, ge=1, description="between two groupings of everything; pains live on between them")
    # A year at most: what comes with a season comes back by then, and a pain silent for longer is no news any more.
    silent_days: int = Field(30, ge=1, le=365, description="a pain hardly heard so long, where it should be, died")


class PeopleSettings(SettingsPart):
    """Who counts, and how much must be known of a person before a segment is named."""

    staff: tuple[str, ...] = Field((), description="shown names of your own people")
    exclude: tuple[str, ...] = Field((), description="shown names to leave out")
    seed: int = 7
    minimum_signals: int = Field(2, ge=1, description="pain signals a person needs before being placed")
    minimum_documents: int = Field(2, ge=1, description="distinct threads; waived for an interview")
    minimum_probability: float = Field(0.5, ge=0, le=1, description="below it a person stays unplaced")
    most_segments: int = Field(8, ge=2)
    refit_days: int = Field(7, ge=1, description="between two regroupings; segments live on between them")


class VocabularySettings(SettingsPart):
    """Which terms are shown."""

    minimum_people: int = Field(3, ge=1, description="fewer is one voice, not a vocabulary")
    headline_people: int = Field(5, ge=1)
    voices: float = Field(3, ge=1, description="as if fewer people said it alike: one voice, kept apart")
    most_terms: int = Field(40, ge=1)


class ProductSettings(SettingsPart):
    """What you sell, as your own page puts it."""

    page: Files = Field("", description="a file below the market's folder, or an address: HTML, Markdown or text")
    names: tuple[str, ...] = Field((), description="your product's and company's names: they are never swapped")


class PrivacySettings(SettingsPart):
    """What may be shown of people."""

    smallest_group: int = Field(5, ge=1, description="people; smaller groups are not shown")
    keep_days: int | None = Field(None, ge=1, description="older posts go wherever they stand; unset: kept")
    opt_out: tuple[str, ...] = Field((), description="names or ids never collected; more in private/opt_out.txt")


class EngineSettings(SettingsPart):
    """Where work that costs per post is done; the results are the same everywhere."""

    kind: Literal["local", "dask"] = "local"
    address: str = Field("", description="of a running Dask scheduler, such as tcp://10.0.0.5:8786")
    steps_on_cluster: bool = Field(False, description="whole steps too; each worker must see the market's folder")
    workers: int = Field(1, ge=1, description="local processes that read; the encoder uses every core by itself")

    @model_validator(mode="after")
    def _dask_is_somewhere(self) -> EngineSettings:
        if self.kind == "dask" and not self.address:
            raise ValueError('kind = "dask" needs the address of a running scheduler')
        return self


class StorageSettings(SettingsPart):
    """Where the tables lie. Captures, caches and reports stay in the market's folder."""

    tables: str = Field("", description="s3://bucket/prefix; credentials come from the environment; empty: data/tables")

    @model_validator(mode="after")
    def _holds_no_secret(self) -> StorageSettings:
        address = urlsplit(self.tables)
        if self.tables and (address.scheme not in OBJECT_STORES or not address.netloc):
            raise ValueError(f"must be an address such as s3://bucket/prefix ({', '.join(OBJECT_STORES)})")
        if "@" in address.netloc or address.query:
            raise ValueError("credentials belong in the environment, not into the address")
        return self


class Settings(BaseSettings):
    """One market's settings, whole."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="OVERHEARD_", env_nested_delimiter="__")

    market: MarketSettings
    source: tuple[SourceSettings, ...] = Field(min_length=1)
    survey: tuple[SurveySettings, ...] = ()
    funnel: tuple[FunnelSettings, ...] = ()
    payments: tuple[PaymentSettings, ...] = ()
    traffic: tuple[TrafficSettings, ...] = ()
    strategy: StrategySettings = StrategySettings()
    web: WebSettings = WebSettings()
    encoder: EncoderSettings = EncoderSettings()
    signals: SignalSettings = SignalSettings()
    pains: PainSettings = PainSettings()
    people: PeopleSettings = PeopleSettings()
    vocabulary: VocabularySettings = VocabularySettings()
    privacy: PrivacySettings = PrivacySettings()
    llm: LlmSettings = LlmSettings()
    product: ProductSettings = ProductSettings()
    engine: EngineSettings = EngineSettings()
    storage: StorageSettings = StorageSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, and read nothing else."""
        return env_settings, init_settings


def load_settings(market_dir: Path) -> Settings:
    """Read `market_dir`/market.toml.

    Raises:
        BadInputError: the file is missing, is no TOML, or a value has the wrong name or type; names file and line.
    """
    path = market_dir / MARKET_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows' editor puts a mark before UTF-8
    except NotADirectoryError:
        raise BadInputError(
            str(market_dir), "is a file", "name the market's folder, the one that holds market.toml"
        ) from None
    except FileNotFoundError:
        mend = f"write one with `overheard new {as_word(market_dir)}`"
        raise BadInputError(str(path), "no such file", mend) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadInputError(f"{path}:{line}", "is not UTF-8 text", "save the file as UTF-8") from None
    return read_settings(text, str(path))


def read_settings(text: str, place: str) -> Settings:
    """Turn the text of a market.toml into settings; `place` is named in errors (see `load_settings`)."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        what = re.sub(r" \(at .*\)$", "", str(error))
        mend = 'write text in straight quotes ("so"), paths with / and lists in [ ]'
        mend = "it may stand once: put what belongs together into one" if what.startswith("Cannot") else mend
        raise BadInputError(f"{place}:{line}", f"is no valid TOML ({what})", mend) from None
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise _told(error, text, place, values) from None
    names = [source.name for source in settings.source]
    for index, name in enumerate(names):
        if name in names[:index]:
            line = _line_of(text, ("source", index, "name"))
            raise BadInputError(f"{place}:{line}", f"two sources are named `{name}`", "give each its own name")
    return settings


def _told(error: ValidationError, text: str, place: str, values: dict[str, Any]) -> BadInputError:
    """Return the first problem in words; a name that nobody knows comes first: it may be why another one is missing."""
    # Sources that are wrong are told one by one; that none is left is no problem of its own.
    problems = [one for one in error.errors() if one["type"] != "too_short" or not one["input"]] or error.errors()
    problems.sort(key=lambda problem: problem["type"] != "extra_forbidden")
    spots = [spot_of(problem["loc"], Settings) for problem in problems]
    what, mend = tell_problem(problems[0], spots[0], values, Settings)
    places = [_line_of(text, spot.keys if len(spot.tables) == 1 else (*spot.keys, "kind")) for spot in spots]
    line, *others = places
    lines = sorted({*others} - {line})
    more = f" (look also at line{'s' if lines[1:] else ''} {', '.join(map(str, lines))})" if lines else ""
    return BadInputError(f"{place}:{line}", what, mend + more)


def _line_of(text: str, keys: tuple[int | str, ...]) -> int:
    """Find the 1-based line where the key path `keys` stands in `text`; the header's line where the key is absent."""
    names = [key for key in keys if isinstance(key, str)]
    index = next((key for key in keys if isinstance(key, int)), 0)
    section: list[str] = []
    seen: dict[str, int] = {}
    line_of_header = 1
    inside = True
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?", line):
            section = header[1].split(".")
            if len(section) == 1:
                seen[section[0]] = seen.get(section[0], -1) + 1
            inside = names[: len(section)] == section and seen.get(section[0], 0) == index
            line_of_header = number if inside else line_of_header
        elif (
            inside
            and (key := re.match(r"\s*([\w-]+)\s*=", line))
            and names[len(section) : len(section) + 1] == [key[1]]
        ):
            return number
    return line_of_header
