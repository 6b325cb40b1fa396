import csv
import io
import re
from dataclasses import replace

import pytest

from overheard.errors import UnfaithfulQuoteError
from overheard.records import Role, Slot
from overheard.report import render_report
from overheard.report.sheets import MOST_ON_ONE_PAGE, MOST_SHEETS, short_person
from overheard.sheets import Candidate, write_sheets
from tests.report.make_findings import blots_of, make_findings, make_settings
from tests.report.reading import pages_of

SHEETS = {"sheets.html", "sheets.csv", "sheets.md", "reading.csv"}


@pytest.fixture(scope="module")
def files():
    return render_report(make_findings())


def rows_of(files, name="sheets.csv"):
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))


def make_threads(count, prefix="t"):
    """The first thread of the beekeepers, as often as asked for."""
    clean = make_findings()
    thread = clean.documents[0]
    posts = [one for one in clean.utterances if one.document_id == thread.document_id]
    own = {one.utterance_id for one in posts}
    documents, utterances, signals = [], [], []
    for number in range(count):
        documents.append(replace(thread, document_id=f"{prefix}{number:03}", title=f"Thread {number}"))
        for one in posts:
            key = f"{one.utterance_id}-{number}"
            utterances.append(replace(one, utterance_id=key, document_id=f"{prefix}{number:03}"))
        signals += [
            replace(one, signal_id=f"{one.signal_id}{number}", utterance_id=f"{one.utterance_id}-{number}")
            for one in clean.signals
            if one.utterance_id in own
        ]
    settings = make_settings(privacy={"smallest_group": 3})
    return make_findings(
        documents=documents, utterances=utterances, signals=signals, placements=[], terms=[], settings=settings
    )


def test_every_line_is_verbatim_and_has_its_address_and_its_pseudonym(files):
    told = {(one.url, short_person(one.person_id)): one for one in make_findings().utterances}
    rows = rows_of(files)
    assert len(rows) > 20
    for row in rows:
        utterance = told[row["url"], row["person"]]
        assert all(part in utterance.text for part in row["quote"].split("[removed]"))
        assert row["document_id"] == utterance.document_id


def test_the_table_holds_all_lines_and_the_page_the_first_few(files):
    rows = [row for row in rows_of(files) if (row["document_id"], row["heading"]) == ("paper-logs", "pains")]
    assert len(rows) == 7
    page = pages_of(files)["sheets.html"]
    assert "4 more in sheets.csv" in page.words
    assert sum(row["quote"] in page.quotes for row in rows[:3]) == 3
    assert (rows[0]["rung"], rows[0]["rung_in_words"]) == ("4", "says what was paid")


def test_the_headings_stand_in_order_and_rough_notes_are_left_blank(files):
    markdown = files["sheets.md"].decode()
    sheet = markdown.partition("## When do you treat?")[2].partition("\n## ")[0]
    assert re.findall("### (.+)", sheet) == [
        "Rough notes", "Pains", "Worldview", "Jargon candidates", "Recommendations", "Questions", "Also said"
    ]  # fmt: skip
    assert "### Rough notes\n\n### Pains" in sheet
    assert "- Bees read no calendars." in sheet.partition("### Worldview")[2].partition("###")[0]


def test_what_is_also_said_is_folded_away_with_its_kind(files):
    page = pages_of(files)["sheets.html"]
    assert len(page.all("details")) == 2
    assert "Also said: 1 line on jobs, wishes, workarounds, doubts and gains" in page.words
    assert "It is mostly fine. what is good 89% sure" in page.words


def test_jargon_is_shown_in_its_sentence(files):
    (row,) = [row for row in rows_of(files) if row["term"] == "voice notes" and row["url"].endswith("#4")]
    assert row["heading"] == "jargon"
    assert row["quote"].startswith("My voice notes are all called")
    assert row["times_general_english"] == "12"


def test_a_recommendation_tells_what_it_is_for_and_against():
    clean = make_findings()
    (signal,) = [one for one in clean.signals if one.kind == "recommendation"]
    start = signal.start + len("I recommend ")
    slots = [Slot(signal.signal_id, "product against", start, signal.end - 1)]
    sheets = write_sheets(clean.utterances, clean.signals, slots, {}, 3)
    files = render_report(make_findings(sheets=sheets))
    assert "against the board under the floor 89% sure" in pages_of(files)["sheets.html"].words
    (row,) = [row for row in rows_of(files) if row["kind"] == "recommendation"]
    assert row["sides"] == "against the board under the floor"
    assert "against the board under the floor" in files["sheets.md"].decode()


def test_somebody_found_to_be_staff_later_is_not_quoted():
    clean = make_findings()
    roles = [one for one in clean.roles if one.person_id != "p02"] + [Role("p02", "staff", ("declared",))]
    files = render_report(make_findings(roles=roles))
    for name in SHEETS:
        assert b"waterproof" not in files[name], name


def test_a_line_that_is_mostly_a_name_is_not_shown():
    told = "They swarmed on a Tuesday and"
    files = render_report(make_findings(blots=blots_of(told)))
    for name in SHEETS:
        assert b"I was at work" not in files[name], name


def test_a_term_that_is_a_name_is_no_jargon():
    clean = make_findings()
    term = Candidate("voice notes", 1, 12.0, 3.0, (("forgetting-4", 3, 14),))
    sheets = write_sheets(clean.utterances, clean.signals, [], {"forgetting": [term]}, 3)
    shown = rows_of(render_report(make_findings(sheets=sheets)))
    blotted = rows_of(render_report(make_findings(sheets=sheets, blots=blots_of("voice notes"))))
    assert [row["term"] for row in shown if row["heading"] == "jargon"] == ["voice notes"]
    assert [row["term"] for row in blotted if row["heading"] == "jargon"] == []


def test_a_line_nobody_said_stops_the_report():
    clean = make_findings()
    sheets = list(clean.sheets)
    heading = sheets[0].headings[0]
    line = heading.lines[0]
    bad = replace(heading, lines=(replace(line, signal=replace(line.signal, end=5000)),))
    sheets[0] = replace(sheets[0], headings=(bad, *sheets[0].headings[1:]))
    with pytest.raises(UnfaithfulQuoteError, match="a line of a sheet"):
        render_report(make_findings(sheets=sheets))


def test_a_passage_out_of_its_text_stops_the_report():
    turn = make_findings().reading[0]
    bad = replace(turn, passage=replace(turn.passage, utterance_id="lost"))
    with pytest.raises(UnfaithfulQuoteError, match="a line of a sheet"):
        render_report(make_findings(reading=(bad,)))


def test_a_passage_says_why_it_is_read(files):
    whys = [row["why"] for row in rows_of(files, "reading.csv")]
    assert whys[0] == "First of its kind: “hive log, notes, paper”, a pain of 6 people"
    assert whys[1] == "Another side of “hive log, notes, paper”, a pain of 6 people"
    # Told by one person, so it is not named.
    assert whys[2] == "First of its kind; belongs to no pain that many tell"
    assert not [why for why in whys if "swarming" in why]


def test_a_passage_like_an_earlier_one_names_its_number():
    turns = list(make_findings().reading)
    turns[2] = replace(turns[2], like=0)
    rows = rows_of(render_report(make_findings(reading=tuple(turns))), "reading.csv")
    assert rows[2]["why"] == "Comes back to number 1"
    assert [row["place"] for row in rows] == [str(at) for at in range(1, len(turns) + 1)]


def test_many_sheets_get_a_page_each():
    files = render_report(make_threads(MOST_ON_ONE_PAGE + 1))
    pages = pages_of(files)
    assert len([name for name in pages if name.startswith("sheet-")]) == MOST_ON_ONE_PAGE + 1
    assert "Thread 7: Keeping bees" in pages["sheet-t007.html"].words
    linked = {one["href"] for one in pages["sheets.html"].all("a")}
    assert {name for name in pages if name.startswith("sheet-")} <= linked


def test_a_poisoned_id_makes_no_path():
    files = render_report(make_threads(MOST_ON_ONE_PAGE + 1, prefix="../../<b>"))
    assert len([name for name in files if name.startswith("sheet-")]) == MOST_ON_ONE_PAGE + 1
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in files)


def test_few_sheets_stand_on_one_page():
    pages = pages_of(render_report(make_threads(MOST_ON_ONE_PAGE)))
    assert not [name for name in pages if name.startswith("sheet-")]
    anchors = {attributes.get("id") for _, attributes in pages["sheets.html"].tags}
    assert "sheet-t007" in anchors


@pytest.mark.slow
def test_sheets_that_tell_least_are_counted_and_kept_in_the_table():
    files = render_report(make_threads(MOST_SHEETS + 3))
    assert "3 of 203 sheets tell less than these" in pages_of(files)["sheets.html"].words
    assert len({row["document_id"] for row in rows_of(files)}) == MOST_SHEETS + 3


def test_threads_that_got_no_sheet_are_counted():
    files = render_report(replace(make_threads(3), without_sheet=7))
    told = "7 threads and interviews that tell least got no sheet"
    assert told in pages_of(files)["sheets.html"].words
    assert "Without a sheet, since they tell least: 7 threads and interviews" in files["sheets.md"].decode()


def test_without_sheets_there_is_no_word_of_them():
    files = render_report(make_findings(sheets=[], reading=()))
    assert SHEETS.isdisjoint(files)
    assert "sheet" not in pages_of(files)["index.html"].words.lower()
