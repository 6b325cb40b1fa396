from __future__ import annotations

import pytest

from overheard.pains.names import Phraser, load_phraser
from overheard.pains.names.ing import ing_of
from overheard.pains.names.phrases import DENIED
from overheard.registry import SENTENCE_MODEL, verify_model


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("pay", "paying"), ("chase", "chasing"), ("log", "logging"), ("lie", "lying"), ("see", "seeing"),
        ("open", "opening"), ("forget", "forgetting"), ("quit", "quitting"), ("panic", "panicking"),
        ("sync", "syncing"), ("free", "freeing"), ("wait", "waiting"), ("show", "showing"), ("be", "being"),
    ],
)  # fmt: skip
def test_the_ing_form_is_spelled_as_in_english(verb, form):
    assert ing_of(verb) == form


@pytest.fixture(scope="module")  # the parser takes seconds to load
def phraser() -> Phraser:
    return load_phraser(verify_model(SENTENCE_MODEL))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("I spend every evening matching bank payments.", "matching bank payments"),
        ("We lost three days chasing the overdue invoice.", "chasing the overdue invoice"),
        ("I can't open the attachment.", "can't open the attachment"),
        ("She does not trust these balances.", "not trusting balances"),
        ("My invoice was rejected again.", "rejected invoice"),
        ("They never paid my late fees.", "late fees"),
        ("I lost my timesheet in the van.", "losing the timesheet"),
    ],
)
def test_names_are_phrases_of_the_sentence(phraser, sentence, name):
    assert name in [phrase.text for phrase in phraser.phrases_of([sentence])[0]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sentence", "name", "never"),
    [
        ("I am unable to open the ledger.", "can't open the ledger", "opening the ledger"),
        ("We are not able to print the labels.", "can't print the labels", "printing the labels"),
        ("The app refuses to save my drafts.", "not saving drafts", "saving drafts"),
        ("I can't find the export button.", "can't find the export button", "finding the export button"),
        ("The scanner stopped working.", "scanner not working", "scanner working"),
        ("The printer no longer works.", "printer not working", "printer working"),
        ("The ledger keeps crashing.", "ledger crashing", "ledger keeping"),
        ("There is no delivery note in the parcel.", "no delivery note", "no note"),
    ],
)
def test_what_denies_an_act_belongs_to_its_name(phraser, sentence, name, never):
    found = [phrase.text for phrase in phraser.phrases_of([sentence])[0]]
    assert name in found
    assert never not in found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The update broke my bookmarks.", "update breaking bookmarks"),
        ("The app won't load the receipts.", "app not loading the receipts"),
        ("Every link opens in a new tab.", "link opening in the tab"),
        ("My messages vanished from the inbox.", "messages vanishing from the inbox"),
        ("I copied the receipts to the ledger.", "copying the receipts to the ledger"),
        ("I can't uninstall it.", "can't uninstall it"),
        ("I can't figure it out.", "can't figure it out"),
    ],
)
def test_a_name_may_be_what_a_thing_does_and_where(phraser, sentence, name):
    assert name in [phrase.text for phrase in phraser.phrases_of([sentence])[0]]


@pytest.mark.slow
@pytest.mark.parametrize("sentence", ["I uninstalled it.", "We printed them."])
def test_what_is_done_to_a_thing_nobody_names_is_no_phrase(phraser, sentence):
    assert phraser.phrases_of([sentence]) == [[]]


@pytest.mark.slow
def test_a_phrase_that_denies_is_told_from_one_that_does_not(phraser):
    can, cannot = phraser.phrases_of(["I opened the ledger.", "I can't open the ledger."])
    assert all(DENIED not in dict(phrase.words) for phrase in can)
    assert [phrase.text for phrase in cannot if DENIED in dict(phrase.words)] == ["can't open the ledger"]


@pytest.mark.slow
@pytest.mark.parametrize("sentence", ["It is what it is.", "I hate this so much.", "", "????", "The whole thing."])
def test_a_sentence_that_names_nothing_has_no_phrases(phraser, sentence):
    assert phraser.phrases_of([sentence]) == [[]]


@pytest.mark.slow
def test_no_phrase_begins_with_an_article_or_a_possessive(phraser):
    found = phraser.phrases_of(["My accountant lost the receipts of our clients and their invoices."])[0]
    assert found
    assert not {phrase.text.split()[0].lower() for phrase in found} & {"the", "my", "our", "their", "a"}


@pytest.mark.slow
def test_a_shouted_sentence_is_parsed_like_a_spoken_one(phraser):
    assert phraser.phrases_of(["WE LOST THE RECEIPTS."]) == phraser.phrases_of(["we lost the receipts."])


@pytest.mark.slow
def test_a_megabyte_without_a_full_stop_is_parsed_at_once(phraser):
    assert len(phraser.phrases_of(["invoice payment " * 60_000])[0]) < 400
