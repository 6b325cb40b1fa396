from dataclasses import replace

from overheard.records import Reference
from overheard.report.choose import Chooser
from overheard.report.pains import pain_views
from overheard.report.said.alternatives import list_practices, list_switches, list_ways
from overheard.report.said.dreams import list_anxieties, list_outcomes, list_worldviews, tell_stories
from overheard.report.said.places import list_places
from overheard.report.said.products import list_products
from overheard.report.said.questions import list_questions
from overheard.report.said.swipe import MOST_QUOTES, fill_swipe_file
from tests.report.said.make_said import Line, make_group, naming_in

FEARS = (
    "I am afraid that the hive tips over in a March storm.",
    "We will not trust a hive scale with the winter stores.",
    "I dare not open the hive when a neighbour hangs washing.",
    "We fear that rent for the hive ground doubles.",
    "I refuse to send hive photos to a stranger in Leeds.",
    "My worry is that a hive alarm wakes the baby.",
)


def fears(count):
    return [Line(f"p{at}", "objection", FEARS[at]) for at in range(count)]


def test_a_list_that_fewer_than_five_people_speak_for_is_not_shown():
    told = list_anxieties(make_group(fears(4)))
    assert told.points == ()
    assert told.note == "Fewer than 5 people voice a fear or a refusal; too few to show."


def test_five_people_make_a_list_and_single_voices_are_called_so():
    told = list_anxieties(make_group(fears(5), others=20))
    assert [one.people for one in told.points] == ["one voice"] * 5
    assert all(one.share is None for one in told.points)
    assert told.note == "5 of 5 (likely 57 to 100%) voice a fear or a refusal."


def test_two_people_are_told_as_fewer_than_five_and_never_counted():
    same = [Line("q1", "objection", FEARS[0]), Line("q2", "objection", FEARS[0])]
    told = list_anxieties(make_group([*fears(5), *same]))
    assert told.points[0].people == "2 to 4 people"
    assert told.points[0].share is None


def test_one_person_is_quoted_once_in_a_list():
    lines = [Line("loud", "objection", text) for text in FEARS] + [
        Line(f"p{at}", "objection", f"My hive number {at} scares the {word} off.", probability=0.5)
        for at, word in enumerate(("postman", "goats", "vicar", "drummer"))
    ]
    told = list_anxieties(make_group(lines))
    assert sum(one.quote.text in FEARS for one in told.points) == 1


def test_a_sentence_with_a_name_in_it_is_left_out():
    lines = [*fears(5), Line("q", "objection", "I fear that Orla Threlkeld moves the hive in 2026.")]
    told = list_anxieties(make_group(lines, names=("Orla Threlkeld",)))
    assert all("removed" not in one.quote.text and "2026" not in one.quote.text for one in told.points)


def test_what_is_about_something_else_is_left_out():
    aside = Line("q", "objection", "I am scared of 200 geese on the Tuesday bus.", thread="geese")
    told = list_anxieties(make_group([*fears(5), aside]))
    assert all("geese" not in one.quote.text for one in told.points)


def test_praise_in_a_breath_with_what_hurts_is_no_gain():
    lines = [
        Line(f"p{at}", "gain", f"I love how the hive {word} by itself now.")
        for at, word in enumerate(("cleans", "opens", "weighs", "calls", "feeds"))
    ]
    sour = "I love the hive that ate 40 pounds of my money in June."
    group = make_group([*lines, Line("q", "gain", sour)])
    twin = replace(group.market.told["gain"][-1].signal, signal_id="z", kind="pain")
    told = {**group.market.told, "pain": (replace(group.market.told["gain"][-1], signal=twin),)}
    object.__setattr__(group.market, "told", told)
    again = type(group)(group.market, group.quoter, group.members, group.wording, ("hive",))
    assert sour in {one.quote.text for one in list_outcomes(group).points}
    assert sour not in {one.quote.text for one in list_outcomes(again).points}


def test_a_view_of_the_world_needs_two_people():
    lines = [
        Line(f"p{at}", "worldview", f"Every hive keeper {word} the weather more than the book.")
        for at, word in enumerate(("trusts", "trusts", "curses", "paints", "sells"))
    ]
    lines.append(Line("p9", "worldview", "Nobody in a hive suit ever looked dignified at weddings."))
    told = list_worldviews(make_group(lines))
    assert all("dignified" not in one.quote.text for one in told.points)


def test_a_job_is_told_in_the_order_of_a_story():
    said = "When the hive swarms I want a text on my phone so that I can leave work."
    parts = (("outcome", "I can leave work"), ("situation", "the hive swarms"), ("motivation", "a text on my phone"))
    lines = [Line("a", "job", said, slots=parts)]
    lines += [
        Line(f"p{at}", "job", f"I want to weigh hive number {at}.", slots=(("motivation", f"weigh hive number {at}"),))
        for at in range(4)
    ]
    group = make_group(lines)
    slots = {}
    for slot in group.market.findings.slots:
        slots.setdefault(slot.signal_id, []).append(slot)
    stories, _ = tell_stories(group, slots)
    first = stories[0]
    assert (first.situation, first.motivation, first.outcome) == (
        "the hive swarms",
        "a text on my phone",
        "I can leave work",
    )
    assert stories[1].situation == ""


def test_ways_are_counted_by_person_and_doing_nothing_is_one():
    lines = [Line(f"p{at}", "workaround", f"I gave up on the hive log in week {at} and guess.") for at in range(5)]
    lines += [Line("p0", "workaround", "I gave up on the hive scale too in the same week.")]
    points = list_ways(make_group(lines)).points
    assert {one.text: one.share.count for one in points}["nothing: they put up with it or gave up"] == 5


def test_a_switch_has_where_from_and_where_to():
    lines = [
        Line("a", "gain", "Last May we moved from the paper hive log to HiveBook and never looked back."),
        Line("b", "pain", "I swapped my hive notebook for a voice recorder in 2025 and regret it."),
        Line("c", "pain", "I moved the hive to the orchard in the spring of 2024."),
        Line("d", "pain", "They replaced it with a hive app and the bees were not asked."),
        Line("e", "pain", "My hive went from calm to furious within one week of June."),
    ]
    switches = list_switches(make_group(lines))
    assert {(one.left, one.taken) for one in switches} == {
        ("the paper hive log", "HiveBook"),
        ("my hive notebook", "a voice recorder"),
    }


def test_a_product_is_a_name_people_take_up_and_not_a_word_that_began_a_sentence():
    lines = [Line(f"p{at}", "recommendation", f"I use HiveBook for hive {at} and like it.") for at in range(5)]
    lines += [Line(f"q{at}", "pain", "HiveBook lost my hive counts in one night.", strength=2) for at in range(5)]
    lines += [
        Line(f"r{at}", "recommendation", "Try Smoke on the hive first, smoke is cheap and smoke works.")
        for at in range(6)
    ]
    group = make_group(lines)
    products, _ = list_products(group, {}, naming_in(group))
    assert [one.name for one in products] == ["HiveBook"]
    assert products[0].named.share.count == 10
    assert products[0].speak_for.startswith("5 of 16")
    assert products[0].speak_against.startswith("5 of 16")


def test_advice_that_points_back_is_not_shown():
    lines = [
        Line(f"p{at}", "recommendation", text, slots=(("practice", text[:-1]),))
        for at, text in enumerate(
            (
                "Put it under the hive before the first frost.",
                "Weigh the hive every Sunday in the autumn.",
                "Rinse the hive tool in soda after each colony.",
                "Number every hive on the lid with paint.",
                "Keep a spare hive floor dry in the shed.",
            )
        )
    ]
    group = make_group(lines)
    quotes = {
        one.quote.text
        for one in list_practices(group, {one.signal_id: [one] for one in group.market.findings.slots}).points
    }
    assert len(quotes) == 4
    assert not any(quote.startswith("Put it") for quote in quotes)


QUESTIONS = (
    "How do you weigh a hive without lifting it?",
    "Which hive paint survives a wet winter?",
    "Who insures a hive on rented ground?",
    "Where do you buy hive straps by the dozen?",
    "Has anyone got a trick?",
    "Is this normal or am I just bad at this?",
    "How do you handle such hives?",
)


def test_a_question_that_could_be_asked_of_anything_is_left_out():
    group = make_group([Line(f"p{at}", "question", text) for at, text in enumerate(QUESTIONS)])
    questions, _ = list_questions(group)
    assert {one.point.quote.text for one in questions} == set(QUESTIONS[:4])


def test_a_question_tells_its_replies_or_what_was_written_after_it_or_that_nobody_wrote():
    lines = [Line(f"p{at}", "question", text, thread=f"hive{at}") for at, text in enumerate(QUESTIONS[:5])]
    lines += [
        Line("a", "gain", "My hive answers itself.", thread="hive0"),
        Line("b", "gain", "My hive too.", thread="hive1"),
    ]
    group = make_group(lines)
    reply = Reference("r", "a", "p0", "reply", "u005", "u000", "hive0", None)
    market = replace(group.market, findings=replace(group.market.findings, references=[reply]))
    again = type(group)(market, group.quoter, group.members, group.wording, ("hive",))
    answers = {one.point.quote.text: one.answers for one in list_questions(again)[0]}
    assert [answers[text] for text in QUESTIONS[:3]] == [
        "1 reply",
        "1 post by others after it",
        "nobody wrote after it",
    ]


def love(count):
    return [Line(f"g{at}", "gain", f"I love that my hive number {at} sings on Sunday.") for at in range(count)]


def log_pains():
    things = ["boots", "jars", "queens", "lids", "straps", "frames", "gloves", "veils", "coats", "cups", "keys", "maps"]
    lines = [
        Line(f"l{at}", "pain", f"I lost {at + 3} {thing} to my hive log in one night.", strength=2, pain="log")
        for at, thing in enumerate(things)
    ]
    return [*lines, Line("l0", "pain", "I paid 90 pounds for hive notes and lost them in May.", strength=4, pain="log")]


def test_the_swipe_file_holds_at_most_twelve_one_a_person_of_every_type():
    group = make_group([*log_pains(), *love(5), *fears(5)])
    pains, _ = pain_views(group.market, group.quoter, Chooser(group.quoter), group.members, (1,))
    entries = fill_swipe_file(group, pains)
    people = [group.market.utterances[one.quote.utterance_id].person_id for one in entries]
    assert len(entries) == MOST_QUOTES == len(set(people))
    assert {one.message for one in entries} == {"motivation", "value", "anxiety"}
    assert entries[0].about == "log"


def test_the_swipe_file_quotes_no_kind_that_too_few_voice():
    assert fill_swipe_file(make_group([*love(4), *fears(4)]), []) == ()


def test_the_swipe_file_tells_a_source_s_terms():
    source = [{"kind": "pages", "name": "apiary", "files": "a/*.html", "terms": "CC BY-SA 4.0"}]
    assert {one.terms for one in fill_swipe_file(make_group(fears(5), source=source), [])} == {"CC BY-SA 4.0"}


def test_a_place_is_a_community_where_the_address_names_it():
    lines = [
        Line(f"p{at}", "gain", "My hive hums.", url=f"https://www.reddit.com/r/Beekeeping/comments/{at}/x")
        for at in range(6)
    ]
    places = list_places(make_group(lines, others=8))
    assert {one.name for one in places} == {"apiary", "r/Beekeeping"}
    community = next(one for one in places if one.name == "r/Beekeeping")
    assert community.here.counted == "6 of 6"
    assert community.others.counted == "8 of 8" or community.others.count == 8
