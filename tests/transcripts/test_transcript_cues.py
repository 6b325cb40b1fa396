"""What WebVTT and SubRip files say, in the versions that programs export and people break by hand."""

import pytest

from overheard.records import Reading
from overheard.transcripts import read_transcript


def read(text: str, place: str = "talk.vtt") -> Reading:
    return read_transcript(place, text.encode())


def turns(reading: Reading) -> list[tuple[str, str]]:
    return [(post.author, post.text) for post in reading.posts]


VOICES = """WEBVTT - A talk about boats

NOTE recorded on a phone

STYLE
::cue { color: red }

1f2e-44/12-0
00:00:01.000 --> 00:00:04.000 align:start
<v Ines Vale>How is the <i>boat</i>?</v>

1f2e-44/13-0
00:00:04.500 --> 00:00:07.000
<v Rob &amp; Sons>Wet. She leaks at the stern &lt;still&gt;.</v>

1f2e-44/14-0
00:01:07.000 --> 00:01:09.000
<v.loud Rob &amp; Sons>And the pump
is <00:01:08.000><c.yellow>broken</c>.</v>
"""


def test_voice_tags_name_speakers_and_markup_is_not_spoken() -> None:
    reading = read(VOICES)
    assert turns(reading) == [
        ("Ines Vale", "How is the boat?"),
        ("Rob & Sons", "Wet. She leaks at the stern <still>. And the pump is broken."),
    ]
    assert [post.url for post in reading.posts] == ["#t=00:00:01", "#t=00:00:04"]
    assert [post.position for post in reading.posts] == [0, 1]
    assert (reading.title, reading.problems) == ("A talk about boats", ())


def test_names_before_a_colon_are_speakers_when_they_come_back() -> None:
    reading = read(
        "1\n00:00:01,000 --> 00:00:02,000\nInes Vale: How is it?\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nRob: Bad.\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nNote: that was last year.\n\n"
        "4\n00:00:04,000 --> 00:00:05,000\nOne thing: it rained.\n\n"
        "5\n00:00:05,000 --> 00:00:06,000\nInes Vale: And now?\n\n"
        "6\n00:00:06,000 --> 00:00:07,000\nRob: Worse.\n",
        "talk.srt",
    )
    assert turns(reading) == [
        ("Ines Vale", "How is it?"),
        ("Rob", "Bad. Note: that was last year. One thing: it rained."),
        ("Ines Vale", "And now?"),
        ("Rob", "Worse."),
    ]
    assert reading.title == "talk.srt"


@pytest.mark.parametrize("word", ["Note", "Warning", "Step 2", "So", "For example"])
def test_a_word_that_introduces_a_sentence_is_no_speaker_however_often_it_comes(word: str) -> None:
    reading = read(
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n{word}: mind the gap.\n\n00:02.000 --> 00:03.000\n{word}: mind the cat.\n"
    )
    assert turns(reading) == [("", f"{word}: mind the gap. {word}: mind the cat.")]


def test_a_name_mentioned_twice_in_a_long_talk_is_no_speaker() -> None:
    said = [f"The tide number {index} came in." for index in range(60)]
    said[10] = said[40] = "Harbour Lights: they lend lamps."
    cues = "\n\n".join(f"00:{index:02d}.000 --> 00:{index:02d}.900\n{line}" for index, line in enumerate(said))
    assert {post.author for post in read(f"WEBVTT\n\n{cues}\n").posts} == {""}


ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.389 align:start position:0%
\x20
we<00:00:00.480><c> bought</c><00:00:00.640><c> nets</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
we bought nets
\x20

00:00:02.399 --> 00:00:04.230 align:start position:0%
we bought nets
and<00:00:02.560><c> then</c><00:00:03.000><c> more</c>

00:00:04.230 --> 00:00:04.240 align:start position:0%
and then more
\x20

00:00:04.240 --> 00:00:06.000 align:start position:0%
and then more
nets tore
"""


def test_rolling_captions_are_given_once() -> None:
    assert turns(read(ROLLING)) == [("", "we bought nets and then more nets tore")]


def test_captions_that_grow_are_given_once() -> None:
    grown = ["it was", "it was a long", "it was a long winter", "so we", "so we sold", "so we sold the cart"]
    cues = "".join(
        f"{index}\n00:00:0{index},000 --> 00:00:0{index},900\n{text}\n\n" for index, text in enumerate(grown)
    )
    assert turns(read(cues)) == [("", "it was a long winter so we sold the cart")]


def test_who_says_yeah_twice_said_it_twice() -> None:
    reading = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Yeah.\n\n00:02.000 --> 00:03.000\n<v A>Yeah.\n")
    assert turns(reading) == [("A", "Yeah. Yeah.")]


def test_a_speech_without_a_name_goes_on_for_the_one_before() -> None:
    reading = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>One</v>\n\n00:02.000 --> 00:03.000\ntwo\n\n"
        "00:03.000 --> 00:04.000\n<v Bo>three\n\n00:04.000 --> 00:05.000\n<v Ada>four</v> <v Bo>five</v>\n"
    )
    assert turns(reading) == [("Ada", "One two"), ("Bo", "three"), ("Ada", "four"), ("Bo", "five")]


@pytest.mark.parametrize("sign", ["- ", ">> ", ">>"])
def test_a_sign_for_a_change_of_speaker_begins_a_turn_of_somebody_unknown(sign: str) -> None:
    reading = read(f"WEBVTT\n\n00:01.000 --> 00:02.000\nShall we?\n{sign}Yes, let us.\n")
    assert turns(reading) == [("", "Shall we?"), ("", "Yes, let us.")]


@pytest.mark.parametrize(
    "line", [">> {}: {}", ">>{}: {}", "[{}]: {}", "- {}: {}", "-{}: {}", "<b>{}:</b> <i>{}</i>", "{{\\an8}}{}: {}"]
)
def test_names_are_found_behind_marks(line: str) -> None:
    said = [("ADA", "Shall we?"), ("BO", "Yes."), ("ADA", "Good."), ("BO", "Come.")]
    cues = [f"00:0{row}.000 --> 00:0{row}.900\n{line.format(*turn)}\n\n" for row, turn in enumerate(said)]
    assert turns(read("WEBVTT\n\n" + "".join(cues))) == said


def test_diarisation_labels_are_speakers_even_once() -> None:
    cues = (
        "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_00]: Hello.\n\n2\n00:00:02,000 --> 00:00:03,000\nSpeaker 2: Hi.\n"
    )
    assert turns(read(cues)) == [("SPEAKER_00", "Hello."), ("Speaker 2", "Hi.")]


@pytest.mark.parametrize(
    ("times", "url", "told"),
    [
        ("00:99:00.000 --> 00:00:04.000", None, "`00:99:00.000` is no time"),
        ("00:00:03.000 --&gt; 00:00:04.000", "#t=00:00:03", "the arrow is written `--&gt;`"),
        ("00:00:03.000 -> 00:00:04.000", "#t=00:00:03", "the arrow is written `->`"),
        ("00:00:03.000 -- 00:00:04.000", "#t=00:00:03", "the arrow is written `--`"),
        ("00:00:03.000 -->", "#t=00:00:03", "the end is missing"),
        ("00:00:03.000", "#t=00:00:03", "the end is missing"),
        ("--> 00:00:04.000", None, "the start is missing"),
        ("00:00:03.000 --> 00:00:01.000", "#t=00:00:03", "it ends before it starts"),
        ("00:00:03.000 --> 00:00:61.000", "#t=00:00:03", "`00:00:61.000` is no time"),
    ],
)
@pytest.mark.parametrize("opening", ["WEBVTT\n\n", ""])
def test_words_under_broken_times_are_kept_and_the_line_is_told(times: str, url: str, told: str, opening: str) -> None:
    before = f"{opening}1\n00:00:01.000 --> 00:00:02.000\n<v Ada>Hello.\n\n"
    reading = read(f"{before}2\n{times}\n<v Bo>The mast fell.\n")
    assert turns(reading) == [("Ada", "Hello."), ("Bo", "The mast fell.")]
    assert reading.posts[1].url == url
    assert reading.problems == ((before.count("\n") + 2, f"{told}; the words are kept"),)


def test_an_arrow_without_times_and_words_without_times_are_kept_and_told() -> None:
    reading = read("WEBVTT\n\nstray words here\n\n00:01.000 --> 00:02.000\nfrom --> to\n")
    assert turns(reading) == [("", "stray words here from --> to")]
    assert [line for line, _ in reading.problems] == [3, 6]


def test_a_blank_line_within_a_cue_loses_no_words() -> None:
    reading = read("WEBVTT\n\n00:01.000 --> 00:02.000\n\nThe rope broke\n00:02.000 --> 00:03.000\n\nand again\n")
    assert turns(reading) == [("", "The rope broke and again")]


def test_a_cue_whose_words_are_a_number_keeps_them() -> None:
    reading = read(
        "1\n00:00:01,000 --> 00:00:02,000\n1947\n\n2\n00:00:02,000 --> 00:00:03,000\n12:30\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nIt was cold.\n"
    )
    assert turns(reading) == [("", "1947 12:30 It was cold.")]


@pytest.mark.parametrize(
    "text",
    [
        "00:01.000 --> 00:02.000\nGood nets.\n",
        "1\n0:00:01.5 --> 0:00:02.5\nGood nets.\n",
        "0:00:01.000,0:00:02.500\nGood nets.\n",
        "\n\n7\n00:00:01,000-->00:00:02,000\nGood nets.",
    ],
)
def test_files_of_times_with_words_below_are_read_without_a_header(text: str) -> None:
    reading = read(text)
    assert (turns(reading), reading.posts[0].url) == ([("", "Good nets.")], "#t=00:00:01")
    assert reading.problems == ()


def test_what_looks_like_a_tag_and_is_none_is_kept() -> None:
    reading = read("WEBVTT\n\n00:01.000 --> 00:02.000\nwhen a < b it is <unk> &amp; &nosuch; fine\n")
    assert turns(reading) == [("", "when a < b it is <unk> & &nosuch; fine")]


def test_a_talk_where_nobody_is_named_is_cut_at_the_ends_of_sentences() -> None:
    said = ["We left.", "Then we", "came back.", "It rained."]
    times = ["00:00", "00:20", "00:40", "00:45"]
    cues = "\n\n".join(f"00:{time}.000 --> 00:{time}.900\n{line}" for time, line in zip(times, said, strict=True))
    reading = read(f"WEBVTT\n\n{cues}\n")
    assert [(post.text, post.url) for post in reading.posts] == [
        ("We left.", "#t=00:00:00"),
        ("Then we came back.", "#t=00:00:20"),
        ("It rained.", "#t=00:00:45"),
    ]


def test_captions_without_full_stops_are_cut_after_two_minutes() -> None:
    cues = "\n\n".join(f"00:{m:02d}:{s:02d}.000 --> 00:{m:02d}:{s:02d}.900\nword" for m in range(6) for s in (0, 30))
    assert [post.url for post in read(f"WEBVTT\n\n{cues}\n").posts] == ["#t=00:00:00", "#t=00:02:00", "#t=00:04:00"]


def test_the_voice_in_the_name_of_a_cue_is_the_speaker() -> None:
    reading = read(
        'WEBVTT\n\n1 "Ines Vale" (4021)\n00:00:01.000 --> 00:00:02.000\nHow is it?\n\n'
        '2 "Rob Tarn" (77)\n00:00:03.000 --> 00:00:04.000\nBad. Very\nbad.\n'
    )
    assert turns(reading) == [("Ines Vale", "How is it?"), ("Rob Tarn", "Bad. Very bad.")]


def test_cues_that_are_objects_say_who_speaks() -> None:
    reading = read(
        'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{"speakerName":"Ines Vale","spokenText":"How is it?"}\n\n'
        '00:00:03.000 --> 00:00:04.000\n{"spokenText": broken\n'
    )
    assert turns(reading) == [("Ines Vale", 'How is it? {"spokenText": broken')]


def test_a_name_alone_above_the_words_of_each_cue_is_the_speaker() -> None:
    said = [("Ines Vale", "How is it?"), ("Rob Tarn", "Bad."), ("Ines Vale", "Why?"), ("Rob Tarn", "Rain.")]
    cues = [f"00:00:0{row}.000 --> 00:00:0{row}.900\n{name}\n{text}\n" for row, (name, text) in enumerate(said)]
    assert turns(read("\n".join(cues), "talk.txt")) == said


def test_two_lines_of_talk_in_each_cue_are_no_names() -> None:
    cues = [f"00:00:0{row}.000 --> 00:00:0{row}.900\nYes\nit rained on day {row}.\n" for row in range(4)]
    assert {post.author for post in read("\n".join(cues), "talk.srt").posts} == {""}


@pytest.mark.parametrize("label", ["[SPEAKER_00] {}", "(Speaker 1) {}"])
def test_codes_in_brackets_are_speakers_without_a_colon(label: str) -> None:
    first, second = label.format("Hello (again)."), label.translate({48: 51, 49: 51}).format("[laughter] Hi.")
    reading = read(f"1\n00:00:01,000 --> 00:00:02,000\n{first}\n\n2\n00:00:02,000 --> 00:00:03,000\n{second}\n")
    assert [post.text for post in reading.posts] == ["Hello (again).", "[laughter] Hi."]
    assert all(post.author for post in reading.posts)
