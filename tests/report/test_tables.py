import csv
import io
import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.report import render_report
from overheard.report.tables import csv_of, guarded
from tests.report.make_findings import make_findings
from tests.report.properties import PROPERTY


@pytest.mark.parametrize(
    "payload",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "=HYPERLINK(\"https://evil.example\",\"x\")",
        "=cmd|' /C calc'!A0", " =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "\u202e=1", "＝1+1", "＋1", "－1",
        "＠SUM", "﹦1",
    ],
)  # fmt: skip
def test_a_formula_becomes_text(payload):
    assert guarded(payload) == "'" + payload


@pytest.mark.parametrize("text", ["", "late invoice", "1-2", "a=b", "'=1", "don't", "£5", "–dash", "“=1”"])
def test_ordinary_text_stays_as_it_is(text):
    assert guarded(text) == text


@PROPERTY
@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_cells_come_back_whole(rows):
    content = csv_of(("a", "b"), rows).decode()
    read = list(csv.reader(io.StringIO(content, newline="")))
    expected = [[guarded(cell) for cell in row] for row in rows]
    assert read == [["a", "b"], *[[cell.encode(errors="replace").decode() for cell in row] for row in expected]]


def test_numbers_are_no_formulas():
    assert csv_of(("a",), [[-0.5], [3], [None], [math.inf]]) == b'"a"\r\n"-0.5"\r\n"3"\r\n""\r\n""\r\n'


def test_formulas_anywhere_in_the_findings_are_guarded():
    clean = make_findings()
    findings = make_findings(
        pains=[replace(one, name="=1+1", words=("@x",)) for one in clean.pains],
        segments=[replace(one, name="+1") for one in clean.segments],
        terms=[replace(one, text="-1", group_id="seg-log") for one in clean.terms],
        utterances=[replace(one, url="=1", text="=" + one.text) for one in clean.utterances],
        documents=[replace(one, title="@" + one.title, source="+1") for one in clean.documents],
        signals=[replace(one, start=0) for one in clean.signals],
    )
    files = render_report(findings)
    for name in ("pains.csv", "segments.csv", "terms.csv", "sheets.csv", "reading.csv"):
        rows = list(csv.reader(io.StringIO(files[name].decode())))
        assert len(rows) > 1
        for cell in (cell for row in rows[1:] for cell in row):
            assert cell[:1] not in set("=+@\t\r") or not cell, (name, cell)
            assert cell[:1] != "-" or float(cell) < 0


def test_json_says_null_where_a_number_is_endless():
    terms = [replace(one, effect=math.inf, interval=(1.0, math.inf), z=math.nan) for one in make_findings().terms]
    content = json.loads(render_report(make_findings(terms=terms))["report.json"], parse_constant=pytest.fail)
    assert content["terms"][0]["effect"] is None
    assert content["terms"][0]["low"] == 1.0


def test_json_numbers_agree_with_the_tables():
    files = render_report(make_findings())
    content = json.loads(files["report.json"])
    rows = {(row["pain_id"], row["segment_id"]): row
            for row in csv.DictReader(io.StringIO(files["pains.csv"].decode()))}  # fmt: skip
    for segment_id, pains in [
        ("", content["pains"]),
        *((one["segment_id"], one["pains"]) for one in content["segments"]),
    ]:
        for pain in pains:
            row = rows.pop((pain["pain_id"], segment_id))
            assert [int(row[f"rung_{rung}"]) for rung in range(5)] == pain["rungs"]
            assert (int(row["people"]), int(row["of_people"])) == (pain["share"]["people"], pain["share"]["of"])
            assert sum(pain["rungs"]) == int(row["sentences"])
    assert rows == {}
