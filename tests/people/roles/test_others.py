"""Vendors, machines and passers-by are told from customers, and why is said in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from overheard.people.roles.find import find_roles
from overheard.records import Role, Utterance
from overheard.settings import PeopleSettings

MORNING = datetime(2026, 3, 2, 7, 31, 8, tzinfo=UTC)


def make_post(person: str, text: str, thread: str, position: int = 0, days: int = 0, rank: str = "") -> Utterance:
    said_at = MORNING + timedelta(days=days, minutes=37 * position)
    key = f"{thread}/{position}/{person}"
    return Utterance(key, thread, person, position, text, (), said_at, None, f"https://forum.example/{key}", rank)


def role_of(person: str, posts: Sequence[Utterance], *names: str) -> Role:
    roles = find_roles(posts, {person: names}, (), PeopleSettings())
    return next(role for role in roles if role.person_id == person)


@pytest.mark.parametrize(
    "text",
    [
        "Full disclosure: I work for Emberline, and our kilns come with a spare fuse.",
        "Disclosure: I'm the founder of Emberline. It does what you ask for.",
        "Disclaimer: we are affiliated with the maker. The large one fits.",
        "I am affiliated with Emberline, so take it with salt: the large one fits.",
        "This has a timer. (Disclosure: my own product.)",
    ],
)
def test_who_discloses_a_company_is_a_vendor(text: str) -> None:
    role = role_of("p", [make_post("p", text, "t1")])
    assert role.role == "vendor"
    assert role.evidence[0].startswith("discloses whom they work for: ")


def test_one_disclosure_among_many_posts_leaves_a_customer() -> None:
    posts = [make_post("p", f"My kiln number {n} cracked in the frost and I paid for it.", f"t{n}") for n in range(9)]
    posts.append(make_post("p", "Disclosure: I work for Emberline on Fridays.", "t9"))
    assert role_of("p", posts).role == "customer"


def test_an_account_named_after_the_site_it_links_everywhere_is_a_vendor() -> None:
    posts = [make_post("p", f"Number {n} at https://emberline.example/{n} fits a kiln.", f"t{n}") for n in range(3)]
    role = role_of("p", posts, "Ember-Line")
    assert role.evidence == ("links one own site again and again: emberline.example in 3 threads",)


def test_who_links_pictures_everywhere_is_no_vendor() -> None:
    posts = [make_post("p", f"Here is our pot {n}: https://imgur.com/{n}", f"t{n}") for n in range(8)]
    assert role_of("p", posts).role == "customer"


@pytest.mark.parametrize(
    ("text", "rank", "name"),
    [
        ("Welcome to the board.", "Bot", "greeter"),
        ("Version 4.2 is out.", "", "clay-updates[bot]"),
        ("Please read the rules. I am a bot, and this action was performed automatically.", "", "greeter"),
        ("*Beep boop.* That is 32 degrees.", "", "converter"),
        ("This issue has been automatically marked as stale.", "", "sweeper"),
    ],
)
def test_what_is_shown_or_says_so_is_a_machine(text: str, rank: str, name: str) -> None:
    assert role_of("p", [make_post("p", text, "t1", rank=rank)], name).role == "bot"


def test_one_template_week_after_week_is_a_machine() -> None:
    text = "Thread of the week {n}: tell what you fired, how hot it was and what came out of the kiln this time."
    posts = [make_post("p", text.format(n=n), f"t{n}", days=7 * n) for n in range(6)]
    assert role_of("p", posts).evidence == ("one template in many threads: 6",)


def test_who_says_the_same_of_themselves_week_after_week_is_a_person() -> None:
    text = "Week {n}: my kiln is still broken and nobody of the makers has written back to me about it."
    posts = [make_post("p", text.format(n=n), f"t{n}", days=7 * n) for n in range(6)]
    assert role_of("p", posts).role == "customer"


def make_daily(person: str) -> list[Utterance]:
    words = ["clay", "glaze", "wood", "ash", "slip", "salt", "raku", "bisque", "oxide"]
    return [make_post(person, f"Price of {word} is up.", f"t-{word}", days=n) for n, word in enumerate(words)]


def test_the_same_minute_every_day_is_a_machine() -> None:
    others = [make_post(f"q{n}", "It cracked on me.", f"u{n}", position=n + 1) for n in range(30)]
    assert role_of("p", [*make_daily("p"), *others]).evidence == ("posts at the same minute of the day: on 9 days",)


def test_where_all_posts_show_one_minute_nobody_is_a_machine() -> None:
    others = [make_post(f"q{n}", "It cracked on me.", f"u{n}") for n in range(30)]
    assert role_of("p", [*make_daily("p"), *others]).role == "customer"


def make_talk(answer: str) -> list[Utterance]:
    return [
        make_post("asker", "My kiln trips the fuse at 900 degrees. What should I check?", "t1"),
        make_post("helper", "The thermostat first, then the relay, for both stick when damp.", "t1", 1),
        make_post("p", answer, "t1", 2),
        make_post("asker", "It was the relay.", "t1", 3),
    ]


def test_one_short_answer_that_asks_nothing_is_a_passer_by() -> None:
    assert role_of("p", make_talk("Ha, nice one.")).role == "passer-by"


@pytest.mark.parametrize(
    "answer", ["Which relay was it?", "Mine trips as well, every time it rains, and it costs me a whole firing. " * 2]
)
def test_who_asks_or_tells_at_length_is_a_customer(answer: str) -> None:
    assert role_of("p", make_talk(answer)).role == "customer"


def test_who_asks_one_question_of_their_own_is_a_customer() -> None:
    assert role_of("p", [make_post("p", "Kiln trips.", "t1"), make_post("q", "Which?", "t1", 1)]).role == "customer"


def test_short_answers_to_a_survey_are_no_passing_by() -> None:
    answers = [make_post(f"p{n}", "Too dear.", "survey", n) for n in range(9)]
    assert {role.role for role in find_roles(answers, {}, (), PeopleSettings())} == {"customer"}


def test_staff_in_one_account_are_staff_in_all_that_were_joined() -> None:
    settings = PeopleSettings(staff=("Priya Banks",))
    (role,) = find_roles([make_post("p", "Which version?", "t1")], {"p": ("pb", "priya banks")}, (), settings)
    assert role.role == "staff"


@pytest.mark.parametrize(
    "text", ["Disclosure: " * 90_000, "I am a bot " * 90_000, "a.b" * 330_000, "(https://" * 99_000]
)
def test_a_hostile_megabyte_takes_no_time(text: str) -> None:
    assert role_of("p", [make_post("p", text, "t1")]).person_id == "p"
