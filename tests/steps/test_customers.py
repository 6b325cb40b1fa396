"""Customers' files beside a market: whose answers they are, what is left out, and what an edit makes again."""

import gzip
import json
from pathlib import Path

import pytest

from overheard.errors import BadInputError
from overheard.records import Answer, FunnelEvent, Skip, Utterance
from overheard.steps.collect import collect
from overheard.steps.customers import read_market_customers
from overheard.steps.decisions.survey_map import add_survey, map_survey
from overheard.steps.market import Market

MARKET = """
[market]
name = "Tap rooms"

[[source]]
name = "board"
kind = "table"
files = "posts.csv"
[source.columns]
text = "text"
author = "who"
document = "thread"

[[funnel]]
name = "app"
file = "customers/events.jsonl"
accounts_of = ["board"]
"""
SURVEY = """Timestamp,Username,How would you feel if you could no longer use Kettleworks?,How can we improve it?
1/29/2026 15:02,Ann,Very disappointed,Let me scan a torn label on the keg
1/30/2026 09:10,Bo,Somewhat disappointed,Show yesterday beside today please
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "customers").mkdir()
    (tmp_path / "market.toml").write_text(MARKET)
    (tmp_path / "posts.csv").write_text("who,thread,text\nAnn,t1,I count kegs until midnight.\nCy,t1,So do I.\n")
    (tmp_path / "customers" / "survey.csv").write_text(SURVEY)
    event = {"ts": "2026-05-04T10:00:00Z", "stage": "acquisition", "name": "signed_up"}
    lines = [event | {"person": "ann", "event_id": "1"}, event | {"person": "Bo", "event_id": "2"}, {"person": "Bo"}]
    (tmp_path / "customers" / "events.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    return tmp_path


def add(folder, accounts=True):
    path = add_survey(folder, map_survey(folder / "customers" / "survey.csv", "", folder))
    if accounts:
        path.write_text(path.read_text().replace("[[survey]]", '[[survey]]\naccounts_of = ["board"]'))
    market = Market(folder)
    collect(market)
    read_market_customers(market)
    return market


def test_a_mapped_survey_is_read_without_a_hand(folder):
    market = add(folder)
    answers = market.tables.load("answers", Answer)
    assert sorted((one.asked, one.text) for one in answers) == [
        ("feeling", "somewhat"), ("feeling", "very"), ("hold-back", "Let me scan a torn label on the keg"),
        ("hold-back", "Show yesterday beside today please"),
    ]  # fmt: skip
    (skip,) = market.tables.load("customer_skips", Skip)
    assert (skip.source, skip.place) == ("app", "customers/events.jsonl:3")


def test_an_account_is_the_same_person_only_where_the_market_says_so(folder):
    market = add(folder)
    posters = {one.person_id for one in market.tables.load("utterances", Utterance)}
    asked = {one.person_id for one in market.tables.load("answers", Answer)}
    acted = {one.person_id for one in market.tables.load("funnel_events", FunnelEvent)}
    assert len(asked & posters) == len(acted & posters) == 1
    assert asked == acted


def test_without_that_word_customers_and_accounts_are_strangers(folder):
    market = add(folder, accounts=False)
    posters = {one.person_id for one in market.tables.load("utterances", Utterance)}
    assert not {one.person_id for one in market.tables.load("answers", Answer)} & posters


def test_a_file_that_changed_or_went_is_told_and_the_others_are_read(folder):
    market = add(folder)
    assert read_market_customers(market).reused
    (folder / "customers" / "survey.csv").write_text("Something,else\n1,2\n")
    assert not read_market_customers(market).reused
    places = {(one.place, one.why.split(";")[0]) for one in market.tables.load("customer_skips", Skip)}
    assert any(place == "customers/survey.csv" and "no column `Username`" in why for place, why in places)
    (folder / "customers" / "events.jsonl").unlink()
    read_market_customers(market)
    assert market.tables.load("funnel_events", FunnelEvent) == []
    assert "customers/events.jsonl" in {one.place for one in market.tables.load("customer_skips", Skip)}


def test_a_compressed_export_is_refused_with_its_mend(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv.gz"
    path.write_bytes(gzip.compress(b"What hurts?\nThe wait\n"))
    with pytest.raises(BadInputError, match=r"answers\.csv\.gz: is compressed; unpack it"):
        map_survey(path, "", None)
