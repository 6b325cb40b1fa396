from overheard.customers import read_answers
from overheard.settings import SurveySettings
from tests.customers.make import make_rows, person_of

SETTINGS = SurveySettings(
    name="spring", file="a.csv", person="Who", answered_at="When", feeling="Feel", benefit=("Gain",),
    importance={"on the day": "Imp"}, feelings={"Gutted": "very"},
)  # fmt: skip


def answers_of(text, settings=SETTINGS):
    return read_answers(make_rows(text), settings, person_of)


def test_answers_are_one_a_person_and_question():
    answers, unread = answers_of("Who,When,Feel,Gain,Imp\nAnn,25/01/2026,Very disappointed,No more counting,5\n")
    assert [(one.asked, one.subject, one.text) for one in answers] == [
        ("feeling", "", "very"), ("benefit", "", "No more counting"), ("importance", "on the day", "5")
    ]  # fmt: skip
    assert {one.person_id for one in answers} == {"p:ann"}
    assert answers[0].answered_at.isoformat() == "2026-01-25T00:00:00+00:00"
    assert unread == []


def test_somebody_who_answered_twice_counts_once_by_the_last_answers():
    answers, unread = answers_of("Who,When,Feel,Gain,Imp\nAnn,,Very disappointed,,\nann,,Not disappointed,,\n")
    assert [one.text for one in answers] == ["not"]
    assert [(one.line, "again" in one.why) for one in unread] == [(2, True)]


def test_own_wordings_are_told_and_unknown_ones_are_left_out_with_the_mend():
    answers, unread = answers_of("Who,When,Feel,Gain,Imp\nAnn,,Gutted,,9\nBo,,Meh,,\n,,Gutted,,\n")
    assert [(one.person_id, one.text) for one in answers] == [("p:ann", "very")]
    assert [one.line for one in unread] == [2, 3, 4]
    assert "feelings" in unread[1].why


def test_without_a_column_for_people_every_row_is_somebody():
    settings = SurveySettings(name="spring", file="a.csv", feeling="Feel")
    answers, _ = answers_of("Feel\nVery disappointed\nVery disappointed\n", settings)
    assert len({one.person_id for one in answers}) == 2
