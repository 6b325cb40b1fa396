"""What `overheard export` leaves on the disk."""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

from overheard.errors import BadInputError, OverheardError
from overheard.records import (
    Document,
    Membership,
    Pain,
    PainGroup,
    Placement,
    Reference,
    Role,
    Segment,
    Signal,
    Utterance,
)
from overheard.report import render_report
from overheard.steps.asked.export import export_market, export_shareable
from overheard.steps.market import Market
from overheard.storage import publish_report
from tests.exports.make_corpus import make_found
from tests.report.make_findings import NAMES, make_findings

RECORDS = {"documents": Document, "utterances": Utterance, "roles": Role, "signals": Signal, "pains": Pain,
           "placements": Placement, "pain_groups": PainGroup, "segments": Segment, "memberships": Membership,
           "references": Reference}  # fmt: skip


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    """The beekeepers' market as its tables hold it, with a report. Read only."""
    folder = tmp_path_factory.mktemp("bees")
    sources = "".join(
        f'[[source]]\nname = "{name}"\nkind = "{kind}"\nfiles = "{name}/*"\n'
        for name, kind in (("apiary", "pages"), ("smokers", "pages"), ("visits", "transcripts"))
    )
    (folder / "market.toml").write_text(f'[market]\nname = "Keeping bees"\n{sources}', "utf-8")
    opened, found = Market(folder), make_found()
    for name, record in RECORDS.items():
        opened.tables.replace(name, record, getattr(found, name))
    opened.save_names({"p04": NAMES[0]})
    publish_report(folder / "reports", "a1", render_report(make_findings()))
    return opened


def test_a_corpus_for_convokit_is_a_folder_only_the_owner_reads(market: Market, tmp_path: Path) -> None:
    out = tmp_path / "a" / "corpus"
    assert export_market(market, "convokit", out, verbatim=False) == 21
    assert {path.name for path in out.iterdir()} == {
        "utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json"
    }  # fmt: skip
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert NAMES[0] not in (out / "utterances.jsonl").read_text("utf-8")


def test_places_are_the_same_with_names_shown_and_covered(market: Market, tmp_path: Path) -> None:
    rows = {}
    for verbatim in (True, False):
        export_market(market, "csv", tmp_path / str(verbatim), verbatim)
        content = (tmp_path / str(verbatim) / "signals.csv").read_text("utf-8")
        rows[verbatim] = [(row["signal_id"], row["start"], row["end"], row["text"])
                          for row in csv.DictReader(io.StringIO(content))]  # fmt: skip
    assert [row[:3] for row in rows[True]] == [row[:3] for row in rows[False]]
    assert [len(row[3]) for row in rows[True]] == [len(row[3]) for row in rows[False]]
    assert any(NAMES[0] in row[3] for row in rows[True])
    assert not any("Threlkeld" in row[3] for row in rows[False])


def test_a_refi_qda_project_is_one_file_and_the_same_every_time(market: Market, tmp_path: Path) -> None:
    for name in ("a.qdpx", "b.qdpx"):
        export_market(market, "refi-qda", tmp_path / name, verbatim=False)
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()
    assert "project.qde" in zipfile.ZipFile(tmp_path / "a.qdpx").namelist()


def test_a_folder_keeps_what_else_lies_in_it(market: Market, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    export_shareable(market, tmp_path)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["market"] == "Keeping bees"


def test_what_is_of_the_wrong_kind_is_refused(market: Market, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(BadInputError, match="is a file; name a folder"):
        export_market(market, "convokit", tmp_path / "file", verbatim=False)
    with pytest.raises(BadInputError, match="is a folder; name the file"):
        export_market(market, "refi-qda", tmp_path, verbatim=False)
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_an_empty_market_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "market.toml").write_text('[market]\nname = "x"\n[[source]]\nname = "a"\nkind = "pages"\nfiles = "*"\n')
    with pytest.raises(BadInputError, match="nothing was collected yet; overheard run"):
        export_market(Market(tmp_path), "csv", tmp_path / "out", verbatim=False)
    with pytest.raises(OverheardError, match="no report yet"):
        export_shareable(Market(tmp_path), tmp_path / "out")
    assert not (tmp_path / "out").exists()
