"""Who asks and who answers, as far as labels, heads and layouts tell; and whom a label names."""

import pytest

from overheard.records import Reading
from overheard.transcripts import names_nobody, read_transcript


def read(text: str) -> Reading:
    return read_transcript("talk.txt", text.encode())


def parts(reading: Reading) -> dict[str, str]:
    return {post.author: post.rank for post in reading.posts}


PAIRS = [
    ("Interviewer", "Participant"),
    ("INTERVIEWER 1", "RESPONDENT"),
    ("Moderator", "P3"),
    ("Host", "Guest"),
    ("Agent", "Customer"),
    ("Interviewerin", "Befragte"),
    ("Vraag", "Antwoord"),
    ("Enquêteur", "Enquêtée"),
    ("Entrevistadora", "Entrevistado"),
    ("Pesquisador", "Participante"),
    ("Intervistatore", "Intervistata"),
    ("Intervjuare", "Deltagare"),
    ("Spørgsmål", "Svar"),
    ("Haastattelija", "Haastateltava"),
    ("Badaczka", "Respondent"),
    ("Tazatel", "Účastník"),
    ("Kérdező", "Válaszadó"),
    ("Întrebare", "Răspuns"),
    ("Интервьюер", "Респондент"),
    ("Дослідник", "Учасниця"),
    ("Ερώτηση", "Απάντηση"),
    ("Görüşmeci", "Katılımcı"),
    ("المحاور", "المشارك"),
    ("מראיינת", "משתתף"),
    ("प्रश्न", "उत्तर"),
    ("Pewawancara", "Narasumber"),
    ("采访者", "受访者"),
    ("訪員", "受訪者2"),
    ("聞き手", "回答者A"),
    ("면접관", "응답자"),
    ("Q", "A"),
    ("I", "P1"),
    ("I", "B"),
    ("M", "R2"),
    ("P", "R"),
    ("E", "P"),
    ("D", "R"),
    ("В", "О"),
]


@pytest.mark.parametrize(("asks", "answers"), PAIRS)
def test_labels_tell_who_asks_in_many_languages(asks: str, answers: str) -> None:
    reading = read(f"{asks}: Is it cold?\n{answers}: Very.\n{asks}: And wet?\n{answers}: That too.\n")
    assert parts(reading) == {asks: "Interviewer", answers: "Participant"}
    assert len(reading.posts) == 4


@pytest.mark.parametrize(
    ("head", "names", "expected"),
    [
        ("", ("Ines Vale (Host)", "Rob"), ("Interviewer", "Participant")),
        ("", ("Moderator Ines", "Rob"), ("Interviewer", "Participant")),
        ("", ("Ines", "Participant"), ("Interviewer", "Participant")),
        ("", ("Ines", "Customer"), ("Interviewer", "Participant")),
        ("Interviewer: Ines Vale\nDate: May\n\n", ("Ines", "Rob"), ("Interviewer", "Participant")),
        ("Interviewer: Ines Vale\nDate: May\n\n", ("IV", "RT"), ("Interviewer", "Participant")),
        ("Date: May\nParticipants: Rob Tarn\n\n", ("Ines", "Rob"), ("", "")),
        ("", ("Ines", "Rob"), ("", "")),
        ("", ("A", "B"), ("", "")),
        ("", ("Speaker 1", "Speaker 2"), ("", "")),
        ("", ("Host", "Narrator"), ("Interviewer", "")),
    ],
)
def test_heads_and_company_tell_who_asks(head: str, names: tuple[str, str], expected: tuple[str, str]) -> None:
    asks, answers = names
    reading = read(f"{head}{asks}: Is it cold?\n{answers}: Very.\n{asks}: And wet?\n{answers}: That too.\n")
    assert parts(reading) == dict(zip(names, expected, strict=True))


def test_beside_participants_two_others_may_both_answer() -> None:
    reading = read("Participant: Cold.\nAda: Why?\nBo: Yes?\nParticipant: Wet.\nAda: And?\nBo: So?\n")
    assert parts(reading) == {"Participant": "Participant", "Ada": "", "Bo": ""}


@pytest.mark.parametrize("asked", ["Question", "Pergunta", "问题", "Q", "Frage"])
def test_a_numbered_question_is_the_interviewers_and_what_stands_below_is_not(asked: str) -> None:
    reading = read("\n".join(f"{asked} {number}: Is it cold there?\nVery, and wet.\n" for number in range(1, 5)))
    assert [post.rank for post in reading.posts] == ["Interviewer", "Participant"] * 4


QUESTIONS = ["How do you fish?", "Where do you fish?", "Tell me when", "And the nets?"]


@pytest.mark.parametrize("layout", ["## {text}", "**{text}**", "{row}. {text}", "{row}) {text}", "Q{row}. {text}"])
def test_questions_without_any_label_are_the_interviewers(layout: str) -> None:
    blocks = [f"{layout.format(text=text, row=row)}\n\nAt sea.\nMostly.\n" for row, text in enumerate(QUESTIONS, 1)]
    reading = read("# Notes of a visit\n\n" + "\n".join(blocks))
    assert [(post.author, post.rank) for post in reading.posts] == [
        ("Question", "Interviewer"),
        ("", "Participant"),
    ] * 4
    assert [post.text for post in reading.posts[::2]] == QUESTIONS
    assert {post.text for post in reading.posts[1::2]} == {"At sea.\nMostly."}


@pytest.mark.parametrize(
    "text",
    [
        "1. Buy rope.\n2. Buy tar.\n3. Sell the cart.\n4. Where is the cat?\nGone.\n",
        "Where is it?\nAt sea.\nWho?\nBo.\n",
        "## Where is it?\n\nAt sea.\n\n## Boats\n\nTwo.\n",
    ],
)
def test_lists_and_chapters_that_do_not_ask_are_no_interview(text: str) -> None:
    with pytest.raises(Exception, match="no turn found"):
        read(text)


@pytest.mark.parametrize(
    ("label", "is_nobody"),
    [
        ("Participant", True),
        ("Participant 3", True),
        ("P07", True),
        ("Speaker 1", True),
        ("SPEAKER_00", True),
        ("spk_0", True),
        ("Channel 1", True),
        ("B", True),
        ("受访者", True),
        ("", True),
        ("Ines Vale", False),
        ("Rob", False),
        ("Al", False),
    ],
)
def test_labels_that_every_file_uses_anew_name_nobody(label: str, is_nobody: bool) -> None:
    assert names_nobody(label) is is_nobody
