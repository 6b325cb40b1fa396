"""The deployments of prefect.yaml for one market, for a process that serves them all without a worker."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, cast

import yaml
from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.events import DeploymentEventTrigger
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

DEPLOYMENTS_FILE = "prefect.yaml"


def load_deployments() -> list[dict[str, Any]]:
    """Return the deployments as prefect.yaml describes them; it lies beside flows/, in a wheel within it."""
    here = Path(__file__).parent
    path = next(path for path in (here / DEPLOYMENTS_FILE, here.parent / DEPLOYMENTS_FILE) if path.exists())
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["deployments"]
    return found


def flow_of(entrypoint: str) -> Flow[..., Any]:
    """Return the flow that `flows/nightly.py:nightly_flow` names."""
    path, _, name = entrypoint.partition(":")
    found: Flow[..., Any] = getattr(import_module(path.removesuffix(".py").replace("/", ".")), name)
    return found


def deployments_of(market_dir: Path) -> list[RunnerDeployment]:
    """Return the deployments of prefect.yaml, named after the market so that one server can hold several."""
    return [_deployment(one, market_dir) for one in load_deployments()]


def _deployment(described: dict[str, Any], market_dir: Path) -> RunnerDeployment:
    schedules = [Cron(one["cron"], timezone=one["timezone"]) for one in described.get("schedules", ())]
    triggers = [DeploymentEventTrigger(**_of_market(one, market_dir)) for one in described.get("triggers", ())]
    made = flow_of(described["entrypoint"]).to_deployment(
        name=f"{market_dir.name} {described['name']}",
        description=described["description"],
        tags=described["tags"],
        parameters={"market_dir": str(market_dir)},
        schedules=schedules,
        triggers=[*triggers],
        # Found wherever the process was started.
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(RunnerDeployment, made)  # a coroutine only inside of another


def _of_market(trigger: dict[str, Any], market_dir: Path) -> dict[str, Any]:
    """Return a trigger that listens to this market's deployments and to no other's."""
    related = dict(trigger["match_related"])
    related["prefect.resource.name"] = f"{market_dir.name} {related['prefect.resource.name']}"
    rest = {key: value for key, value in trigger.items() if key not in ("type", "name", "match_related")}
    return rest | {"name": f"{trigger['name']}: {market_dir.name}", "match_related": related}
