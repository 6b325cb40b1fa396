"""Where a market is heard: the [[source]] tables of market.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from overheard.settings.part import SettingsPart


class ColumnSettings(SettingsPart):
    """Which column of a CSV or field of a JSON Lines file holds what. Only `text` must be there."""

    text: str = "text"
    author: str | None = None
    said_at: str | None = None
    document: str | None = None
    title: str | None = None
    url: str | None = None
    replies_to: str | None = None


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


def _below_market(pattern: str) -> str:
    if pattern.startswith(("/", "~")) or ".." in pattern.split("/"):
        raise ValueError("is not below the market's folder; copy or link the files into it")
    return pattern


Files = Annotated[str, AfterValidator(_below_market)]
"""A glob pattern below the market's folder."""


class SelectorSettings(SettingsPart):
    """Where an odd theme keeps its posts, as CSS selectors; all but `post` are looked for inside each post."""

    post: str
    text: str
    author: str | None = None
    date: str | None = None
    link: str | None = None
    quote: str | None = Field(None, description="what in the text are others' words, beside what is told as quotation")
    rank: str | None = None
    drop: str | None = Field(None, description="what in the text is no part of it: signatures, buttons")


class _NamedSource(SettingsPart):
    """What every source has."""

    name: Slug
    terms: str = Field("", description="licence or terms of use of what is said there; told in the report's appendix")


class PagesSource(_NamedSource):
    """Saved forum pages. `url_prefix` + file name is a page's address where the page does not tell its own."""

    kind: Literal["pages"]
    files: Files
    url_prefix: str | None = None
    selectors: SelectorSettings | None = None


class WebSource(_NamedSource):
    """Threads to fetch, politely: `urls` are threads, `boards` lists of threads, read page by page."""

    kind: Literal["web"]
    urls: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    most_pages: int = Field(2000, ge=1, description="requests a night; the rest is for the next night")
    most_hours: float = Field(8.0, gt=0, description="of a night on a slow site; the rest is for the next night")
    recheck_days: tuple[int, ...] = Field(
        (2, 7, 30), description="ages at which a page is asked for again, to notice edits and deletions"
    )
    token_variable: str | None = Field(
        None, pattern=r"^[A-Z][A-Z0-9_]*$", description="environment variable with your own bearer token for this site"
    )
    selectors: SelectorSettings | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> WebSource:
        if not self.urls and not self.boards:
            raise ValueError("names neither urls nor boards; give the address of a board or of threads")
        return self


class TableSource(_NamedSource):
    """CSV, TSV or JSON Lines with declared columns."""

    kind: Literal["table"]
    files: Files
    columns: ColumnSettings = ColumnSettings()


class TranscriptsSource(_NamedSource):
    """Interview transcripts. The words of `interviewers` are kept for context and never counted as a customer's."""

    kind: Literal["transcripts"]
    files: Files
    interviewers: tuple[str, ...] = ()


SourceSettings = Annotated[PagesSource | WebSource | TableSource | TranscriptsSource, Field(discriminator="kind")]
