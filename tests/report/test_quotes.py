from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.errors import UnfaithfulQuoteError
from overheard.records import Document, Utterance
from overheard.report import render_report
from overheard.report.quotes import REMOVED, Quoter
from tests.report.make_findings import blots_of, make_findings
from tests.report.properties import PROPERTY

DOCUMENT = Document("d", "apiary", "https://apiary.example/t/d", "A thread", None)


def make_utterance(text, not_own=()):
    return Utterance("u", "d", "p", 0, text, not_own, None, None, "https://apiary.example/t/d#1", "")


def shown(pieces):
    return "".join(piece.text for piece in pieces)


@PROPERTY
@given(st.text(min_size=1), st.data())
def test_a_quote_without_blots_is_the_slice_itself(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip():
        assert Quoter(lambda _: []).quote(make_utterance(text), DOCUMENT, start, end).text == text[start:end]


@PROPERTY
@given(st.text("ab ", min_size=3, max_size=40), st.data())
def test_no_blotted_character_is_shown(letters, data):
    """Blotted characters are marked X; whatever is cut out, none is left and all others are."""
    spans = data.draw(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
    blots = sorted(
        (min(pair), min(max(pair), len(letters))) for pair in spans if min(pair) < min(max(pair), len(letters))
    )
    marked = "".join("X" if any(a <= at < b for a, b in blots) else one for at, one in enumerate(letters))
    text = "." + marked
    moved = [(a + 1, b + 1) for a, b in blots]
    quote = Quoter(lambda _: moved).quote(make_utterance(text), DOCUMENT, 0, len(text))
    kept = "".join(piece.text for piece in quote.pieces if not piece.is_removed)
    assert kept == text.replace("X", "")
    assert ("X" in marked) == (REMOVED in quote.text)


def test_a_name_is_blotted_though_the_quote_begins_in_its_middle():
    text = "Thanks Orla Threlkeld for the strips."
    quote = Quoter(blots_of("Orla Threlkeld")).quote(make_utterance(text), DOCUMENT, text.index("Threlkeld"), len(text))
    assert quote.text == f"{REMOVED} for the strips."


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (0, 99, "do not exist"),
        (-3, 4, "do not exist"),
        (7, 7, "do not exist"),
        (9, 4, "do not exist"),
        (12, 14, "blank"),
        (1, 8, "somebody else's words"),
    ],
)
def test_a_span_that_does_not_fit_is_refused(start, end, why):
    utterance = make_utterance("> they said  \n I said", ((0, 11),))
    with pytest.raises(UnfaithfulQuoteError, match=why):
        Quoter(lambda _: []).quote(utterance, DOCUMENT, start, end)


def test_one_unfaithful_signal_stops_the_report():
    signals = list(make_findings().signals)
    signals[3] = replace(signals[3], end=5000)
    with pytest.raises(UnfaithfulQuoteError, match=f"signal {signals[3].signal_id}"):
        render_report(make_findings(signals=signals))


def test_a_signal_put_into_anothers_mouth_stops_the_report():
    signals = list(make_findings().signals)
    signals[0] = replace(signals[0], person_id="p12")
    with pytest.raises(UnfaithfulQuoteError, match="another person"):
        render_report(make_findings(signals=signals))


def test_a_signal_without_its_utterance_stops_the_report():
    signals = list(make_findings().signals)
    signals[0] = replace(signals[0], utterance_id="lost")
    with pytest.raises(UnfaithfulQuoteError, match="missing"):
        render_report(make_findings(signals=signals))


def test_a_terms_example_out_of_its_text_stops_the_report():
    terms = list(make_findings().terms)
    terms[0] = replace(terms[0], examples=(("paper-logs-0", 400, 408),))
    with pytest.raises(UnfaithfulQuoteError, match="hive log"):
        render_report(make_findings(terms=terms))


def test_a_concordance_line_stops_at_others_words_and_at_whole_words():
    text = "> the bees are fine\nmy mite count is off again and again and again because of the weather we have had"
    end_of_quote = text.index("\n")
    start = text.index("mite count")
    utterance = make_utterance(text, ((0, end_of_quote),))
    line = Quoter(lambda _: []).line(utterance, DOCUMENT, start, start + len("mite count"))
    assert (shown(line.left), shown(line.hit)) == ("my ", "mite count")
    assert shown(line.right) == " is off again and again and again because of"


@PROPERTY
@given(st.text(min_size=1, max_size=200), st.data())
def test_a_concordance_line_is_one_piece_of_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip():
        line = Quoter(lambda _: []).line(make_utterance(text), DOCUMENT, start, end)
        assert shown(line.left) + shown(line.hit) + shown(line.right) in text
        assert shown(line.hit) == text[start:end]
