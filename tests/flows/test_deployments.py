"""prefect.yaml, the units of systemd and the Containerfile name what is there and nothing else."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import typer
import yaml

from overheard.cli.app import app

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
UNITS = sorted((ROOT / "docs" / "systemd").iterdir())
PAGE = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands
"""What `overheard` can be told to do."""


def unit_of(path: Path) -> dict[str, dict[str, list[str]]]:
    """Read a unit; a key may stand several times."""
    unit: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = unit.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return unit


@pytest.mark.parametrize("described", DEPLOYMENTS, ids=lambda one: one["name"])
def test_a_deployment_names_a_flow_that_is_there_and_parameters_it_takes(described: dict) -> None:
    path, _, name = described["entrypoint"].partition(":")
    source = (ROOT / path).read_text(encoding="utf-8")
    signature = re.search(rf"^def {name}\(([^)]*)\)", source, re.MULTILINE)
    assert signature is not None
    taken = set(re.findall(r"(\w+):", signature[1]))
    assert taken <= {"market_dir", "night", "full"}, "a page's form offers plain parameters alone"
    handed = [set(one["parameters"]) for one in described.get("triggers", ())]
    assert set(described["parameters"]) == {"market_dir"}
    assert all(names == taken for names in handed)


def test_each_stage_is_started_by_the_end_of_the_one_before_it() -> None:
    from overheard.steps.order import STAGES

    stages = list(STAGES)
    named = [one["name"] for one in DEPLOYMENTS]
    assert [name for name in named if name in stages] == stages
    for before, stage in pairwise(stages):
        (trigger,) = next(one for one in DEPLOYMENTS if one["name"] == stage)["triggers"]
        assert trigger["match_related"]["prefect.resource.name"] == before
        # A source that gave nothing must not keep the others from being understood.
        assert trigger["expect"] == ["prefect.flow-run.Completed", "prefect.flow-run.Partial"]


def test_only_the_whole_night_and_the_review_have_hours() -> None:
    hours = {one["name"]: [row["cron"] for row in one.get("schedules", ())] for one in DEPLOYMENTS}
    assert {name: crons for name, crons in hours.items() if crons} == {
        "nightly": ["0 2 * * *"],
        "bet-review": ["0 6 1 * *"],
    }


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_is_there(path: Path) -> None:
    service = unit_of(path)["Service"]
    (line,) = service["ExecStart"]
    program, json_logs, command, market, *options = shlex.split(line)
    assert (Path(program).name, json_logs, market) == ("overheard", "--json-logs", "/srv/overheard/%i")
    known = {flag for one in COMMANDS[command].params for flag in one.opts if flag.startswith("--")}
    assert {one for one in options if one.startswith("--")} <= known
    assert service["StandardOutput"] == ["null"], "what is printed names pains"


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".timer"], ids=lambda path: path.name)
def test_a_timer_starts_a_service_that_is_there_and_makes_up_for_one_missed_hour(path: Path) -> None:
    assert path.with_suffix(".service") in UNITS
    assert unit_of(path)["Timer"]["Persistent"] == ["true"]


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("there is no systemd-analyze on this machine")
    for path in UNITS:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", text, flags=re.MULTILINE)
        for name in (path.name, path.name.replace("@", "@tea")):
            (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / path.name.replace("@", "@tea")) for path in UNITS]
    told = subprocess.run([verify, "verify", "--man=no", *units], capture_output=True, text=True, timeout=60)
    assert (told.returncode, [line for line in told.stderr.splitlines() if "tea" in line]) == (0, [])


def test_the_container_copies_what_is_there_and_starts_what_is_installed() -> None:
    text = (ROOT / "docs" / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    assert {word for word, _ in steps} <= {
        "FROM",
        "RUN",
        "WORKDIR",
        "COPY",
        "ENV",
        "USER",
        "VOLUME",
        "ENTRYPOINT",
        "CMD",
    }
    copied = {name for word, rest in steps if word == "COPY" for name in rest.split()[:-1]}
    assert all((ROOT / name).exists() for name in copied)
    wheel = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    forced = re.findall(r'^"([\w.]+)" = "', wheel.partition("wheel.force-include]")[2], re.MULTILINE)
    # What the wheel is built of, what it is described by, and what it is installed beside.
    assert {"src", "flows", "pyproject.toml", "requirements.lock", "README.md", *forced[:2]} <= copied
    words = [word for word, _ in steps]
    assert words.index("USER") < words.index("ENTRYPOINT"), "no run needs root"


def test_the_page_on_operation_names_commands_and_files_that_are_there() -> None:
    for command in re.findall(r"overheard (?:--json-logs )?([a-z][a-z-]+) (?=[/A-Z])", PAGE):
        assert command in COMMANDS, command
    for target in re.findall(r"\]\((?!http)([^)#]+)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
    for variable in re.findall(r"`(OVERHEARD_[A-Z_]+)`", PAGE):
        assert variable in "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")) or (
            variable in (ROOT / "prefect.yaml").read_text(encoding="utf-8")
        ), variable
