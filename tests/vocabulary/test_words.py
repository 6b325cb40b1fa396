import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.vocabulary import Said
from overheard.vocabulary.words import CONTENT, read_words, spell_words

from .make import make_said


def counted(text, excluded=()):
    words = read_words(make_said([text]), excluded)
    return [
        words.spelled[word]
        for word, barred in zip(words.word, words.barred, strict=True)
        if not barred and words.kind[word] == CONTENT
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://bank.example/invoice?x=ledger and www.bank.example for ledgers", ["ledgers"]),
        ("tell ann@bank.example, @ann, u/ann or /r/banking about payroll", ["payroll"]),
        ("<b class='late'>payroll</b> &amp; `rm ledger` taxes", ["payroll", "taxes"]),
        ("in 2019 the 2nd payroll cost 30k and invoice_17 bounced", ["payroll", "cost", "bounced"]),
        ("Thanks in advance! The payroll bounced.", ["payroll", "bounced"]),
        ("Thanks, in advance: payroll. Hope this helps", ["payroll"]),
        ("an advance on wages", ["advance", "wages"]),
        ("Payroll, [laughter] (Laughs) as I [unintelligible 00:21] said [quote=Ann] ledger", ["payroll", "ledger"]),
        ("my two year old ledger", ["ledger"]),
        ("I don't, dont, won't, we’re, y'all should've payroll", ["payroll"]),
        ("the client's ledger, the clients’ ledgers", ["client", "ledger", "clients", "ledgers"]),
        ("follow-up by e-mail about a pre-press cost-benefit sheet",
         ["followup", "email", "prepress", "cost", "benefit", "sheet"]),
        ("debit/credit and/or ledger.Then payroll", ["debit", "credit", "payroll"]),
        ("a b c x payroll", ["payroll"]),
    ],
)  # fmt: skip
def test_only_words_that_say_something_are_counted(text, expected):
    assert counted(text) == expected


def test_names_that_are_excluded_are_counted_nowhere_but_their_words_are_elsewhere():
    assert counted("Rose Baker says rose hips; baker, zed", ["Rose Baker", "Zed"]) == ["rose", "hips", "baker"]


def test_a_quoted_word_is_not_counted_as_the_quoters():
    text = "> my ledger\nI like payroll"
    words = read_words([Said("u", "p", text, ((12, len(text)),))])
    assert "ledger" not in words.spelled
    assert "payroll" in words.spelled


@pytest.mark.parametrize(
    ("text", "joined"),
    [("late invoice", True), ("late-invoice", True), ("client's invoice", True), ("late\u00a0invoice", True),
     ("late, invoice", False), ("late\ninvoice", False), ("late (invoice", False), ("late 30 invoice", False)],
)  # fmt: skip
def test_words_are_neighbours_only_where_no_punctuation_stands_between(text, joined):
    assert read_words(make_said([text])).joined.tolist() == [joined, False]


@given(st.text(alphabet="aB9 -'’.,/@<>&;`_\n#é", max_size=80))
def test_every_offset_points_at_the_word_it_was_read_from(text):
    words = read_words(make_said([text]))
    found = [spell_words(text[start:end]) for start, end in zip(words.start.tolist(), words.end.tolist(), strict=True)]
    assert found == [[words.spelled[word]] for word in words.word]
    assert all(a <= b for a, b in zip(words.end[:-1], words.start[1:], strict=True))


def test_a_long_run_of_dots_and_hyphens_is_read_in_linear_time():
    assert len(read_words(make_said(["a.." * 40_000 + "a-" * 40_000])).word) > 0
