import json
from dataclasses import replace
from datetime import date

import pytest

from overheard.records import Membership
from overheard.report import NIGHT_FILE, NIGHTS_FILE, Earlier, read_night, render_report
from overheard.report.nights.compare import compare_nights, count_flows
from overheard.report.nights.page import COMPARED, MONTHS, nights_view
from overheard.report.nights.summary import Group, Night, write_night
from tests.report.make_findings import make_findings
from tests.report.reading import pages_of

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


def make_night(night="2026-08-01", pains=(), segments=(), people=100, report_id=""):
    return Night(night, report_id or f"id{night}", people, 400, night, tuple(pains), tuple(segments))


def beside(*nights):
    return [Earlier(f"{one.report_id}-aa", one) for one in nights]


def test_a_night_is_read_as_it_was_written():
    terms = [replace(one, people=6) for one in make_findings().terms if one.group_id == "seg-mites"]
    files = render_report(make_findings(night="2026-09-01", terms=terms))
    night = read_night(files[NIGHT_FILE])
    assert night.night == "2026-09-01"
    assert [one.group_id for one in night.pains] == ["log", "mites"]
    assert night.segments[1].terms == ("mite count",)
    assert write_night(night) == files[NIGHT_FILE]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"schema": 99}', b'{"schema": 1, "night": "<script>"}', b'{"schema": 1, "night": 5}', b"\xff"],
)
def test_what_is_no_summary_of_this_release_is_left_out(content):
    assert read_night(content) is None


def test_pains_rise_and_fall_only_beyond_what_is_likely():
    def pains(**people):
        return [Group(name, name, count) for name, count in people.items()]

    then = make_night("2026-07-01", pains(a=10, b=40, c=20, d=9))
    now = make_night("2026-08-01", pains(a=40, b=10, c=25, e=30))
    found = compare_nights(then, now, (), 5)
    assert {word: [one.name for one in rows] for word, rows in found.pains.items()} == {
        "rose": ["a"], "fell": ["b"], "is new": ["e"], "is gone": ["d"],
    }  # fmt: skip
    assert (found.steady, found.changes) == (1, 4)


@pytest.mark.parametrize(("then", "now", "is_close"), [(12, 12, False), (12, 13, True), (13, 9, True), (12, 17, False)])
def test_a_change_by_fewer_people_than_may_be_shown_is_not_told_in_figures(then, now, is_close):
    nights = [
        make_night(night, [Group("a", "a", count)], [Group("s", "s", count)], people=100)
        for night, count in (("2026-07-01", then), ("2026-08-01", now))
    ]
    found = compare_nights(*nights, (), 5)
    assert found.segments[0].move.is_close is is_close


@pytest.mark.parametrize(
    ("stayed", "left", "came", "is_told"),
    [(12, 0, 0, True), (12, 0, 1, False), (12, 1, 0, False), (12, 6, 0, True), (12, 6, 2, False), (12, 6, 7, True)],
)
def test_where_so_few_moved_that_figures_would_tell_them_no_moves_are_told(stayed, left, came, is_told):
    def place(person, segment, since, until=None):
        return Membership(person, segment, 0.9, "needs", since, until)

    rows = [place(f"k{at}", "s", JULY) for at in range(stayed)]
    rows += [place(f"l{at}", "s", JULY, AUGUST) for at in range(left)]
    rows += [place(f"l{at}", None, AUGUST) for at in range(left)]
    rows += [place(f"c{at}", "s", AUGUST) for at in range(came)]
    then = make_night("2026-07-01", segments=[Group("s", "s", stayed + left)])
    now = make_night("2026-08-01", segments=[Group("s", "s", stayed + came)])
    [segment] = compare_nights(then, now, rows, 5).segments
    assert bool(segment.went) is is_told


def test_a_long_list_tells_how_many_more_there_are():
    now = make_night("2026-08-01", [Group(f"p{at:02}", f"pain {at}", 5 + at) for at in range(20)])
    found = compare_nights(make_night("2026-07-01"), now, (), 5)
    assert [one.name for one in found.pains["is new"]][:2] == ["pain 19", "pain 18"]
    assert found.more["is new"] == 8
    assert found.changes == 20


def make_moves():
    """Nine stay, six go from one segment to the other, two leave it for none, seven are new."""
    rows = [Membership(f"a{at}", "one", 0.9, "needs", JULY, None) for at in range(9)]
    for at in range(6):
        rows += [
            Membership(f"b{at}", "one", 0.9, "needs", JULY, AUGUST),
            Membership(f"b{at}", "two", 0.9, "needs", AUGUST, None),
        ]
    for at in range(2):
        rows += [
            Membership(f"c{at}", "one", 0.9, "needs", JULY, AUGUST),
            Membership(f"c{at}", None, 0.0, "unsure", AUGUST, None),
        ]
    return rows + [Membership(f"d{at}", "two", 0.9, "needs", AUGUST, None) for at in range(7)]


def test_where_people_of_a_segment_went_is_counted_from_their_history():
    assert count_flows(make_moves(), "2026-07-15") == {
        ("one", "one"): 9, ("one", "two"): 6, ("one", ""): 2, ("", "two"): 7,
    }  # fmt: skip


def test_moves_of_few_people_cannot_be_worked_out():
    then = make_night("2026-07-15", segments=[Group("one", "wet logs", 17)])
    now = make_night("2026-08-01", segments=[Group("one", "wet logs", 9), Group("two", "mites", 13)])
    first = next(one for one in compare_nights(then, now, make_moves(), 5).segments if one.move.group_id == "one")
    assert dict(first.went) == {"wet logs": 9, "mites": None, "": None}


def test_words_of_a_segment_that_came_and_went_are_told():
    then = make_night("2026-07-01", segments=[Group("one", "logs", 9, tuple("abcde"))])
    now = make_night("2026-08-01", segments=[Group("one", "logs", 9, tuple("abdcf"))])
    (one,) = compare_nights(then, now, (), 5).segments
    assert one.alike == pytest.approx(0.8418, abs=1e-4)
    assert (one.words_in, one.words_out) == (("f",), ("e",))


def test_the_calendar_lists_every_earlier_night_and_leads_to_it():
    old = [make_night("2026-07-01"), make_night("2026-08-01"), make_night("2026-10-01")]
    findings = make_findings(night="2026-09-01", earlier=beside(*old))
    page = pages_of(render_report(findings))[NIGHTS_FILE]
    links = [link["href"] for link in page.all("a") if link["href"].startswith("../")]
    # A night to come is not told of.
    assert [link for link in links if link.endswith("index.html")] == [
        "../id2026-08-01-aa/index.html", "../id2026-07-01-aa/index.html",
    ]  # fmt: skip
    assert "../id2026-08-01-aa/nights.html#with-id2026-07-01-aa" in links
    assert {"#with-id2026-08-01-aa", "#with-id2026-07-01-aa"} <= {link["href"] for link in page.all("a")}
    assert "Since 1\xa0August" in "".join(page.text)


def test_another_report_of_the_same_night_is_compared_without_guessing_who_moved():
    findings = make_findings(
        night="2026-09-01", earlier=beside(make_night("2026-09-01", segments=[Group("x", "x", 9)]))
    )
    words = pages_of(render_report(findings))[NIGHTS_FILE].words
    assert "the same night in report id2026-09-01" in words
    assert "Its people of then" not in words


def test_an_edition_of_the_same_findings_is_not_a_night_of_its_own():
    same = make_night("2026-09-01", report_id=make_findings().report_id)
    words = pages_of(render_report(make_findings(night="2026-09-01", earlier=beside(same))))[NIGHTS_FILE].words
    assert "No earlier report lies beside this one" in words


def test_another_report_of_the_same_night_changes_the_page_of_nights_alone():
    alone = render_report(make_findings(night="2026-09-01"))
    beside_others = render_report(make_findings(night="2026-09-01", earlier=beside(make_night("2026-09-01"))))
    assert {name for name in alone if alone[name] != beside_others[name]} == {NIGHTS_FILE}


def test_of_years_of_nights_the_newest_and_the_first_of_a_years_months_are_compared():
    days = [date.fromordinal(date(2024, 9, 1).toordinal() + at).isoformat() for at in range(700)]
    view = nights_view(make_night("2026-09-01"), beside(*map(make_night, days)), (), 5)
    assert (len(view.rows), view.older) == (401, 300)
    assert len(view.pairs) == COMPARED + MONTHS
    assert view.pairs[COMPARED + 1][0].night.night.endswith("-01")


def test_a_year_of_busy_nights_makes_no_heavy_page():
    """Every pain of two hundred changes every night."""
    pains = [[Group(f"p{at}-{night % 3}", f"a pain with a name of some length {at}", 9) for at in range(200)]
             for night in range(365)]  # fmt: skip
    nights = [
        make_night(f"202{5 + at // 200}-{at % 200 // 20 + 1:02}-{at % 20 + 1:02}", own) for at, own in enumerate(pains)
    ]
    files = render_report(make_findings(night="2026-12-31", earlier=beside(*nights)))
    assert len(files[NIGHTS_FILE]) < 1_000_000


def test_nothing_of_an_earlier_night_becomes_markup():
    hostile = '<script>alert(1)</script>" onload="alert(1)'
    groups = [Group(hostile, hostile, 9, (hostile,))]
    earlier = replace(make_night("2026-08-01", groups, groups), report_id=hostile)
    page = pages_of(render_report(make_findings(night="2026-09-01", earlier=[Earlier("a-b", earlier)])))[NIGHTS_FILE]
    assert page.all("script") == []
    assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on")]
    assert hostile in page.words
    assert json.loads(write_night(earlier))["report_id"] == hostile
