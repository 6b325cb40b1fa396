"""The demo market is what it says: complete, invented, and made from the truth beside these tests."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.demo.make_demo import ROOT, SOURCES, TRUTH, load_people, load_posts, pages

DEMO = ROOT / "data" / "demo"
SITES = ("workbench", "soloists", "backoffice")


@pytest.mark.slow
def test_the_saved_pages_are_made_from_the_truth() -> None:
    made = pages()
    kept = {path.relative_to(SOURCES).as_posix() for site in SITES for path in (SOURCES / site).iterdir()}
    assert kept == set(made)
    for name, content in made.items():
        assert (SOURCES / name).read_text(encoding="utf-8") == content, f"{name}: python -m tests.demo.make_demo"


def test_the_market_is_as_large_as_promised() -> None:
    posts = [post for site in SITES for thread in load_posts(site).values() for post in thread]
    people = load_people()
    assert len(posts) >= 400
    assert len({(post["site"], post["author"]) for post in posts}) >= 120
    roles = Counter(person["role"] for person in people.values())
    assert roles["staff"] >= 3
    assert roles["spam"] >= 5
    assert roles["loud"] >= 3
    assert roles["chatter"] >= 5
    assert sum(1 for post in posts if post["quote"]) >= 60
    needs = Counter(person["segment"] for person in people.values() if person["segment"])
    assert set(needs) == {"late", "match", "time", "border"}
    assert min(needs.values()) >= 20
    assert len(list((DEMO / "sources" / "interviews").iterdir())) == 8


@pytest.mark.slow
def test_every_labelled_pain_stands_in_its_post() -> None:
    for site in SITES:
        for thread in load_posts(site).values():
            for post in thread:
                for sentence, rung in post["pains"]:
                    assert sentence in post["text"]
                    assert 1 <= rung <= 4
                assert not post["pains"] or load_people()[site, post["author"]]["role"] not in (
                    "staff",
                    "spam",
                    "chatter",
                )


def test_no_truth_lies_where_the_pipeline_reads() -> None:
    words = {"segment", "pains", "role"}
    for path in DEMO.rglob("*.json*"):
        if "sources" in path.parts:
            assert not words & set(json.loads(path.read_text(encoding="utf-8"))), path.name


def test_the_survey_asks_the_four_questions_of_120_people() -> None:
    with (DEMO / "customers" / "survey.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 120
    assert len({row["Respondent"] for row in rows}) == 120
    felt = "How would you feel if you could no longer use Tallybird?"
    assert {"Very disappointed", "Somewhat disappointed", "Not disappointed"} <= {row[felt] for row in rows}


def test_the_funnel_covers_six_months_and_all_five_stages() -> None:
    lines = (DEMO / "customers" / "funnel_events.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    assert {event["stage"] for event in events} == {"acquisition", "activation", "retention", "referral", "revenue"}
    assert len({event["ts"][:7] for event in events}) >= 6


@pytest.mark.parametrize("name", ["survey.csv", "funnel.json", "interviews.jsonl"])
def test_the_truth_is_kept_for_what_is_planted(name: str) -> None:
    assert (TRUTH / name).stat().st_size > 0


def test_the_demo_ignores_what_a_run_writes() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8")
    assert all(f"data/demo/{name}/" in ignored for name in ("data", "reports", "private"))
    assert Path(DEMO / "market.toml").is_file()
