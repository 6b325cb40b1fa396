import pytest

from overheard.customers import propose_mapping
from overheard.customers.questions import subject_of
from tests.customers.make import make_rows

FORM = """
Timestamp,Email address,How would you feel if you could no longer use Kettleworks?,What type of people would benefit most?,What is the main benefit you get?,How can we improve it for you?,How important is it to you to [finish the count on the day]?,How satisfied are you with [finish the count on the day]?,Plan,What did you use before?,Empty
1/29/2026 15:02:25,ann@example.org,Very disappointed,Small breweries with one stock room,It counts the kegs while I pour,Let me scan a torn label,5 - extremely,2,Pro,A spreadsheet my aunt made,
1/30/2026 09:10:00,bo@example.org,Somewhat disappointed,People who run a tap room alone,No more counting on Sunday night,Show yesterday beside today,4,1,Basic,Paper and a very blunt pencil,
1/31/2026 10:00:00,cy@example.org,Not disappointed,Anyone who counts the same thing twice,Nothing that my notebook cannot do,Make it work without a phone,3,4,Pro,The notebook my father left me,
"""  # noqa: E501


@pytest.fixture
def proposal():
    rows = make_rows(FORM)
    return propose_mapping(list(rows[0].values), rows)


def test_a_form_of_the_four_questions_is_mapped_without_a_hand(proposal):
    parts = {one.name.split(" ")[0] + str(number): one.part for number, one in enumerate(proposal.columns)}
    assert list(parts.values()) == [
        "answered_at", "person", "feeling", "who_benefits", "benefit", "hold_back", "importance", "satisfaction",
        "choices", "texts", "",
    ]  # fmt: skip
    assert proposal.columns[-1].why == "is empty"


def test_importance_and_satisfaction_of_one_outcome_have_one_subject(proposal):
    rated = [one.subject for one in proposal.columns if one.part in ("importance", "satisfaction")]
    assert rated == ["finish the count on the day"] * 2


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("How important is it to you? [Paid on time]", "Paid on time"),
        ("How satisfied are you with the speed of the reports?", "the speed of the reports"),
        ("Importance", "Importance"),
    ],
)
def test_the_subject_of_a_rating_stands_in_brackets_or_at_its_end(question, subject):
    assert subject_of(question) == subject


@pytest.mark.parametrize(
    ("header", "values", "part"),
    [
        (
            "Erstellt am",
            ("2026-10-10 16:02:23 -0800", "2026-10-11 09:00:00 -0800", "2026-10-11 09:00:00 -0800"),
            "answered_at",
        ),
        ("Version", ("3.11.2", "3.10.1", "3.11.2"), "choices"),
        ("Year founded", ("1999", "2004", "1999"), "choices"),
    ],
)
def test_a_column_whose_values_are_dates_holds_times_whatever_it_is_called(header, values, part):
    rows = make_rows(header + "\n" + "\n".join(values) + "\n")
    assert propose_mapping([header], rows).columns[0].part == part


def test_a_column_of_numbers_that_repeat_is_no_respondent():
    rows = make_rows("id,note\n1,a word or two of mine\n1,another few words here\n")
    assert propose_mapping(["id", "note"], rows).names("person") == ()
