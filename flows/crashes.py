"""Runs whose process is gone are told as crashed by the server itself; without this they stay "Running" for ever.

Operator: `overheard schedule` sees to it. For a server of your own with workers, once: `python -m flows.crashes`.
"""

from __future__ import annotations

from datetime import timedelta

from prefect.automations import AutomationCore, EventTrigger, Posture
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState

NAME = "overheard: a run whose process is gone has crashed"
SILENCE = timedelta(minutes=10)
"""A run gives a sign every three minutes; on a busy machine one may be late, and nobody waits for this."""


def crash_rule() -> AutomationCore:
    """Return the rule: after a sign of life, any event of the same run is expected within `SILENCE`."""
    return AutomationCore(
        name=NAME,
        description="The market itself needs nothing: the kernel has freed its lock, and the next run goes on.",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            # Every event, not the few names of Prefect's own states: ours end as "Partial" and "Skipped", too.
            expect={"prefect.flow-run.*"},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=SILENCE,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message="no sign of life: its process is gone")],
    )


def watch_for_crashes() -> None:
    """Give the rule to the server that Prefect's settings name, once."""
    with get_client(sync_client=True) as client:
        if not client.read_automations_by_name(NAME):
            client.create_automation(crash_rule())


if __name__ == "__main__":
    watch_for_crashes()
