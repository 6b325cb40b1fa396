"""report.json keeps to the schema that lies beside it, and the schema lets nothing by that it does not name."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from overheard.report import render_report
from overheard.report.programs import SCHEMA, SCHEMA_FILE
from tests.report.make_findings import decided_findings, make_findings, make_settings
from tests.report.test_pages import PAYLOADS, poison
from tests.report.test_report import empty_findings

MEND = f"add the field, with its unit, to src/overheard/report/{SCHEMA_FILE}"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render_report(make_findings())


@pytest.fixture(scope="module")
def schema(files: dict[str, bytes]) -> dict[str, Any]:
    return json.loads(files[SCHEMA_FILE])


def faults(schema: dict[str, Any], content: bytes) -> list[str]:
    found = Draft202012Validator(schema).iter_errors(json.loads(content))
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}; {MEND}" for fault in found]


def objects(part: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every record of the schema with its place."""
    if isinstance(part, dict):
        if "properties" in part and isinstance(part["properties"], dict):
            yield place or "report", part
        for key, value in part.items():
            yield from objects(value, f"{place}/{key}")


def test_the_schema_is_one_and_has_the_number_that_reports_carry(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:overheard:report:{SCHEMA}"
    assert schema["properties"]["schema"]["const"] == SCHEMA


def test_the_beekeepers_report_keeps_to_it(schema: dict[str, Any], files: dict[str, bytes]) -> None:
    assert faults(schema, files["report.json"]) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_change_no_field(schema: dict[str, Any], payload: str) -> None:
    assert faults(schema, render_report(poison(payload))["report.json"]) == []


@pytest.mark.parametrize(
    "findings",
    [
        empty_findings(),
        empty_findings(utterances=make_findings().utterances, documents=make_findings().documents),
        make_findings(settings=make_settings(privacy={"smallest_group": 1})),
        make_findings(settings=make_settings(privacy={"smallest_group": 9})),
        make_findings(segments=[], memberships=[], segment_events=[]),
        decided_findings(),
    ],
    ids=["nothing heard", "nothing found", "every group", "no group", "no segments", "decided"],
)
def test_a_report_of_little_or_of_everything_keeps_to_it(schema: dict[str, Any], findings: Any) -> None:
    assert faults(schema, render_report(findings)["report.json"]) == []


def test_a_field_the_schema_does_not_name_is_a_fault(schema: dict[str, Any], files: dict[str, bytes]) -> None:
    content = json.loads(files["report.json"])
    for part in (content, content["heard"], content["segments"][0], content["segments"][0]["pains"][0]["quotes"][0]):
        changed = copy.deepcopy(content)
        part["surprise"] = 1
        assert any("surprise" in fault for fault in faults(schema, json.dumps(content).encode()))
        del part["surprise"]
        assert content == changed


def test_a_field_that_is_missing_is_a_fault(schema: dict[str, Any], files: dict[str, bytes]) -> None:
    content = json.loads(files["report.json"])
    del content["pains"][0]["share"]["low"]
    assert [fault for fault in faults(schema, json.dumps(content).encode()) if "'low' is a required" in fault]


def test_every_record_of_the_schema_is_closed_complete_and_told_in_words(schema: dict[str, Any]) -> None:
    for place, record in objects(schema):
        assert record["additionalProperties"] is False, place
        assert sorted(record["required"]) == sorted(record["properties"]), place
        for name, field in record["properties"].items():
            told = field.get("description") or schema["$defs"][field["$ref"].removeprefix("#/$defs/")]["description"]
            assert told, f"{place}/{name}"
    used = json.dumps(schema)
    assert [name for name in schema["$defs"] if f'"#/$defs/{name}"' not in used] == []


@pytest.mark.slow
def test_the_report_of_the_demo_keeps_to_the_schema_beside_it(demo_run: Path) -> None:
    folder = demo_run / "reports" / "latest"
    schema = json.loads((folder / SCHEMA_FILE).read_bytes())
    assert faults(schema, (folder / "report.json").read_bytes()) == []
