import pytest

from overheard.vocabulary.wording import choose_wording


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (["late invoices", "Late Invoices", "late invoice"], "late invoices"),
        (["VAT return", "vat return", "VAT Return"], "VAT return"),
        (["LEDGER", "ledger", "Ledger"], "ledger"),
        (["POs", "POs", "pos"], "POs"),
        (["client’s  books"], "client's books"),
        (["ledgers", "ledger"], "ledger"),
    ],
)
def test_a_term_is_shown_as_most_people_write_it(written, shown):
    assert choose_wording(written) == shown
