import pytest

from overheard.settings import VocabularySettings
from overheard.vocabulary import Said, find_terms, rank_terms, write_table

from .make import KNOWN, make_said

SETTINGS = VocabularySettings()
COOKS = [
    "The sourdough starter rose overnight",
    "My Sourdough starters smell of apples",
    "A sourdough starter wants rye flour",
    "Fed the sourdough starter, flour everywhere",
    "Flour on the floor again, sourdough starter spilled",
    "Sourdough starter died; flour was bleached",
] * 2
RIDERS = [
    "The rear derailleur skips under load",
    "Apples in my panniers while the derailleur rattles",
    "New chain and the derailleur still skips",
    "Adjusted the derailleur twice",
    "Floor pump broke so the derailleur had to wait",
    "The derailleur bent in the crash",
] * 4


def make_people(hits, others_hits, target=12, reference=48):
    """`hits` uses of "retainer" by the first target persons; one in the reference by each of `others_hits` persons."""
    said = []
    for number in range(target):
        uses = hits[number] if number < len(hits) else 0
        said += [Said(f"t{number}-{use}", f"t{number}", "a retainer", ((0, 10),)) for use in range(uses)]
        said.append(Said(f"t{number}", f"t{number}", "an umbrella", ((0, 11),)))
    other = [
        Said(f"r{number}", f"r{number}", "a retainer" if number < others_hits else "an umbrella", ((0, 11),))
        for number in range(reference)
    ]
    return said, other


def find_retainer(hits):
    said, other = make_people(hits, 2)
    return next(term for term in rank_terms(said, other, SETTINGS, 10) if term.text == "retainer")


def test_a_loud_author_is_told_from_ten_people_who_say_it_twice():
    loud, spread = find_retainer([18, 1, 1]), find_retainer([2] * 10)
    assert loud.uses == spread.uses == 20
    assert (loud.people, spread.people) == (3, 10)
    assert spread.z > 2 * loud.z
    assert spread.interval[0] > loud.effect


def test_two_people_make_no_vocabulary():
    said, other = make_people([10, 10], 0)
    assert rank_terms(said, other, SETTINGS, 10) == []


def test_each_group_gets_the_words_the_others_do_not_use():
    said = make_said(COOKS, "c") + make_said(RIDERS, "r")
    groups = {"cooks": [one.person_id for one in said if one.person_id[0] == "c"],
              "riders": [one.person_id for one in said if one.person_id[0] == "r"]}  # fmt: skip
    terms = find_terms(said, groups, SETTINGS, KNOWN)
    texts = {group: [term.text for term in terms if term.group_id == group] for group in groups}
    assert texts["cooks"] == ["sourdough starter", "flour"]
    assert texts["riders"][0] == "derailleur"
    assert "apples" not in texts["cooks"] + texts["riders"]


def test_plurals_are_counted_with_their_singular_and_examples_are_verbatim():
    said = make_said(COOKS, "c") + make_said(RIDERS, "r")
    term = rank_terms(said[: len(COOKS)], said[len(COOKS) :], SETTINGS, 5)[0]
    text_of = {one.utterance_id: one.text for one in said}
    assert (term.people, term.uses, term.people_elsewhere) == (12, 12, 0)
    assert len(term.examples) == 8
    assert {text_of[utterance_id][start:end].lower() for utterance_id, start, end in term.examples} == {
        "sourdough starter", "sourdough starters",
    }  # fmt: skip


def test_examples_are_one_a_person():
    said = make_said(COOKS, "c", people=4)
    term = rank_terms(said, make_said(RIDERS, "r"), SETTINGS, 5)[0]
    by_utterance = {one.utterance_id: one.person_id for one in said}
    assert sorted(by_utterance[utterance_id] for utterance_id, _, _ in term.examples) == ["c0", "c1", "c2", "c3"]


def test_excluded_names_are_no_terms():
    said = make_said(["Dagmar likes rye"] * 6, "c") + make_said(RIDERS, "r")
    groups = {"cooks": [f"c{number}" for number in range(6)]}
    assert [term.text for term in find_terms(said, groups, SETTINGS, KNOWN, ["Dagmar"])] == ["rye"]


def test_a_word_said_twice_is_no_phrase():
    said = make_said([f"{start} rye rye" for start in ("More", "Only", "Much", "Some")], "c")
    assert [term.text for term in rank_terms(said, make_said(RIDERS, "r"), SETTINGS, 5)] == ["rye"]


def test_what_everybody_says_is_no_vocabulary():
    assert rank_terms(make_said(["umbrella"] * 5), make_said(["umbrella"] * 5), SETTINGS, 5) == []


@pytest.mark.parametrize("groups", [{}, {"all": ["c0", "c1"]}, {"none": []}, {"strangers": ["x"]}])
def test_a_group_without_people_or_without_others_has_no_terms(groups):
    assert find_terms(make_said(COOKS[:2], "c"), groups, SETTINGS, KNOWN) == []


@pytest.mark.parametrize("text", ["", "...", "a", "rye"])
def test_next_to_nothing_said_gives_no_terms(text):
    assert rank_terms(make_said([text]), make_said([text]), SETTINGS, 5) == []
    assert rank_terms([], [], SETTINGS, 5) == []


def test_the_order_of_reference_texts_changes_nothing():
    one = rank_terms(make_said(COOKS, "c"), make_said(RIDERS, "r"), SETTINGS, 9)
    assert one == rank_terms(make_said(COOKS, "c"), make_said(RIDERS, "r")[::-1], SETTINGS, 9)


def test_a_person_on_both_sides_counts_on_each():
    both = rank_terms(make_said(COOKS, "p"), make_said(RIDERS, "p"), SETTINGS, 9)
    apart = rank_terms(make_said(COOKS, "p"), make_said(RIDERS, "q"), SETTINGS, 9)
    assert both == apart


def test_the_table_has_a_line_a_term_best_first():
    terms = rank_terms(make_said(COOKS, "c"), make_said(RIDERS, "r"), SETTINGS, 2)
    lines = write_table(terms).splitlines()
    assert lines[0] == "term,people,people_reference,uses,effect,low,high,z"
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["sourdough starter", "12", "0", "12"],
        ["flour", "8", "0", "8"],
    ]
