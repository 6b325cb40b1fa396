"""`overheard accept` and `overheard reject`: a person decides whether the team works by the last run's segments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overheard.cli.showing import say
from overheard.errors import as_word

if TYPE_CHECKING:
    from overheard.steps.market import Market

MarketDir = Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")]
By = Annotated[str, typer.Option(envvar=["LOGNAME", "USER", "USERNAME"], help="who decides")]


def accept(
    market: MarketDir,
    probability: Annotated[
        float, typer.Option(min=0.01, max=0.99, help="that these segments will hold for a quarter")
    ] = 0.7,
    by: By = "",
    diff: Annotated[bool, typer.Option("--diff", help="only show what has changed since the accepted run")] = False,
) -> None:
    """Accept the last run's segments: changes are told since then, and the bets on them are entered."""
    from overheard.steps.decisions.acceptance import accept_run
    from overheard.steps.market import Market

    opened = Market(market)
    say("\n".join(_changes(opened)))
    if diff:
        folder = as_word(market)
        print(f"Take it with `overheard accept {folder}`, refuse it with `overheard reject {folder} --why REASON`.")
        return
    for bet in accept_run(opened, probability, by):
        say(f"{bet.bet_id[:6]}: {bet.probability:.2f} that {bet.statement[0].lower()}{bet.statement[1:]}")
    print(f"Accepted. Later reports tell what has changed since; `overheard bets {as_word(market)}` tells what is due.")


def reject(
    market: MarketDir,
    why: Annotated[str, typer.Option(help="the reason, kept with the decision")],
    by: By = "",
) -> None:
    """Refuse a regrouping: the accepted segments stand again until there is something else to group."""
    from overheard.steps.decisions.rejection import reject_refit
    from overheard.steps.market import Market
    from overheard.storage import hold_market

    opened = Market(market)
    with hold_market(opened.data_dir, "reject"):
        refused = reject_refit(opened, by, why)
    say("\n".join(f"Refused: {line}" for line in refused.diff) or "Refused; nobody would have moved.")
    now = f"overheard segment {as_word(market)}"
    print(f"The accepted segments stand again. The next run tells it; or now: {now}, then report.")


def _changes(market: Market) -> list[str]:
    from overheard.steps.decisions.acceptance import load_acceptance, load_refit_changes

    before = load_acceptance(market)
    if before is None:
        return ["No run was accepted before."]
    lines = load_refit_changes(market)
    if not lines:
        return [f"Nobody has moved since the run of {before.accepted_on} was accepted."]
    return [f"Since the run of {before.accepted_on} was accepted:", *(f"  {line}" for line in lines)]
