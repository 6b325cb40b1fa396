"""`overheard export`: what was heard and found as files of other programs, or an edition of the report to give away."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import busy
from overheard.errors import BadInputError


class Format(StrEnum):
    """As what."""

    CONVOKIT = "convokit"
    REFI_QDA = "refi-qda"
    CSV = "csv"
    SHAREABLE = "shareable"
    LANDING = "landing"


def export(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="convokit: a corpus folder; refi-qda: a .qdpx project for QualCoder, MAXQDA, NVivo, ATLAS.ti; csv: "
            "posts.csv and signals.csv; shareable: the report without quotes, links and people; landing: a page for "
            "each segment, to finish and put on your web server",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="PATH", help="the folder to fill; refi-qda: the file to write")],
    verbatim: Annotated[
        bool, typer.Option("--verbatim", help="leave names and contact details in the posts; else blocks cover them")
    ] = False,
) -> None:
    """Write every post with what was found in it for another program, or the report to give away.

    All but shareable hold people's whole posts, their titles, dates and links, under pseudonyms: your own working copy,
    not for others. Names and contact details are covered with as many blocks, so that places in characters stay.
    """
    from overheard.steps.asked.export import export_landings, export_market, export_shareable
    from overheard.steps.market import Market
    from overheard.steps.report import report_market
    from overheard.storage import hold_market

    opened = Market(market)
    if form is Format.LANDING:
        with busy("drafting"):
            pages = export_landings(opened, out)
        print(f"{pages} landing pages: {out}. Fill what stands EMPTY before anybody sees them.")
        return
    if form is not Format.SHAREABLE:
        with busy("exporting"):
            posts = export_market(opened, form.value, out, verbatim)
        print(f"{posts:,} posts: {out}. They are people's own words: keep them to yourself.")
        return
    if verbatim:
        raise BadInputError(str(market), "a shareable edition has no verbatims", "leave --verbatim out")
    with busy("exporting"), hold_market(opened.data_dir, "export"):
        # What was forgotten since the last report must not be given away.
        report_market(opened)
        export_shareable(opened, out)
    print(f"Shareable: {out / 'index.html'}")
