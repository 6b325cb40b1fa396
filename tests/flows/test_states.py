"""What a run ends as, told without Prefect's server."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from overheard.errors import BadInputError, LockedError
from overheard.storage import hold_market
from overheard.storage.runs import note_run

pytestmark = pytest.mark.slow  # importing Prefect alone takes seconds


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that a server started."""
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "d1")


def hold_twice(market: Path) -> object:
    from flows.states import unless_busy

    def work() -> list:
        with hold_market(market / "data", "run"):
            return []

    with hold_market(market / "data", "collect"):
        return unless_busy(work)


def test_a_scheduled_run_that_finds_the_market_at_work_is_skipped_and_says_who_works(
    tmp_path: Path, deployed: None
) -> None:
    state = hold_twice(tmp_path)
    assert (state.name, state.is_completed()) == ("Skipped", True)
    assert "`overheard collect` holds this market" in state.message


def test_a_person_who_starts_a_second_run_is_told_so_as_a_failure(tmp_path: Path) -> None:
    with pytest.raises(LockedError, match="`overheard collect` holds this market"):
        hold_twice(tmp_path)


@pytest.mark.parametrize(
    ("minutes", "why", "is_made_up_for"),
    [(5, "", True), (-5, "", False), (5, "the disk is full", False), (None, "", False)],
    ids=["a night began after this one's hour", "before it", "after it, and failed", "never"],
)
def test_of_missed_nights_one_does_everything(
    tmp_path: Path, deployed: None, monkeypatch: pytest.MonkeyPatch, minutes: int | None, why: str, is_made_up_for: bool
) -> None:
    from flows import states

    (tmp_path / "data").mkdir()
    if minutes is not None:
        note_run(tmp_path / "data", "begin", "run")
        note_run(tmp_path / "data", "end", "run", why)
        planned = datetime.now(UTC) - timedelta(minutes=minutes)
        monkeypatch.setattr(states, "flow_run", SimpleNamespace(scheduled_start_time=planned))
    assert states.is_made_up_for(str(tmp_path)) is is_made_up_for


def test_a_run_asked_for_by_a_person_is_never_taken_for_a_late_one(tmp_path: Path) -> None:
    from flows import states

    (tmp_path / "data").mkdir()
    note_run(tmp_path / "data", "begin", "run")
    note_run(tmp_path / "data", "end", "run")
    assert not states.is_made_up_for(str(tmp_path))


def test_a_fault_nobody_foresaw_is_told_by_kind_and_place_and_not_by_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import tasks

    (tmp_path / "market.toml").write_text(
        '[market]\nname = "x"\n[[source]]\nname = "a"\nkind = "pages"\nfiles = "*.html"\n', encoding="utf-8"
    )

    def fail(_market: object) -> object:
        return json.loads("Ann Example wept")

    def refuse(_market: object) -> object:
        raise BadInputError("market.toml", "is wrong", "mend it")

    monkeypatch.setattr(tasks, "STEPS", {"roles": fail, "signals": refuse})
    with pytest.raises(tasks.StepError) as told:
        tasks.run_step.fn("roles", str(tmp_path), None, False)
    assert str(told.value).startswith("roles: JSONDecodeError at decoder.py:")
    assert "Ann" not in str(told.value)
    assert told.value.__suppress_context__
    with pytest.raises(BadInputError, match="mend it"):
        tasks.run_step.fn("signals", str(tmp_path), None, False)


def test_every_deployment_is_made_for_the_market_and_listens_to_no_other(tmp_path: Path) -> None:
    from flows.crashes import SILENCE, crash_rule
    from flows.deployments import deployments_of, load_deployments

    made = deployments_of(tmp_path / "tea")
    assert [one.name for one in made] == [f"tea {one['name']}" for one in load_deployments()]
    assert {str(one.parameters) for one in made} == {str({"market_dir": str(tmp_path / "tea")})}
    heard = [trigger.match_related.root["prefect.resource.name"] for one in made for trigger in one.triggers]
    assert heard == ["tea collect", "tea understand", "tea segment"]
    rule = crash_rule()
    assert rule.trigger.within == SILENCE
    assert all(rule.trigger.expect and name.startswith("prefect.flow-run.") for name in rule.trigger.expect)
