import pytest

from overheard.vocabulary.wording import choose_wording

RANKS = {"invoice": 4000, "invoices": 9000, "shoes": 2000, "shoe": 5000}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (["late invoices"] * 3 + ["Late Invoice"] * 2, "late invoice"),
        (["late invoices"] * 11 + ["late invoice"] * 2, "late invoices"),
        (["shoe", "shoe", "Shoes"], "shoes"),
        (["VAT return", "vat return", "VAT Return"], "VAT return"),
        (["LEDGER", "ledger", "Ledger"], "ledger"),
        (["POs", "POs", "pos"], "POs"),
        (["client’s  books"], "client's books"),
        (["ledgers", "ledger"], "ledger"),
    ],
)
def test_a_term_is_shown_as_general_english_has_it_unless_people_mostly_write_another_form(written, shown):
    assert choose_wording(written, RANKS) == shown


def test_what_is_shown_does_not_depend_on_who_wrote_first():
    forms = ["ledgers", "ledger", "Ledger", "LEDGERS"]
    assert choose_wording(forms, RANKS) == choose_wording(forms[::-1], RANKS)
