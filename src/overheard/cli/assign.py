"""`overheard assign`: your own customers → the market's segments, or the three questions to ask them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from overheard.cli.showing import say
from overheard.errors import BadInputError, OverheardError, as_word


def assign(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    people: Annotated[
        Path | None, typer.Option(metavar="FILE", help="your customers: CSV, TSV or JSON Lines, any columns")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="the CSV to write; - prints it")] = None,
    text: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN", help="holds what they wrote; may be given again; else guessed")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id", metavar="COLUMN", help="tells rows apart; else the first of unique values")
    ] = None,
    closely: Annotated[
        bool, typer.Option("--closely", help="read whole sentences: more are assigned, a hundred times slower")
    ] = False,
    questions: Annotated[
        bool, typer.Option("--questions", help="print the three questions; --out: an empty file for the answers")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="tell it for programs")] = False,
) -> None:
    """Assign your customers to segments by what they wrote, or by answers to three questions; abstain when unsure."""
    if questions == (people is not None):
        command = f"overheard assign {as_word(market)}"
        mend = f"{command} --people FILE --out FILE, or {command} --questions"
        raise BadInputError(str(market), "give either --people or --questions", mend)
    if people is None:
        _ask(market, out, as_json)
        return
    if out is None:
        raise BadInputError(str(market), "--out is missing", "say where to write: --out assigned.csv, or --out -")
    from overheard.steps.asked import assigned
    from overheard.steps.asked.assign import load_known, plan_assignment
    from overheard.steps.market import Market

    known = load_known(Market(market))
    plan = plan_assignment(known, people, text or [], id_column, closely)
    # What is told does not mix with what is written.
    printed = out == Path("-")
    told = sys.stderr if printed else sys.stdout
    if not as_json:
        say("\n".join(assigned.lines_of_plan(plan)), told)
    with _progress(plan.file.found.rows) as shown:
        rows = shown(plan.rows())
        counts = (
            assigned.print_assigned(plan, sys.stdout, rows) if printed else assigned.write_assigned(plan, out, rows)
        )
    if as_json:
        print(json.dumps(assigned.summary_of(known, plan, counts), ensure_ascii=False), file=told)
    else:
        say("\n".join(assigned.lines_of_counts(known, counts)), told)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Iterable[Any]], Iterable[Any]]]:
    """Yield what shows how many rows are done, on a terminal only."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        yield lambda rows: bar.track(rows, total=total, description="assigning")


def _ask(market: Path, out: Path | None, as_json: bool) -> None:
    from overheard.steps.asked.assign import fit_questions, load_known, save_questions
    from overheard.steps.asked.assigned import answers_header, asked_questions, lines_of_questions
    from overheard.steps.market import Market
    from overheard.storage import hold_market, write_atomically

    opened = Market(market)
    known = load_known(opened)
    key = fit_questions(known)
    if isinstance(key, str):
        raise OverheardError(f"{market}: there are no questions to ask: {key}")
    with hold_market(opened.data_dir, "assign --questions"):
        save_questions(opened, key)
    if out is not None and out != Path("-"):
        write_atomically(out, answers_header(key).encode())
    if as_json:
        print(json.dumps({"questions": asked_questions(known, key), "check": asdict(key.check)}, ensure_ascii=False))
    else:
        say("\n".join(lines_of_questions(known, key)))
