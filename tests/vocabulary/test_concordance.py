from overheard.vocabulary import Line, Said, concordance

from .make import make_said


def test_every_spelling_of_a_term_is_found_in_its_context():
    said = make_said(["We sent a Late Invoice\nyesterday.", "late invoices, always", "late, invoice"])
    assert concordance("late invoice", said, 10) == [
        Line("We sent a ", "Late Invoice", " yesterday", "p-u0"),
        Line("", "late invoices", ", always", "p-u1"),
    ]


def test_a_plural_finds_its_singular():
    assert [line.hit for line in concordance("invoices", make_said(["one invoice"]), 5)] == ["invoice"]


def test_what_somebody_else_said_is_no_context():
    text = "THEIRS my ledger THEIRS"
    assert concordance("ledger", [Said("u", "p", text, ((7, 16),))], 20) == [Line("my ", "ledger", "", "u")]


def test_a_term_nobody_says_and_an_empty_term_have_no_lines():
    assert concordance("payroll", make_said(["ledger"]), 5) == []
    assert concordance("...", make_said(["ledger"]), 5) == []


def test_no_width_shows_the_term_alone():
    assert concordance("ledger", make_said(["my ledger here"]), 0) == [Line("", "ledger", "", "p-u0")]
