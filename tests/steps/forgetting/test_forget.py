"""Whoever is forgotten is gone: from every file we wrote, for good, whatever is killed in between."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from overheard.errors import BadInputError
from overheard.privacy import person_id_of
from overheard.records import Answer, Document, Pain, PainNight, Placement, Signal, Term, Utterance
from overheard.steps.collect import collect
from overheard.steps.customers import read_market_customers
from overheard.steps.forgetting import cascade as cascade_step
from overheard.steps.forgetting import forget as forget_step
from overheard.steps.forgetting.forget import finish_forgetting, forget_person
from overheard.steps.forgetting.refusals import clean_page, load_forgotten, load_refusals
from overheard.steps.market import Market
from overheard.steps.upkeep.backup import backup_market
from overheard.storage import Captures, latest_report, load_published, unpack_texts
from tests.steps.forgetting.forget_market import (
    CANARIES,
    NAME,
    NIGHT,
    OPENING,
    OTHERS,
    SECOND,
    SHORT,
    canaries_below,
    capture,
    make_forget_market,
    thread_page,
)

pytestmark = pytest.mark.slow

OWN = {"sources/posts.csv", "customers/survey.csv"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        folder = tmp_path_factory.mktemp("potters") / "market"
        make_forget_market(folder, monkeypatch)
        yield folder


@pytest.fixture
def market(made: Path, tmp_path: Path) -> Market:
    folder = tmp_path / "market"
    shutil.copytree(made, folder, symlinks=True)
    (folder / "private" / "aliases.csv").chmod(0o600)
    return Market(folder, NIGHT)


def forget(market: Market, who: str = NAME, **more: object) -> forget_step.Receipt:
    return forget_person(market, who, "export", **more)  # type: ignore[arg-type]


def test_the_market_holds_the_canaries_everywhere_before(made: Path) -> None:
    held = canaries_below(made)
    for place in ("data/tables/utterances", "data/tables/pains", "data/raw/forum", "data/models", "exports",
                  "reports/new-2", "private/names.json", "private/outreach.csv", "private/aliases.csv"):  # fmt: skip
        assert any(place in path for path in held), place
    assert {canary for told in held.values() for canary in told} == set(CANARIES)


def test_nothing_is_left_in_any_file_but_the_users_own(market: Market) -> None:
    receipt = forget(market)
    assert set(canaries_below(market.folder)) == OWN
    assert receipt.proof.is_clean
    assert {path.relative_to(market.folder).as_posix() for path in receipt.proof.yours} == OWN
    told = json.loads(receipt.path.read_text())
    assert told["removed"]["rows of utterances"] == 4
    assert told["removed"]["reports withdrawn"] == 1
    assert told["your_files_that_still_hold_something"] == sorted(OWN)
    assert receipt.path.stat().st_mode & 0o777 == 0o600
    accounts = [person_id_of(source, NAME, market.key) for source in ("forum", "export", "customers")]
    kept = "".join(path.read_text("latin-1") for path in market.folder.rglob("*.json*") if path.is_file())
    assert not any(account in kept for account in accounts)


def test_others_keep_their_words_and_quotes_of_the_forgotten_are_blotted(market: Market) -> None:
    before = {one.utterance_id: one for one in market.tables.load("utterances", Utterance)}
    forget(market)
    after = {one.utterance_id: one for one in market.tables.load("utterances", Utterance)}
    assert sorted(set(before) - set(after)) == sorted(
        key
        for key, one in before.items()
        if any(text in one.text[: len(text) + 1] for text in (OPENING, SECOND, SHORT))
    )
    for key, one in after.items():
        if "Same dealer" in one.text:
            assert one.text.endswith("Same dealer here. I gave up on him in spring.")
            assert one.text != before[key].text and len(one.text) == len(before[key].text)
        else:
            assert one.text == before[key].text
    [pain] = market.tables.load("pains", Pain)
    signals = {one.signal_id for one in market.tables.load("signals", Signal)}
    assert set(pain.exemplars) == signals and pain.words == ("*********", "bowl")
    assert {one.signal_id for one in market.tables.load("placements", Placement)} == signals
    [term] = market.tables.load("terms", Term)
    assert {example[0] for example in term.examples} == set(after)
    assert market.load_finished("pains", "pain_nights", PainNight)[0].recipe == ""


def test_the_next_nights_never_take_them_in_again(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    forget(market)
    monkeypatch.setattr("overheard.steps.collect._fetch", lambda *_: [])
    # Read again whole, from the user's own files too, as a new release would.
    again = Market(market.folder, NIGHT, full=True)
    summary = collect(again)
    read_market_customers(again)
    assert set(canaries_below(market.folder)) == OWN
    assert summary.left_out["posts of people who are not heard"] == 4
    said = again.tables.load("utterances", Utterance)
    assert len(said) == len(OTHERS) + 1
    assert {one.text for one in again.tables.load("answers", Answer)} == {
        "A straight shelf, delivered whole to my door."
    }
    assert [one.title.count("*") > 10 for one in again.tables.load("documents", Document)].count(True) == 1
    # The site still shows them: what is fetched is cleaned before it is kept.
    source = market.settings.source[0]
    page = clean_page(thread_page(), source, load_refusals(market))  # type: ignore[arg-type]
    assert not any(canary in page.body.decode().casefold() for canary in CANARIES)
    capture(market, replace(page, fetched_at=page.fetched_at.replace(day=2)))
    collect(Market(market.folder, NIGHT))
    assert {(one.utterance_id, one.text) for one in said} == {
        (one.utterance_id, one.text) for one in market.tables.load("utterances", Utterance)
    }
    assert set(canaries_below(market.folder)) == OWN


def test_what_they_post_later_is_not_kept_either(market: Market) -> None:
    forget(market)
    page = thread_page()
    later = page.body.replace(SHORT.encode(), b"Wobblethrax glazes everything green these days, sadly enough.")
    page = replace(page, body=later)
    cleaned = clean_page(page, market.settings.source[0], load_refusals(market))  # type: ignore[arg-type]
    assert b"obblethrax" not in cleaned.body and b"sadly" not in cleaned.body
    assert b"Did you reset the thermostat" in cleaned.body


def test_reports_that_told_of_them_are_withdrawn_and_others_stay(market: Market) -> None:
    forget(market)
    assert latest_report(market.folder / "reports") is None
    assert set(load_published(market.folder / "reports", "night.json")) == {"old-1", "new-2"}
    assert (market.folder / "reports" / "old-1" / "index.html").read_bytes() == b"<p>Nothing of it.</p>"
    assert b"withdrawn" in (market.folder / "reports" / "new-2" / "index.html").read_bytes()
    assert not (market.folder / "reports" / "new-2" / "all.html").exists()


def test_their_own_files_are_changed_only_when_asked_for(market: Market, tmp_path: Path) -> None:
    before = (market.folder / "sources" / "posts.csv").read_text()
    forget(market)
    assert (market.folder / "sources" / "posts.csv").read_text() == before
    receipt = forget(market, also_sources=True)
    assert canaries_below(market.folder) == {}
    assert receipt.proof.yours == ()
    assert "The shelf came bent" in (market.folder / "sources" / "posts.csv").read_text()
    # What is backed up from now on holds nothing either.
    made = tmp_path / "kept" / "potters.zip"
    made.parent.mkdir()
    backup_market(market.folder, made, with_private=True)
    texts = " ".join(text.casefold() for _, text in unpack_texts(made))
    assert "shelf came bent" in texts and not any(canary in texts for canary in CANARIES)


def test_a_packed_file_that_cannot_be_opened_or_changed_is_named(market: Market) -> None:
    (market.folder / "old.tar.gz").write_bytes(b"\x1f\x8bcut")
    (market.folder / "notes.bin").write_bytes(b"\0\1" + OPENING.encode())
    receipt = forget(market)
    assert not receipt.proof.is_clean
    assert [path.name for path in receipt.proof.unread] == ["old.tar.gz"]
    assert [path.name for path in receipt.proof.found] == ["notes.bin"]
    for name in ("old.tar.gz", "notes.bin"):
        (market.folder / name).unlink()
    # Whoever was forgotten can still be searched for, by nothing but keyed hashes.
    assert forget(market).proof.is_clean


def test_folders_beside_the_market_are_searched_too(market: Market, tmp_path: Path) -> None:
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "log.txt").write_text(f"said by {NAME}")
    receipt = forget(market, beside=[tmp_path / "prefect"])
    assert [path.name for path in receipt.proof.found] == ["log.txt"]


@pytest.mark.parametrize("how", ["name", "pseudonym", "post", "address"])
def test_a_person_is_found_by_whatever_is_known_of_them(market: Market, how: str) -> None:
    own = next(one for one in market.tables.load("utterances", Utterance) if one.text == OPENING)
    who = {"name": NAME.replace(" ", "_"), "pseudonym": own.person_id, "post": own.utterance_id, "address": own.url}
    other = person_id_of("export", NAME, market.key)
    assert forget_step.find_accounts(market, who[how]) == {own.person_id, other}


def test_nobody_and_several_are_told_apart(market: Market) -> None:
    with pytest.raises(BadInputError, match="nobody of that name"):
        forget(market, "Nobody Known")
    rows = market.tables.load("utterances", Utterance)
    page = "https://forum.example/all"
    market.tables.replace("utterances", Utterance, [replace(one, url=page) for one in rows])
    with pytest.raises(BadInputError, match="people are meant"):
        forget_person(market, page)


class Killed(BaseException):
    """As a kill would, nothing catches it."""


PLACES = [
    (cascade_step, "_purge_vectors"), (cascade_step, "_purge_captures"), (cascade_step, "_purge_private"),
    (cascade_step, "_withdraw_reports"), (cascade_step, "_purge_files"), (cascade_step, "_purge_tables"),
    (cascade_step, "_mark_steps"), (forget_step, "prove_gone"), (forget_step, "_save_receipt"),
    (forget_step, "save_forgotten"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "name"), PLACES)
def test_a_killed_run_is_finished_by_the_next_and_leaves_the_same(
    market: Market, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    whole = getattr(module, name)

    def dies(*args: object, **more: object) -> object:
        whole(*args, **more)
        raise Killed

    monkeypatch.setattr(module, name, dies)
    with pytest.raises(Killed):
        forget(market)
    monkeypatch.setattr(module, name, whole)
    finish_forgetting(market)
    assert set(canaries_below(market.folder)) == OWN
    [person] = load_forgotten(market)
    assert person.finished_at and not person.doomed
    assert (market.folder / "private" / "receipts" / f"{person.person}.json").exists()


def test_whoever_opts_out_is_forgotten_by_the_next_night(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overheard.steps.collect._fetch", lambda *_: [])
    (market.folder / "private" / "opt_out.txt").write_text(f"{NAME}\nforum: {NAME.replace(' ', '_')}\n", "utf-8")
    collect(market)
    assert set(canaries_below(market.folder)) == {*OWN, "private/opt_out.txt"}


def test_what_a_back_up_brought_back_goes_again(made: Path, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overheard.steps.collect._fetch", lambda *_: [])
    forget(market)
    shutil.rmtree(market.data_dir)
    shutil.copytree(made / "data", market.data_dir)
    collect(Market(market.folder, NIGHT))
    assert set(canaries_below(market.folder)) == OWN


def test_a_thread_whose_address_names_somebody_goes_as_a_whole(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overheard.steps.collect._fetch", lambda *_: [])
    capture(market, thread_page("ask-odalys-brightwater"))
    collect(Market(market.folder, NIGHT))
    forget(market)
    assert not any("odalys" in path.name for path in (market.data_dir / "raw").rglob("*"))
    assert Captures(market.data_dir / "raw" / "forum").load(thread_page("ask-odalys-brightwater").url) is None
    assert set(canaries_below(market.folder)) == OWN


def test_what_is_too_old_goes_with_all_that_holds_it(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overheard.steps.collect._fetch", lambda *_: [])
    path = market.folder / "market.toml"
    path.write_text(path.read_text().replace("[web]", "[privacy]\nkeep_days = 29\n[web]"), "utf-8")
    collect(Market(market.folder, NIGHT))
    said = market.tables.load("utterances", Utterance)
    # Said on October 1 to 3 and quoted on the 4th: 29 days before November 2 is October 4.
    assert not any(OPENING[:30] in one.text or "Did you reset" in one.text for one in said)
    assert any(SECOND in one.text for one in said)
    held = {canary for told in canaries_below(market.data_dir).values() for canary in told}
    assert "zephyrian" not in held and "quorvex" in held
    assert not any(one.title.startswith("Zephyrian") for one in market.tables.load("documents", Document))
    version = market.tables.version("utterances")
    collect(Market(market.folder, NIGHT))
    assert market.tables.version("utterances") == version
