"""`overheard assign`: every row of a customers' file comes out, with a segment or the reason why not."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from overheard.cli import app
from overheard.errors import BadInputError
from overheard.records import Document, Membership, Pain, Placement, Segment, Signal, Utterance
from overheard.steps.asked.assign import fit_questions, load_known, plan_assignment, save_questions
from overheard.steps.asked.assigned import HEADER, answers_header, lines_of_questions, print_assigned
from overheard.steps.market import Market
from overheard.steps.vectors import open_cache
from overheard.vectors import key_of_text
from tests.make import make_document, make_utterance
from tests.people.assigning.market import encode, make_market, make_text

pytestmark = pytest.mark.slow

NIGHT = date(2026, 11, 2)


class FakeEncoder:
    def encode(self, texts: list[str]) -> object:
        return encode(texts)


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overheard.steps.asked.assign.load_encoder", lambda settings: FakeEncoder())


@pytest.fixture
def market(tmp_path: Path) -> Market:
    """A market whose tables are written by hand, as if a person had made its three segments."""
    folder = tmp_path / "market"
    folder.mkdir()
    (folder / "market.toml").write_text(
        '[market]\nname = "Crafts"\n[[source]]\nname = "forum"\nkind = "table"\nfiles = "posts.csv"\n'
    )
    opened = Market(folder, NIGHT)
    evidence, vectors, segment_of = make_market()
    utterances = [make_utterance(one.text, one.person_id, one.document_id, row) for row, one in enumerate(evidence)]
    signals = [
        Signal(f"s{row:03}", said.utterance_id, said.person_id, 0, len(said.text), "pain", 1, 0.9, ())
        for row, said in enumerate(utterances)
    ]
    pains = sorted({one.pain_id or "" for one in evidence})
    memberships = [Membership(key, value, 1.0, "by-hand", NIGHT, None) for key, value in segment_of.items()]
    opened.save_names({})
    save = opened.tables.replace
    save("documents", Document, [make_document(key) for key in sorted({one.document_id for one in evidence})])
    save("utterances", Utterance, utterances)
    save("signals", Signal, signals)
    save("placements", Placement, [Placement(f"s{row:03}", one.pain_id, 1.0) for row, one in enumerate(evidence)])
    save("pains", Pain, [Pain(key, f"trouble with {key}", (), (), 12, 12) for key in pains])
    save("segments", Segment, [Segment(key, f"{key} people", 12, 1.0, ()) for key in ("bees", "boat", "kiln")])
    save("memberships", Membership, memberships)
    open_cache(opened).add([key_of_text(one.text) for one in evidence], vectors)
    return opened


def assigned(market: Market, content: bytes | str, name: str = "crm.csv", **options: object) -> list[dict[str, str]]:
    path = market.folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    arguments = {"text": [], "id_column": None, "closely": False} | options
    plan = plan_assignment(load_known(market), path, **arguments)  # type: ignore[arg-type]
    stream = io.StringIO()
    print_assigned(plan, stream, plan.rows())
    return list(csv.DictReader(io.StringIO(stream.getvalue())))


TICKETS = [make_text("kiln", 70), make_text("bees", 71), "Thanks!", make_text("boat", 72)]


def test_every_row_comes_out_in_its_order_with_its_segment_and_whom_it_sounds_like(market: Market) -> None:
    rows = assigned(market, "id,ticket\n" + "".join(f"c{n},{text}\n" for n, text in enumerate(TICKETS)))
    assert [row["id"] for row in rows] == ["c0", "c1", "c2", "c3"]
    assert [row["segment_id"] for row in rows] == ["kiln", "bees", "", "boat"]
    assert rows[0]["segment"] == "kiln people"
    assert rows[2]["why"] == "too little text"
    key = fit_questions(load_known(market))
    assert not isinstance(key, str)
    assert [row["ask"] in {one.question_id for one in key.questions} for row in rows] == [False, False, True, False]
    signals = {one.signal_id: one for one in market.tables.load("signals", Signal)}
    assert signals[rows[0]["quote_id"]].person_id.startswith("kiln")
    assert rows[0]["reason"] in TICKETS[0]
    assert rows[0]["quote"] in {one.text for one in market.tables.load("utterances", Utterance)}


def test_job_titles_countries_and_plans_move_nothing(market: Market) -> None:
    def with_fields(title: str, country: str, plan: str) -> list[dict[str, str]]:
        lines = [f"c{n},{title},{country},{plan},{text}\n" for n, text in enumerate(TICKETS)]
        return assigned(market, "id,title,country,plan,ticket\n" + "".join(lines))

    assert with_fields("Beekeeper hive queen", "DE", "honey") == with_fields("Kiln shelf sales", "UK", "boat keel")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_however_they_are_encoded(market: Market, encoding: str) -> None:
    text = f"id,ticket\nJosé,{TICKETS[0]}\nc1,{TICKETS[1]}\n"
    rows = assigned(market, text.encode(encoding))
    assert [(row["id"], row["segment_id"]) for row in rows] == [("José", "kiln"), ("c1", "bees")]


def test_rows_with_a_problem_come_out_all_the_same(market: Market) -> None:
    lines = [json.dumps({"id": n, "ticket": text}) for n, text in enumerate(TICKETS)]
    rows = assigned(market, "\n".join([lines[0], "{broken", lines[1]]), "crm.jsonl")
    assert [row["segment_id"] for row in rows] == ["kiln", "", "bees"]
    assert rows[1]["why"] == "row is no JSON"


def test_cells_that_a_spreadsheet_would_run_are_guarded(market: Market) -> None:
    formula = "=" + TICKETS[0].replace(". ", " and ")
    (row,) = assigned(market, f'id,ticket\n"=1+1","{formula}"\n')
    assert row["segment_id"] == "kiln"
    assert (row["id"], row["reason"][:2]) == ("'=1+1", "'=")


def test_a_market_without_segments_says_so_in_every_row(market: Market) -> None:
    market.tables.replace("memberships", Membership, [])
    rows = assigned(market, f"id,ticket\nc1,{TICKETS[0]}\n")
    assert [(row["segment_id"], row["why"]) for row in rows] == [("", "no segments in this market")]


def test_sentences_that_hold_a_name_are_not_quoted(market: Market) -> None:
    market.save_names({"p1": "Gave Up"})  # as every sentence of this market does
    (row,) = assigned(market, f"id,ticket\nc1,{TICKETS[0]}\n")
    assert (row["segment_id"], row["quote"], row["quote_id"]) == ("kiln", "", "")


@pytest.mark.parametrize(
    ("content", "options", "told"),
    [
        ("id,plan\n1,pro\n", {}, "no column looks like what customers wrote"),
        ("id,note\n1,x\n", {"text": ["notes"]}, "no column `notes`; the columns are `id`, `note`: correct --text"),
        ("id,note\n1,x\n", {"id_column": "key"}, "no column `key`"),
        ("id,note\n", {}, "has a header and no row"),
        (b"PK\x03\x04rest", {}, "is a workbook"),
        ('id,note\n1,"open\n', {}, "crm.csv:2: a quote is opened"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line_with_its_mend(
    market: Market, content: str | bytes, options: dict[str, object], told: str
) -> None:
    with pytest.raises(BadInputError, match=r"crm\.csv") as caught:
        assigned(market, content, **options)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_questions_are_printed_and_their_answers_assign_weeks_later(market: Market) -> None:
    known = load_known(market)
    key = fit_questions(known)
    assert not isinstance(key, str)
    save_questions(market, key)
    lines = lines_of_questions(known, key)
    assert any(line.startswith("  a) My ") for line in lines)
    letters = {
        segment: ",".join(
            "abc"[[key.speaks_for()[pain] for pain in question.pain_ids].index(segment)] for question in key.questions
        )
        for segment in ("boat", "kiln")
    }
    content = answers_header(key) + f"c1,{letters['boat']}\nc2,{letters['kiln'].upper()}\nc3,,,\nc4,z,d,\nc5,d,d,d\n"
    rows = assigned(market, content, "answers.csv")
    assert [row["segment_id"] for row in rows] == ["boat", "kiln", "", "", ""]
    assert rows[2]["why"] == "no question was answered"
    assert rows[3]["why"] == "answer “z” is no option"
    assert [bool(row["ask"]) for row in rows] == [False, False, True, False, False]


def test_the_command_writes_the_file_and_tells_what_it_read(market: Market) -> None:
    path, out = market.folder / "crm.csv", market.folder / "out" / "assigned.csv"
    path.write_text("id,plan,ticket\n" + "".join(f"c{n},pro,{text}\n" for n, text in enumerate(TICKETS)))
    command = ["assign", str(market.folder), "--people", str(path), "--out"]
    told = CliRunner().invoke(app, [*command, str(out)])
    assert told.exit_code == 0, told.output
    assert "text read from `ticket`; ignored: `plan`" in told.output
    assert "3 of 4 rows assigned" in told.output
    with out.open(newline="") as stream:
        assert next(csv.reader(stream)) == ["id", *HEADER]
    as_json = CliRunner().invoke(app, [*command, str(out), "--json"])
    assert json.loads(as_json.stdout)["segments"]["kiln"] == {"name": "kiln people", "rows": 1}
    assert CliRunner().invoke(app, ["assign", str(market.folder)]).exit_code != 0


def test_the_command_writes_an_empty_file_for_answers(market: Market) -> None:
    out = market.folder / "answers.csv"
    told = CliRunner().invoke(app, ["assign", str(market.folder), "--questions", "--out", str(out)])
    assert told.exit_code == 0, told.output
    header = out.read_text().strip().split(",")
    assert header[0] == "id"
    assert all(f"{name}:" in told.output for name in header[1:])


def test_three_questions_recover_three_in_four_memberships_of_the_demo_market(demo_run: Path) -> None:
    key = fit_questions(load_known(Market(demo_run, NIGHT)))
    assert not isinstance(key, str)
    assert len(key.questions) == 3
    assert key.check.accuracy >= 0.75
