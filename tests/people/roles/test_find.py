"""Who is a customer, and who only looks like one."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from overheard.people.roles.find import find_roles
from overheard.people.roles.interviewing import interviewer_evidence
from overheard.people.roles.promotion import promotion_evidence
from overheard.people.roles.said import Said, linked_sites
from overheard.people.roles.staff import is_staff_rank
from overheard.records import Role, Span, Utterance
from overheard.settings import PeopleSettings

SETTINGS = PeopleSettings(staff=("Priya  Banks",), exclude=("the_archivist",))


def make_utterance(
    person: str,
    text: str,
    document: str = "thread-1",
    position: int = 0,
    rank: str = "",
    not_own: tuple[Span, ...] = (),
) -> Utterance:
    key = f"{document}/{position}/{person}"
    return Utterance(key, document, person, position, text, not_own, None, None, f"https://forum.example/{key}", rank)


def roles_of(utterances: Sequence[Utterance], interviews: tuple[str, ...] = (), **names: str) -> dict[str, Role]:
    shown = {person: (name,) for person, name in names.items()}
    return {role.person_id: role for role in find_roles(utterances, shown, interviews, SETTINGS)}


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        ("Bot", False),
        ("Developer", True),
        ("Senior developer", False),
        ("Organization member", True),
        ("Owner", True),
        ("Boat owner", False),
        ("Contributor", False),
        ("Moderator", True),
        ("Global Mod", True),
        ("Staff member", True),
        ("Administrator", True),
        ("Larkmere Team", True),
        ("Official Rep", True),
        ("Employee", True),
        ("Senior Member", False),
        ("Former moderator", False),
        ("Ex-staff", False),
        ("Supporting Member", False),
        ("Modest poster", False),
        ("", False),
    ],
)
def test_a_rank_tells_staff_from_members(rank: str, expected: bool) -> None:
    assert is_staff_rank(rank) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Hi all, Priya from the Larkmere team here. Which browser was that?",
        "I'm with the Larkmere support team, could you send me the log?",
        "On behalf of the Larkmere team, sorry about last night.",
        "Good catch, this goes on the list.\n\n– The Larkmere Team",
        "It is back now.\nTomas, Larkmere Support",
        "Our team has released a fix for this. It is on our roadmap to do the rest.",
    ],
)
def test_who_signs_as_the_vendor_is_staff(text: str) -> None:
    assert roles_of([make_utterance("p", text)])["p"].role == "staff"


@pytest.mark.parametrize(
    "text",
    [
        "The Larkmere team told me to reinstall, which did nothing.",
        "We at the bakery do it all on paper.",
        "Our team has released three albums and still gets paid in beer.",
        "I wrote to Larkmere support twice and heard nothing back.",
        "Thanks for the report template, it helped.",
    ],
)
def test_a_customer_who_mentions_a_team_stays_a_customer(text: str) -> None:
    assert roles_of([make_utterance("p", text)])["p"].role == "customer"


def test_a_quoted_team_member_does_not_make_the_quoter_staff() -> None:
    quote = "Priya from the Larkmere team here."
    text = f"{quote}\nThat was in May and it still crashes."
    assert roles_of([make_utterance("p", text, not_own=((0, len(quote)),))])["p"].role == "customer"


def test_declared_staff_are_found_whatever_the_spacing_and_case() -> None:
    role = roles_of([make_utterance("p", "Which version?")], p="priya banks")["p"]
    assert role == Role("p", "staff", ("declared in settings",))


def test_excluded_people_have_no_role_at_all() -> None:
    assert roles_of([make_utterance("p", "Old news."), make_utterance("q", "Mine too.")], p="The_Archivist").keys() == {
        "q"
    }


ADVERT = "Tired of slow kilns? Our ember service fires twice as fast, free trial at https://ember-kilns.example now"


def test_the_same_advert_in_two_threads_is_promotion() -> None:
    roles = roles_of(
        [
            make_utterance("p", "Hi guys! " + ADVERT, "thread-1"),
            make_utterance("p", ADVERT + " you will love it", "thread-2"),
            make_utterance("q", "My kiln takes two days to cool and the shelf cracked.", "thread-1"),
        ]
    )
    assert roles["p"].role == "promoter"
    assert roles["p"].evidence[0] == "near-identical advert in several threads: 2"
    assert roles["q"].role == "customer"


def test_one_advert_posted_under_two_names_is_promotion_by_both() -> None:
    roles = roles_of([make_utterance("p", ADVERT, "thread-1"), make_utterance("q", ADVERT + "!", "thread-2")])
    assert {roles["p"].role, roles["q"].role} == {"promoter"}


@pytest.mark.parametrize(
    "texts",
    [
        ["This page explains it: https://clay-notes.example/glaze", "No idea, sorry.", "Mine cracked as well."],
        ["See https://clay-notes.example/a", "See https://clay-notes.example/b", "See https://clay-notes.example/c"],
        ["My kiln trips the fuse at 900 degrees, any ideas what to check first?"] * 3,
        ["I built a shelf, pictures at www.my-shelf.example", "Still trips the fuse though.", "Replaced the coil now."],
        ["Our shop has no heating.", "Our shop lost the order.", "Our shop closes early and nobody told them."],
        ["I am locked out of the kiln room and will do something drastic now, HELP me please"] * 5,
        ["My startup page shows https://news.kiln.example/whatsnew every single morning since May."] * 2,
        ["First open the manual at https://manual.kiln.example/fuses and turn to the page on fuses."] * 4
        + [f"Number {number} of my own kilns cracked as well." for number in range(9)],
        ["Disclaimer: I made this worse myself, so do not copy me. The shelf fell on the kiln."],
        ["Disclosure: I run Linux at home, and the kiln software does not.", "Still broken."],
        [
            f"Our site https://pots.example fails with error {n}{n}, {what}?"
            for n, what in enumerate(("why", "how so", "and now", "who knows it", "where to look"))
        ],
        ["The captcha thinks I am a bot. I am locked out and cannot order clay."],
        ["Do you have a toll free number? I rang customer service twice about my kiln.", "Which support number is it?"],
        ["I got this: this is an automated message, do not reply to it. What now?"],
    ],
    ids=[
        "one link",
        "a helpful reader's links",
        "asks again elsewhere",
        "shows own work once",
        "owns a shop",
        "in despair",
        "asks twice about a page",
        "has an answer ready",
        "disclaims a mistake",
        "discloses a habit",
        "asks about the own site",
        "taken for a bot",
        "asks for a number",
        "shows what a machine wrote",
    ],
)
def test_ordinary_people_are_customers(texts: list[str]) -> None:
    posts = [make_utterance("p", text, f"thread-{index}") for index, text in enumerate(texts)]
    assert roles_of(posts)["p"].role == "customer"


def test_a_false_help_line_in_two_threads_is_promotion() -> None:
    said = [
        Said(
            "p", "1", "How do I reach a person at Emberline? Call the Emberline customer care number (+0) 555-OI-22 734"
        ),
        Said("p", "2", "Who helps me at Emberline? Call the Emberline customer care number now: ☎ (+0) 555-OI-22 734"),
    ]
    assert promotion_evidence(said)["p"][0] == "near-identical advert in several threads: 2"


def test_links_to_one_site_with_an_offer_in_most_posts_are_promotion() -> None:
    said = [
        Said("p", "1", "Glazes start cracking in frost. We built an app for it, try it now: https://frost.example"),
        Said("p", "2", "Check out our frost tracker https://frost.example/plans and get 20% off with it."),
        Said("p", "3", "Good point!"),
    ]
    assert promotion_evidence(said) == {"p": ("offers and links one site: frost.example in 2 of 3 posts",)}


def test_quoting_an_advert_is_not_promotion() -> None:
    posts = [
        make_utterance(name, ADVERT + "\nReported.", f"thread-{i}", not_own=((0, len(ADVERT)),))
        for i, name in enumerate(["p", "p", "p"])
    ]
    assert roles_of(posts)["p"].role == "customer"


def test_sites_are_read_from_addresses_of_all_shapes() -> None:
    text = "http://www.Kiln.example/a, kiln.example and https://glaze.example:8080/x?y=1 but not v2.0 or e.g. this"
    assert linked_sites(text) == ("kiln.example", "glaze.example")


ASKED = [
    "How do you order clay now?",
    "And what happens when it is late?",
    "Who notices first?",
    "Right.",
    "Then what?",
]
TOLD = [
    "I ring the depot on Monday and they say Thursday, and then it is the Thursday after, so I keep two spare.",
    "I stand there with a class of twelve and nothing to give them, so we talk about handles for an hour. Fun, right?",
    "My husband, because I come home and slam doors, and then he drives to the other depot with the trailer.",
    "I write it all into the book that nobody reads, and next month it is the same again with the glaze.",
    "We pay twice for the van and I send the bill to nobody, because who would take it?",
]


def make_interview(document: str, asker: str, teller: str) -> list[Utterance]:
    turns = [turn for pair in zip(ASKED, TOLD, strict=True) for turn in pair]
    return [make_utterance((asker, teller)[i % 2], text, document, i) for i, text in enumerate(turns)]


def test_the_one_who_asks_in_an_interview_is_the_interviewer() -> None:
    roles = roles_of(make_interview("talk", "p", "q"), interviews=("talk",))
    assert (roles["p"].role, roles["q"].role) == ("interviewer", "customer")


def test_asking_in_a_thread_makes_nobody_an_interviewer() -> None:
    roles = roles_of(make_interview("thread", "p", "q"))
    assert (roles["p"].role, roles["q"].role) == ("customer", "customer")


def test_a_label_settles_who_the_interviewer_is() -> None:
    turns = [make_utterance("p", "Tell me about last week.", "talk", 0), make_utterance("q", "Busy?", "talk", 1)]
    assert interviewer_evidence(turns, {"p": ("Interviewer 1:",)}) == {
        "p": ("labelled as the one who asks: Interviewer 1:",)
    }


def test_the_part_a_transcript_tells_goes_before_the_manner() -> None:
    turns = make_interview("talk", "p", "q")
    told = [replace(turn, rank="Interviewer" if turn.person_id == "q" else "Participant") for turn in turns]
    assert interviewer_evidence(told, {}) == {"q": ("the transcript tells who asks",)}
    answers = [replace(turn, rank="Participant" if turn.person_id == "p" else "") for turn in turns]
    assert interviewer_evidence(answers, {}) == {}


def test_declared_interviewers_are_taken_at_their_word() -> None:
    turns = [make_utterance("p", "That was long.", "talk")]
    assert find_roles(turns, {}, ("talk",), SETTINGS, {"p"}) == [Role("p", "interviewer", ("declared for the source",))]


def test_an_interview_never_loses_all_its_speakers() -> None:
    turns = [make_utterance(name, "Why would that be so?", "talk", i) for i, name in enumerate("pqpqpqpq")]
    assert interviewer_evidence(turns, {}) == {}
