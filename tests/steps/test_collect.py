"""Collecting: what cannot be read is told with file and line and counted; nothing else is lost."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from overheard.errors import BadInputError
from overheard.records import Document, Removal, Skip, Utterance
from overheard.steps.collect import collect
from overheard.steps.collecting.items import Contents, Found, Item
from overheard.steps.market import Market
from tests.conftest import NIGHT
from tests.demo.make_demo import SOURCES

MARKET = """[market]
name = "Bad luck"
[[source]]
name = "pages"
kind = "pages"
files = "pages/*"
[[source]]
name = "export"
kind = "table"
files = "export/*.csv"
[source.columns]
text = "body"
author = "who"
[[source]]
name = "talks"
kind = "transcripts"
files = "talks/*"
"""

BROKEN_TIMES = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ann>Invoices take me a whole evening.

00:99:05.000 --> 00:00:09.000
<v Ben>Why is that?

00:00:10.000 -->
<v Ann>Because nothing matches.
"""


@pytest.fixture
def market(tmp_path: Path) -> Market:
    for name in ("pages", "export", "talks"):
        (tmp_path / name).mkdir()
    (tmp_path / "market.toml").write_text(MARKET, encoding="utf-8")
    whole = sorted((SOURCES / "workbench").iterdir())[0].read_bytes()
    (tmp_path / "pages" / "whole.html").write_bytes(whole)
    return Market(tmp_path, NIGHT)


def skips(market: Market) -> list[str]:
    return [f"{skip.place}: {skip.why}" for skip in market.tables.load("skips", Skip)]


def test_bad_files_are_told_and_the_others_go_on(market: Market, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("overheard").propagate = True
    folder = market.folder
    second = sorted((SOURCES / "workbench").iterdir())[1].read_bytes()
    (folder / "pages" / "cut.html").write_bytes(second[: len(second) * 2 // 3])
    (folder / "pages" / "empty.html").write_bytes(b"")
    (folder / "export" / "no-body.csv").write_text("who,text\nann,slow\n", encoding="utf-8")
    (folder / "export" / "good.csv").write_text('who,body\nann,"It is slow."\nbob,\n', encoding="utf-8")
    (folder / "talks" / "broken.vtt").write_text(BROKEN_TIMES, encoding="utf-8")
    with caplog.at_level(logging.WARNING, logger="overheard"):
        summary = collect(market)
    told = "\n".join(skips(market))
    for place in (
        "pages/cut.html",
        "pages/empty.html",
        "export/no-body.csv:1",
        "export/good.csv:3",
        "talks/broken.vtt:6",
    ):
        assert place in told
        assert sum(place in record.getMessage() for record in caplog.records) >= 1
    assert "no column `body`" in told
    assert summary.left_out == {"skips": len(skips(market))}
    texts = " ".join(row.text for row in market.tables.load("utterances", Utterance))
    for words in ("It is slow.", "Why is that?", "nothing matches", "whole evening"):
        assert words in texts
    documents = {document.title for document in market.tables.load("documents", Document)}
    assert len(documents) >= 4


def test_an_edited_post_is_updated_and_a_vanished_file_loses_nothing(market: Market) -> None:
    page = market.folder / "pages" / "whole.html"
    collect(market)
    before = {row.utterance_id: row for row in market.tables.load("utterances", Utterance)}
    first = min(before.values(), key=lambda row: row.position)
    word = first.text.split()[3]
    page.write_bytes(page.read_bytes().replace(word.encode(), b"EDITED", 1))
    (market.folder / "export" / "more.csv").write_text('who,body\nann,"New."\n', encoding="utf-8")
    collect(market)
    after = {row.utterance_id: row for row in market.tables.load("utterances", Utterance)}
    assert set(before) < set(after)
    page.unlink()
    collect(market)
    assert set(market.tables.load("utterances", Utterance)) == set(after.values())


@pytest.mark.slow
def test_a_file_that_cannot_be_read_any_more_keeps_what_it_said(market: Market) -> None:
    collect(market)
    before = set(market.tables.load("utterances", Utterance))
    (market.folder / "pages" / "whole.html").write_bytes(b"<html><body>Please log in.</body></html>")
    collect(market)
    assert set(market.tables.load("utterances", Utterance)) == before
    assert any("pages/whole.html" in told for told in skips(market))


@pytest.mark.slow
def test_only_what_changed_is_read_again(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = Contents.read

    def counted(self: Contents, item: Item) -> list[Found]:
        read.append(item.place)
        return whole(self, item)

    monkeypatch.setattr(Contents, "read", counted)
    (market.folder / "export" / "one.csv").write_text('who,body\nann,"It is slow."\n', encoding="utf-8")
    collect(market)
    assert sorted(read) == ["export/one.csv", "pages/whole.html"]
    read.clear()
    (market.folder / "export" / "two.csv").write_text('who,body\nbo,"It is dear."\n', encoding="utf-8")
    collect(market)
    assert read == ["export/two.csv"]
    assert {row.text for row in market.tables.load("utterances", Utterance)} >= {"It is slow.", "It is dear."}


@pytest.mark.slow
def test_an_export_that_replaced_the_one_before_takes_nothing_back(market: Market) -> None:
    export = market.folder / "export" / "last-weeks.csv"
    export.write_text('who,body\nann,"It is slow."\nann,"It is loud."\n', encoding="utf-8")
    collect(market)
    export.write_text('who,body\nann,"It is loud."\nbo,"It is dear."\n', encoding="utf-8")
    collect(market)
    texts = [row.text for row in market.tables.load("utterances", Utterance) if row.text.startswith("It is")]
    assert sorted(texts) == ["It is dear.", "It is loud.", "It is slow."]
    assert market.tables.load("removals", Removal) == []


@pytest.mark.slow
def test_a_transcript_put_right_stands_in_the_place_of_the_one_before(market: Market) -> None:
    talk = market.folder / "talks" / "ann.txt"
    talk.write_text("Ann: It is slo.\nBo: Why?\nAnn: Yes.\nBo: Why?\nAnn: Yes.\n", encoding="utf-8")
    collect(market)
    talk.write_text("Ann: It is slow.\nBo: Why?\nAnn: Yes.\nBo: Why?\nAnn: Yes.\n", encoding="utf-8")
    collect(market)
    talks = {row.document_id for row in market.tables.load("documents", Document) if row.url.endswith("ann.txt")}
    said = [row for row in market.tables.load("utterances", Utterance) if row.document_id in talks]
    assert [row.text for row in sorted(said, key=lambda row: row.position)] == [
        "It is slow.", "Why?", "Yes.", "Why?", "Yes.",
    ]  # fmt: skip
    assert len(market.tables.load("removals", Removal)) == 1


def test_collecting_again_with_nothing_new_reads_nothing(market: Market) -> None:
    assert not collect(market).reused
    version = market.tables.version("utterances")
    assert collect(market).reused
    assert market.tables.version("utterances") == version


def test_turns_of_two_talks_at_the_same_second_are_both_kept(market: Market) -> None:
    for name in ("one", "two"):
        (market.folder / "talks" / f"{name}.vtt").write_text(
            f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann>Talk {name} here.\n\n00:05.000 --> 00:06.000\n<v Bo>Yes.\n",
            encoding="utf-8",
        )
    collect(market)
    texts = [row.text for row in market.tables.load("utterances", Utterance)]
    assert {"Talk one here.", "Talk two here."} <= set(texts)
    assert texts.count("Yes.") == 2


def test_people_are_pseudonyms_and_their_names_lie_apart(market: Market) -> None:
    collect(market)
    rows = market.tables.load("utterances", Utterance)
    names = market.load_names()
    assert {row.person_id for row in rows} <= set(names)
    assert not any(name in str(row.person_id) for row in rows for name in names.values())
    assert (market.folder / "private" / "names.json").stat().st_mode & 0o077 == 0
    assert (market.folder / "private" / "person.key").stat().st_mode & 0o077 == 0


def test_a_market_whose_sources_hold_nothing_says_so(market: Market) -> None:
    (market.folder / "pages" / "whole.html").write_bytes(b"")
    with pytest.raises(BadInputError, match="hold nothing that can be read"):
        collect(market)


def test_who_gives_no_name_is_one_speaker_of_a_talk_and_nobody_twice_elsewhere(market: Market) -> None:
    (market.folder / "export" / "answers.csv").write_text("body,who\nToo slow.,\nToo dear.,\n", encoding="utf-8")
    turns = "\n\n".join(f"00:0{at}.000 --> 00:0{at + 1}.000\nThis is sentence {at}." for at in (1, 5, 8))
    (market.folder / "talks" / "unsigned.vtt").write_text(f"WEBVTT\n\n{turns}\n", encoding="utf-8")
    collect(market)
    rows = market.tables.load("utterances", Utterance)
    assert len({row.person_id for row in rows if row.text.startswith("Too")}) == 2
    assert len({row.person_id for row in rows if "This is sentence" in row.text}) == 1


def test_a_label_is_another_person_in_every_talk_and_the_interviewer_the_same(market: Market) -> None:
    for name in ("one", "two"):
        lines = f"Interviewer: What hurts, {name}?\nParticipant: It is slow.\nInterviewer: Why?\nParticipant: No.\n"
        (market.folder / "talks" / f"{name}.txt").write_text(lines, encoding="utf-8")
    collect(market)
    names = market.load_names()
    said: dict[str, set[str]] = {}
    for row in market.tables.load("utterances", Utterance):
        said.setdefault(names.get(row.person_id, ""), set()).add(row.person_id)
    assert len(said["Participant"]) == 2
    assert len(said["Interviewer"]) == 1
