"""What IRC logs say, as many programs write them."""

from datetime import UTC, datetime

import pytest

from overheard.errors import UnreadableError
from overheard.records import Reading
from tests.forums.readers.payloads import read_payload

NINE = datetime(2022, 5, 3, 9, 0, tzinfo=UTC)

SUPYBOT = """\
2022-05-03T09:00:00+0000  *** bo has joined #ovens
2022-05-03T09:00:00+0000  <ann> It is slow.
2022-05-03T11:00:00+0200  * bo nods
"""
IRSSI = """\
--- Log opened Tue May 03 08:59:00 2022
08:59 -!- bo [bo@x.example] has joined #ovens
09:00 <@ann> It is slow.
09:00  * bo nods
--- Log closed Tue May 03 09:01:00 2022
"""
WEECHAT = """\
2022-05-03 08:59:00\t-->\tbo (bo@x.example) has joined #ovens
2022-05-03 09:00:00\t@ann\tIt is slow.
2022-05-03 09:00:00\t *\tbo nods
2022-05-03 09:01:00\t<--\tbo has quit (Quit)
"""
HEXCHAT = """\
**** BEGIN LOGGING AT Tue May  3 08:58:00 2022

May 03 08:58:00 *\tNow talking on #ovens
May 03 08:59:00 *\tbo (bo@x.example) has joined
May 03 09:00:00 <ann>\tIt is slow.
May 03 09:00:00 *\tbo nods
May 03 09:00:00 *\tann gives channel operator status to bo
"""
MIRC = """\
Session Start: Tue May 03 08:59:00 2022
Session Ident: #ovens
[08:59] * bo (bo@x.example) has joined #ovens
[09:00] <ann> It \x02is\x02 \x0304,01slow\x03.
[09:00] * bo nods
"""
EGGDROP = """\
[00:00] --- Tue May 3 2022
[08:59] bo (bo@x.example) joined #ovens.
[09:00] <ann> It is slow.
[09:00] Action: bo nods
"""
AMERICAN = """\
=== Tuesday, May 3 2022
[9:00 AM] <ann> It is slow.
[9:00 AM] * bo nods
"""


def read_log(text: str) -> Reading:
    (reading,) = read_payload(text, "ovens.log")
    return reading


@pytest.mark.parametrize("log", [SUPYBOT, IRSSI, WEECHAT, HEXCHAT, MIRC, EGGDROP, AMERICAN])
def test_every_program_writes_the_same_talk_its_own_way(log: str) -> None:
    assert [(post.author, post.text, post.said_at) for post in read_log(log).posts] == [
        ("ann", "It is slow.", NINE),
        ("bo", "nods", NINE),
    ]


@pytest.mark.parametrize("log", [SUPYBOT, IRSSI, WEECHAT, HEXCHAT, MIRC, EGGDROP])
def test_the_channel_is_the_title_where_the_log_tells_it(log: str) -> None:
    assert read_log(log).title.rstrip(".") in ("#ovens", "")


def test_lines_of_one_person_in_a_row_stay_messages_of_their_own() -> None:
    assert [post.text for post in read_log("[09:00] <ann> It is\n[09:00] <ann> slow.\n").posts] == ["It is", "slow."]


def test_a_time_without_a_day_is_no_instant() -> None:
    assert [post.said_at for post in read_log("[09:00:05] <ann> It is slow.\n").posts] == [None]


def test_past_midnight_the_day_is_unknown_until_the_log_tells_it() -> None:
    log = """--- Log opened Tue May 03 23:00:00 2022
23:59 <ann> It is slow.
00:01 <ann> Still.
--- Day changed Thu May 05 2022
09:00 <ann> Again.
"""
    days = [post.said_at and post.said_at.day for post in read_log(log).posts]
    assert days == [3, None, 5]


def test_a_log_that_names_no_year_takes_it_from_its_head_and_goes_forward() -> None:
    log = """**** BEGIN LOGGING AT Fri Dec 31 23:00:00 2021
Dec 31 23:59:00 <ann>\tIt is slow.
Jan 01 00:01:00 <ann>\tStill.
"""
    days = [post.said_at and post.said_at.date().isoformat() for post in read_log(log).posts]
    assert days == ["2021-12-31", "2022-01-01"]


def test_a_message_for_somebody_who_speaks_in_the_log_is_an_answer() -> None:
    log = "[09:00] <ann> It is slow.\n[09:01] <bo> Ann: mine too\n[09:02] <bo> note: it is loud\n"
    assert [post.replies_to for post in read_log(log).posts] == [None, "ann", None]


def test_empty_lines_notices_and_bare_names_are_no_posts() -> None:
    log = (
        "[09:00] <ann> It is slow.\n\n[09:00] <ann>\n[09:00] -guard- welcome\n[09:00] * ann\n[09:01] -!- mode/#ovens\n"
    )
    reading = read_log(log)
    assert len(reading.posts) == 1
    assert reading.problems == ()


def test_a_damaged_line_is_told_by_its_number() -> None:
    log = "[09:00] <ann> It is slow.\n" * 9 + "[09:01] <bo mine too\nno time here\n"
    assert [line for line, _ in read_log(log).problems] == [10, 11]


def test_a_name_saved_from_a_web_page_is_read() -> None:
    assert read_log("09:00 &lt;ann&gt; It is slow.\n").posts[0].author == "ann"


@pytest.mark.parametrize(
    "text",
    [
        "[00:00:05] Ann: It is slow.\n[00:00:09] Bo: Mine too.\n",
        "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ann>It is slow.\n",
        "2022-05-03 09:00:00\toven\tslow\n2022-05-03 09:01:00\toven\tloud\n",
        "2022-05-03 09:00:00 INFO started\n2022-05-03 09:00:01 INFO ready\n",
        "[09:00] -!- bo has joined #ovens\n",
    ],
)
def test_other_lines_with_times_are_no_log_of_a_talk(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_payload(text, "notes.txt")
