"""A person refuses a regrouping: the accepted segments stand again until something else is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

import overheard.steps.people
from overheard.errors import OverheardError
from overheard.people import Evidence, SegmentFit
from overheard.people.segments.fit import Finding, Place
from overheard.people.segments.stability import Comeback
from overheard.records import (
    AcceptedSegment,
    Bet,
    BetReopening,
    Document,
    Drift,
    GroupEvent,
    Membership,
    Placement,
    Rejection,
    Role,
    Segment,
    Signal,
    Utterance,
    id_of,
)
from overheard.steps.decisions.acceptance import accept_run
from overheard.steps.decisions.bets import load_ledger, reopen_bets
from overheard.steps.decisions.rejection import reject_refit
from overheard.steps.market import Market
from overheard.steps.people import segment_market_people
from overheard.steps.strategy import decide_market_strategy
from overheard.steps.vectors import open_cache
from overheard.storage import Note, save_note
from overheard.strategy import describe_refit
from overheard.vectors import key_of_text
from tests.cli.test_app import run
from tests.people.assigning.market import encode, make_market

NIGHT = date(2026, 2, 2)
WEEK = 7
WHY = "three weeks of shouting about winter are no new need"


def hear(folder: Path, evidence: Sequence[Evidence], night: date) -> Market:
    """Write what these people said, as the steps before would have."""
    market = Market(folder, night)
    threads = sorted({one.document_id for one in evidence})
    texts = [one.text for one in evidence]
    said = [id_of("utterance", one.person_id, one.document_id) for one in evidence]
    market.tables.replace("documents", Document, [Document(one, "board", f"b/{one}", one, None) for one in threads])
    market.tables.replace(
        "utterances",
        Utterance,
        [
            Utterance(key, one.document_id, one.person_id, 0, one.text, (), None, None, f"b/{one.document_id}", "")
            for key, one in zip(said, evidence, strict=True)
        ],
    )
    pains = [
        Signal(f"s{key}", key, one.person_id, 0, len(one.text), "pain", 1, 0.9, ())
        for key, one in zip(said, evidence, strict=True)
    ]
    market.tables.replace("signals", Signal, pains)
    market.tables.replace("placements", Placement, [Placement(one.signal_id, None, 0.0) for one in pains])
    market.tables.replace("roles", Role, [Role(one, "customer", "") for one in sorted({p.person_id for p in pains})])
    cache = open_cache(market)
    keys = {key_of_text(text): vector for text, vector in zip(texts, encode(texts), strict=True)}
    new = sorted(set(keys) - cache.keys())
    if new:
        cache.add(new, np.array([keys[key] for key in new], dtype=np.float32))
    for step in ("collect", "roles", "signals", "vectors", "pains"):
        save_note(market.data_dir, Note(step, f"{step} {len(evidence)}", f"{step} {len(evidence)}"), market.night)
    return market


def by_people(market: Market) -> dict[str, str]:
    rows = market.tables.load("memberships", Membership)
    return {one.person_id: one.segment_id for one in rows if one.valid_to is None and one.segment_id is not None}


def said_until(people: int) -> list[Evidence]:
    """Boat people come late."""
    return [one for one in make_market(people)[0] if people > 12 or not one.person_id.startswith("boat")]


def fit_by_subject(evidence: Sequence[Evidence], *_: object) -> SegmentFit:
    """Group people by what their ids begin with: how groups are found is tested elsewhere, and takes its time."""
    people = sorted({one.person_id for one in evidence})
    subjects = sorted({one[:4] for one in people})
    return SegmentFit(
        tuple(
            Finding(one, sum(key.startswith(one) for key in people), Comeback(0.9, 1.0, 0.0), 0.3, 1.0, 1.0, (), ())
            for one in subjects
        ),
        tuple(Place(one, subjects.index(one[:4]), 0.9, "fitted") for one in people),
        len(people), 0.01, 0.9, 1.0, (), "natural", "",
    )  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def fitted_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overheard.steps.people, "fit_segments", fit_by_subject)
        patch.setattr(
            overheard.steps.people, "_names", lambda market, evidence, groups, *_: [min(g)[:4] for g in groups]
        )
        yield


@pytest.fixture(scope="module")
def regrouped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A market with an accepted run of two needs, and a week later a regrouping that found a third."""
    folder = tmp_path_factory.mktemp("refit") / "market"
    folder.mkdir()
    (folder / "market.toml").write_text(
        '[market]\nname = "Hobbies"\n[[source]]\nname = "board"\nkind = "table"\nfiles = "posts.csv"\n'
    )
    market = hear(folder, said_until(12), NIGHT)
    segment_market_people(market)
    decide_market_strategy(market)
    report = folder / "reports" / "one"
    report.mkdir(parents=True)
    (report / "index.html").write_text("")
    (folder / "reports" / "latest").symlink_to("one")
    accept_run(market, 0.7, "Ann")
    later = hear(folder, said_until(14), NIGHT + timedelta(WEEK))
    segment_market_people(later)
    decide_market_strategy(later)
    return folder


@pytest.fixture
def folder(regrouped: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(regrouped, tmp_path / "market", symlinks=True))


def night(folder: Path, days: int, full: bool = False) -> Market:
    return Market(folder, NIGHT + timedelta(days), full)


@pytest.mark.slow
def test_a_new_need_reopens_the_bet_by_the_mix_of_segments(folder: Path) -> None:
    market = night(folder, WEEK)
    over = {one.trigger for one in market.tables.load("drifts", Drift) if one.is_over}
    assert over == {"shares"}
    (row,) = market.tables.load("bet_reopenings", BetReopening)
    (bet,) = load_ledger(market).bets
    assert (row.bet_id, row.reopened_on, row.trigger) == (bet.bet_id, NIGHT + timedelta(WEEK), "shares")
    decide_market_strategy(night(folder, WEEK + 1, full=True))
    assert market.tables.load("bet_reopenings", BetReopening) == [row]


@pytest.mark.slow
def test_a_refused_regrouping_is_kept_with_who_when_and_why_and_the_accepted_segments_stand_again(
    folder: Path,
) -> None:
    market = night(folder, WEEK)
    accepted = {one.segment_id for one in market.tables.load("accepted_segments", AcceptedSegment)}
    assert len({one.segment_id for one in market.tables.load("segments", Segment)}) == 3
    refused = reject_refit(night(folder, WEEK + 1), "Ann", WHY)
    assert (refused.by, refused.why, refused.rejected_on) == ("Ann", WHY, NIGHT + timedelta(WEEK + 1))
    assert (refused.fitted_on, refused.report) == (NIGHT + timedelta(WEEK), "one")
    assert any("would be new; all of its people were in no segment" in line for line in refused.diff)
    assert market.tables.load("rejections", Rejection) == [refused]
    assert {one.segment_id for one in market.tables.load("segments", Segment)} == accepted
    assert {segment for person, segment in by_people(market).items() if not person.startswith("boat")} == accepted
    told = [one.what for one in market.tables.load("segment_events", GroupEvent) if one.night == refused.rejected_on]
    assert told == ["died"]
    with pytest.raises(OverheardError, match="nobody was grouped anew since"):
        reject_refit(night(folder, WEEK + 1), "Ann", WHY)
    decide_market_strategy(night(folder, WEEK + 1))
    assert not any(one.is_over for one in market.tables.load("drifts", Drift))


@pytest.mark.slow
def test_what_was_refused_stays_out_until_something_else_is_said(folder: Path) -> None:
    reject_refit(night(folder, WEEK + 1), "Ann", WHY)
    market = night(folder, 0)
    accepted = {one.segment_id for one in market.tables.load("segments", Segment)}
    for days, full in ((WEEK + 2, False), (WEEK + 2, True), (4 * WEEK, False)):
        segment_market_people(night(folder, days, full))
        assert {one.segment_id for one in market.tables.load("segments", Segment)} == accepted
    segment_market_people(hear(folder, said_until(15), NIGHT + timedelta(5 * WEEK)))
    assert len(market.tables.load("segments", Segment)) == 3


@pytest.mark.slow
def test_other_sentences_are_not_grouped_before_their_week_is_over(folder: Path) -> None:
    reject_refit(night(folder, WEEK + 1), "Ann", WHY)
    segment_market_people(hear(folder, said_until(15), NIGHT + timedelta(WEEK + 2)))
    assert len(night(folder, WEEK + 2).tables.load("segments", Segment)) == 2


@pytest.mark.slow
def test_who_accepts_a_reopened_market_loses_the_old_bet_by_its_rule(folder: Path) -> None:
    market = night(folder, WEEK + 1)
    accept_run(market, 0.6, "Ann")
    ledger = load_ledger(market)
    old = next(one for one in ledger.bets if one.made_on == NIGHT)
    (ended,) = ledger.outcomes
    assert (ended.bet_id, ended.came_true) == (old.bet_id, False)
    assert ledger.record is not None
    assert ledger.record.brier == pytest.approx(0.49)
    with pytest.raises(OverheardError, match="nobody was grouped anew since"):
        reject_refit(market, "Ann", WHY)


@pytest.mark.slow
def test_the_difference_is_shown_before_a_person_decides_on_the_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def command(*words: object) -> tuple[int, str, str]:
        return run(capsys, monkeypatch, *map(str, words))

    status, told, _ = command("accept", folder, "--diff")
    assert status == 0
    assert "would be new" in told
    assert len(night(folder, WEEK).tables.load("bets", Bet)) == 1
    status, told, _ = command("bets", folder)
    assert "REOPENED" in told
    assert f"reopened {NIGHT + timedelta(WEEK)}: shares" in told
    status, _, error = command("reject", folder, "--why", " ", "--by", "Ann")
    assert status != 0
    assert "--why" in error
    status, told, _ = command("reject", folder, "--why", WHY, "--by", "Ann")
    assert status == 0
    assert "Refused: " in told
    assert len(night(folder, WEEK).tables.load("segments", Segment)) == 2


def test_without_an_accepted_run_there_is_nothing_to_go_back_to(tmp_path: Path) -> None:
    (tmp_path / "market.toml").write_text(
        '[market]\nname = "Hobbies"\n[[source]]\nname = "board"\nkind = "table"\nfiles = "posts.csv"\n'
    )
    with pytest.raises(OverheardError, match="no run was accepted"):
        reject_refit(Market(tmp_path, NIGHT), "Ann", WHY)
    assert reopen_bets(Market(tmp_path, NIGHT), None, "", [Drift("", "shares", 1.0, 0.25, is_over=True)]) == []


ACCEPTED = tuple(
    AcceptedSegment(key, name, 0.5, (), None, None, is_focus=False) for key, name in (("a", "late"), ("b", "typing"))
)
THEN = {f"a{number}": "a" for number in range(20)} | {f"b{number}": "b" for number in range(10)}
NAMES = {"a": "late", "b": "typing"}


@pytest.mark.parametrize(
    ("names", "moved", "told"),
    [
        (NAMES, {}, ()),
        (NAMES | {"a": "late bills"}, {}, ("“late”: would be called “late bills”; all of its people would stay",)),
        (NAMES, {f"a{number}": "b" for number in range(7)},
         ("“late”: 13 of its 20 people would stay; 7 would go to “typing”",)),
        (NAMES, {f"a{number}": None for number in range(6)},
         ("“late”: 14 of its 20 people would stay; 6 would go to no segment",)),
        (NAMES, {"a1": "b"}, ("“late”: nearly all of its people would stay",)),
        (NAMES, {"a1": None} | {f"a{number}": "b" for number in range(2, 8)},
         ("“late”: 13 of its 20 people would stay",)),
        ({"a": "late", "n": "new one"}, {f"b{number}": "n" for number in range(10)},
         ("“typing”: would be no more; 10 would go to “new one”",
          "“new one” would be new; none of its people were in no segment")),
        (NAMES | {"n": "tiny"}, {"b1": "n"}, ("“typing”: nearly all of its people would stay",)),
    ],
)  # fmt: skip
def test_a_regrouping_is_told_by_where_people_would_go_and_betrays_no_handful(
    names: dict[str, str], moved: dict[str, str | None], told: tuple[str, ...]
) -> None:
    now = {person: segment for person, segment in (THEN | moved).items() if segment is not None}
    assert describe_refit(ACCEPTED, THEN, names, now, 5) == told
