"""What text transcripts say: names, times, heads, and the words that only look like names."""

import pytest

from overheard.records import Reading
from overheard.transcripts import read_transcript


def read(text: str, place: str = "talk.txt") -> Reading:
    return read_transcript(place, text.encode())


def turns(reading: Reading) -> list[tuple[str, str]]:
    return [(post.author, post.text) for post in reading.posts]


SAID = [
    ("Ines Vale", "How is the boat?"),
    ("Rob Tarn", "She leaks."),
    ("Ines Vale", "Since when?"),
    ("Rob Tarn", "May."),
]
SECONDS = [5, 9, 62, 70]

LAYOUTS = {
    "name": "{name}: {text}\n",
    "time before": "[00:{m:02d}:{s:02d}] {name}: {text}\n",
    "short time before": "({m:02d}:{s:02d}) {name}: {text}\n",
    "bare time before": "00:{m:02d}:{s:02d} {name}: {text}\n",
    "time and dash before": "00:{m:02d}:{s:02d} - {name}: {text}\n",
    "time after": "{name}: [00:{m:02d}:{s:02d}] {text}\n",
    "time beside": "{name} ({m:02d}:{s:02d}): {text}\n\n",
    "Rev": "{name} ({m:02d}:{s:02d}):\n{text}\n\n",
    "Rev's pages": "{name} ([{m:02d}:{s:02d}](https://rev.example/t?ts={s})):\n{text}\n\n",
    "Otter": "{name}  {m}:{s:02d}  \n{text}\n\n",
    "Zoom text": "[{name}] 00:{m:02d}:{s:02d}\n{text}\n\n",
    "Teams text": "{name}\n{m}:{s:02d}\n{text}\n\n",
    "Meet": "00:{m:02d}:{s:02d}\n\n{name}: {text}\n\n",
    "range": "[00:{m:02d}:{s:02d} - 00:09:59] {name}: {text}\n",
    "bold": "**{name}:** {text}\n\n",
    "bold, colon outside": "**{name}**: {text}\n\n",
    "bold and time": "**{name}** [{m}:{s:02d}] {text}\n\n",
    "bold and bare time": "**{name}**  {m}:{s:02d}  \n{text}\n\n",
    "bold time inside": "**{name} ({m:02d}:{s:02d}):** {text}\n\n",
    "bold in a list": "- **{name}:** {text}\n",
    "bold after time": "\\[00:{m:02d}:{s:02d}\\] **{name}:** {text}\n\n",
    "bracketed": "[00:{m:02d}:{s:02d}] [{name}] {text}\n\n",
    "heading": "### {name}\n\n{text}\n\n",
    "heading and time": "## {name} [00:{m:02d}:{s:02d}]\n{text}\n\n",
    "Descript": "**{name}:** [00:{m:02d}:{s:02d}] {text}\n\n",
    "Happy Scribe": "[00:{m:02d}:{s:02d}] - {name}\n{text}\n\n",
    "Word": "00:{m:02d}:{s:02d} {name}\n{text}\n",
    "Teams text without gaps": "{name}\n{m}:{s:02d}\n{text}\n",
    "Teams text for screen readers": "{name}\n{m} minutes {s} seconds\n{m}:{s:02d}\n{name} {s} seconds\n{text}\n",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("opening", ["", "Talk about boats, harbour, May\n\n"])
def test_turns_are_read_in_every_layout(layout: str, opening: str) -> None:
    text = opening + "".join(
        layout.format(name=name, text=text, m=second // 60, s=second % 60)
        for (name, text), second in zip(SAID, SECONDS, strict=True)
    )
    reading = read(text)
    assert turns(reading) == SAID
    has_times = "{s:02d}" in layout
    assert [post.url for post in reading.posts] == (
        ["#t=00:00:05", "#t=00:00:09", "#t=00:01:02", "#t=00:01:10"] if has_times else [None] * 4
    )
    assert reading.title == ("Talk about boats, harbour, May" if opening else "talk.txt")
    assert reading.problems == ()


@pytest.mark.parametrize(
    "pair", [("Interviewer", "Participant"), ("Q", "A"), ("INT", "P03"), ("Speaker 1", "Speaker 2")]
)
def test_roles_are_speakers(pair: tuple[str, str]) -> None:
    asks, answers = pair
    reading = read(f"{asks}: How is it?\n{answers}: Cold.\n{asks}: Why?\n{answers}: No stove.\n")
    assert [post.author for post in reading.posts] == [asks, answers, asks, answers]


def test_two_lines_with_a_name_each_are_a_conversation() -> None:
    assert turns(read("Ada: Shall we?\nBo Lind: Yes.\n")) == [("Ada", "Shall we?"), ("Bo Lind", "Yes.")]


def test_names_in_lower_case_are_speakers_when_they_open_most_lines() -> None:
    reading = read("ada: hm\nbo: what\nada: no\nbo: so\nada: go\nbo: ok\n")
    assert [post.author for post in reading.posts] == ["ada", "bo"] * 3


def test_a_head_is_no_turn_even_where_it_says_who_asks() -> None:
    reading = read(
        "Title: Boats and money\nDate: 3 May\nInterviewer: Ines Vale\nParticipant: Rob Tarn\n\n"
        "Interviewer: How is it?\nParticipant: Bad.\nInterviewer: Why?\nParticipant: Rain.\n"
    )
    assert turns(reading)[0] == ("Interviewer", "How is it?")
    assert len(reading.posts) == 4
    assert reading.title == "Boats and money"


def test_a_long_head_is_told() -> None:
    head = "".join(f"we agreed on rule number {index}.\n" for index in range(20))
    reading = read(f"{head}\nAda: One.\nBo: Two.\nAda: Three.\nBo: Four.\n")
    assert reading.problems == ((1, "20 lines before the first turn are left out"),)


def test_a_word_before_a_colon_within_a_turn_stays_in_the_turn() -> None:
    reading = read(
        "Ada: What did you buy?\nBo: Three things.\nNote: all of them second hand.\nPaint: four tins.\n"
        "Ada: And?\nBo: Rope.\n"
    )
    assert turns(reading)[1] == ("Bo", "Three things.\nNote: all of them second hand.\nPaint: four tins.")


def test_a_full_name_that_speaks_once_is_a_speaker_among_labelled_turns() -> None:
    reading = read("Ada Orr: One?\nBo Lind: Two.\nAda Orr: Three?\nBo Lind: Four.\nCy Marsh: Bye.\n")
    assert turns(reading)[-1] == ("Cy Marsh", "Bye.")


def test_titles_and_places_after_a_comma_belong_to_the_name() -> None:
    reading = read("Ada Orr, PhD: One?\nBo: Two.\nAda Orr, PhD: Three?\nBo: Four.\n")
    assert [post.author for post in reading.posts] == ["Ada Orr, PhD", "Bo"] * 2


def test_long_answers_broken_by_hand_do_not_hide_who_speaks() -> None:
    answer = "\n".join(f"and so the winter went on and on, and week {week} was worse" for week in range(80))
    reading = read(f"Ada: How?\n\nBo: Badly\n{answer}\n\nAda: And?\n\nBo: Gone\n{answer}\n")
    assert [post.author for post in reading.posts] == ["Ada", "Bo"] * 2


def test_paragraphs_stay_and_lines_broken_by_hand_are_joined() -> None:
    reading = read(
        "Ada: How did the winter go for you and for the boys, and\n"
        "the cat? And did the roof of the old shed above the mill\nStand it?\n"
        "Bo: It stood.\n\nBut the door went.\n\nAda: Oh.\nBo: Yes.\n"
    )
    assert turns(reading)[0][1] == (
        "How did the winter go for you and for the boys, and the cat? "
        "And did the roof of the old shed above the mill Stand it?"
    )
    assert turns(reading)[1][1] == "It stood.\n\nBut the door went."


def test_times_within_sentences_are_words() -> None:
    reading = read("Ada: When?\nBo: We open at\n10:30 sharp: no sooner.\nAda: Good.\nBo: It is 9:15 now.\n")
    assert turns(reading)[1] == ("Bo", "We open at\n10:30 sharp: no sooner.")
    assert {post.url for post in reading.posts} == {None}


def test_a_time_in_the_middle_of_a_turn_is_not_spoken() -> None:
    reading = read("**Ada:** One.\n\n\\[00:07\\] Two \\[coughs\\].\n\n**Bo:** Three.\n\n**Ada:** Four.\n")
    assert turns(reading)[0] == ("Ada", "One.\n\nTwo [coughs].")


def test_a_label_with_no_words_is_no_turn() -> None:
    reading = read("**Ada:** One.\n\n**Break:** \\[01:24\\]\n\n**Bo:** Two.\n\n**Ada:** Three.\n")
    assert [post.author for post in reading.posts] == ["Ada", "Bo", "Ada"]
    assert [post.position for post in reading.posts] == [0, 1, 2]


def test_bold_words_in_a_turn_are_emphasis() -> None:
    reading = read("**Ada:** Well?\n\n**Bo:** Look.\n\n**Never** again, I said.\n\n**Ada:** Oh.\n")
    assert turns(reading)[1] == ("Bo", "Look.\n\n**Never** again, I said.")


def test_a_known_name_alone_on_a_line_is_a_turn() -> None:
    reading = read("Ada  0:03  \nOne.\n\nBo  0:07  \nTwo.\n\nAda\nThree.\n")
    assert turns(reading) == [("Ada", "One."), ("Bo", "Two."), ("Ada", "Three.")]
    assert reading.posts[2].url is None


def test_headings_and_rules_between_turns_are_not_spoken() -> None:
    reading = read("Ada: One.\n---\n## Part two\nBo: Two.\nAda: Three.\nBo: Four.\nTranscribed by https://otter.ai\n")
    assert [text for _, text in turns(reading)] == ["One.", "Two.", "Three.", "Four."]
    assert reading.problems == ((3, "a heading is left out: ## Part two"),)


def test_lines_with_times_and_no_names_are_joined_into_turns_of_half_a_minute() -> None:
    reading = read("00:00:00 We left\n00:00:12 early.\n\n00:00:25 It rained.\n\n00:01:02 We came back.\n")
    assert [(post.text, post.url) for post in reading.posts] == [
        ("We left early. It rained.", "#t=00:00:00"),
        ("We came back.", "#t=00:01:02"),
    ]


def test_times_alone_above_their_words_are_read() -> None:
    reading = read("0:00\nwe left early\n0:04\nokay\n0:07\nand it rained\n")
    assert turns(reading) == [("", "we left early okay and it rained")]
    assert reading.posts[0].url == "#t=00:00:00"


@pytest.mark.parametrize("asked", ["Question", "Pregunta", "Q"])
def test_numbered_questions_are_one_asker_and_the_answers_below_are_not_his(asked: str) -> None:
    blocks = [f"{asked} {number}: Is it {number}?\nI think so.\nYes.\n" for number in range(1, 5)]
    reading = read("\n".join(blocks))
    assert turns(reading)[:3] == [(asked, "Is it 1?"), ("", "I think so.\nYes."), (asked, "Is it 2?")]
    assert len(reading.posts) == 8


def test_a_broken_time_is_told_and_its_words_are_kept() -> None:
    reading = read("[00:00:01] Ada: One.\n[00:99:00] Bo: Two.\n[00:00:09] Ada: Three.\n")
    assert [(post.text, post.url) for post in reading.posts] == [
        ("One.", "#t=00:00:01"),
        ("Two.", None),
        ("Three.", "#t=00:00:09"),
    ]
    assert reading.problems == ((2, "`00:99:00` is no time; the words are kept"),)


def test_minutes_past_the_hour_are_counted_on() -> None:
    reading = read("Ada  59:58  \nOne.\n\nBo  75:30  \nTwo.\n\nAda  1:16:02  \nThree.\n")
    assert [post.url for post in reading.posts] == ["#t=00:59:58", "#t=01:15:30", "#t=01:16:02"]


def test_chapters_between_speakers_headings_are_left_out_and_told() -> None:
    reading = read(
        "# Boats\n\n## Ada\n\nOne.\n\n## The storm\n\n## Bo Lind\n\nTwo.\n\n## Ada\n\nThree.\n\n## Bo Lind\n\nSo.\n"
    )
    assert turns(reading) == [("Ada", "One."), ("Bo Lind", "Two."), ("Ada", "Three."), ("Bo Lind", "So.")]
    assert reading.problems == ((7, "a heading is left out: ## The storm"),)


CHAT = """10:02:13 From Ines Vale to Everyone:
\tHow is the boat?
10:02:40 From  Rob Tarn  to  Ines Vale(Direct Message):
\tReplying to "How is the boat?"

\tShe leaks: at the stern.
10:02:51 From Ines Vale to Everyone:
\tReacted to "She leaks: at the..." with 😢
10:03:02 From Rob Tarn : Removed a 😢 reaction from "She leaks: at the..."
10:03:05 From Rob Tarn : May.
"""


def test_messages_of_a_meetings_chat_are_posts_and_clicks_are_not() -> None:
    posts = read(CHAT).posts
    assert [(post.author, post.text) for post in posts] == [
        ("Ines Vale", "How is the boat?"),
        ("Rob Tarn", 'Replying to "How is the boat?"\n\nShe leaks: at the stern.'),
        ("Rob Tarn", "May."),
    ]
    start, end = posts[1].not_own[0]
    assert posts[1].text[start:end] == 'Replying to "How is the boat?"'
    assert {(post.url, post.said_at) for post in posts} == {(None, None)}


def test_a_thought_in_the_first_person_is_no_speaker() -> None:
    reading = read("Ada: Well?\nBo: So.\nI: the one who waits.\nAda: Yes?\nBo: Yes.\n")
    assert turns(reading)[1] == ("Bo", "So.\nI: the one who waits.")
