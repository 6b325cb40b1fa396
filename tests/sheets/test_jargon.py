import random
import time

import pytest

from overheard.sheets import Commonness, find_jargon
from overheard.sheets.wording import fold, read_uses
from tests.make import make_utterance

# A language of nearly a thousand everyday words.
LETTERS = "abcdefghijklmnopqrstuvwxyz"
EVERYDAY = ["the", "a", "and", "i", "my", "is", "it", "to", "in", "we"]
EVERYDAY += [f"plain{first}{second}o" for first in LETTERS[:25] for second in LETTERS]
COMMON = [*EVERYDAY, *(f"dull{first}{second}o" for first in LETTERS[:11] for second in LETTERS)]
COMMON += ["page", "table", "fault", "walk", "price", "bowl"]
WORDS = Commonness(COMMON)


def filler(number, size=40):
    draw = random.Random(number)
    return " ".join(draw.choice(EVERYDAY) for _ in range(size))


def thread(document_id, *texts, first_person=0):
    return [
        make_utterance(text, f"{document_id}p{first_person + at}", document_id, at) for at, text in enumerate(texts)
    ]


def jargon_of(utterances, wanted, least_people=2, most=8, own=None):
    own = own or {one.utterance_id: [(0, len(one.text))] for one in utterances}
    return find_jargon(utterances, own, WORDS, wanted, least_people, most)


def market(*special, others=30):
    """A thread "d" of the given posts among others that speak everyday words."""
    rest = [one for at in range(others) for one in thread(f"o{at}", filler(at))]
    return [*thread("d", *special), *rest]


def texts_of(found):
    return [one.text for one in found.get("d", ())]


def test_a_word_of_the_trade_is_found_and_everyday_words_are_not():
    said = market(f"{filler(91)} the bisque {filler(92)}", f"my bisque, the bisque {filler(93)}")
    assert texts_of(jargon_of(said, {"d"})) == ["bisque"]


def test_a_pair_that_belongs_together_is_one_term():
    said = market(f"the kiln wash {filler(91)}", f"a kiln wash {filler(92)}", f"kiln wash {filler(93)}")
    assert texts_of(jargon_of(said, {"d"})) == ["kiln wash"]


def test_an_everyday_word_alone_is_none_but_a_pair_with_it_may_be():
    said = market(
        f"my bisque page {filler(91)}",
        f"the bisque page, my bisque page {filler(92)}",
        f"table table table {filler(93)}",
    )
    assert texts_of(jargon_of(said, {"d"})) == ["bisque page"]


def test_a_word_of_one_person_is_a_habit():
    said = market(f"glorp glorp glorp {filler(91)}", filler(92))
    assert texts_of(jargon_of(said, {"d"})) == []
    assert texts_of(jargon_of(said, {"d"}, least_people=1)) == ["glorp"]


def test_what_every_thread_says_is_no_mark_of_this_one():
    rest = [one for at in range(30) for one in thread(f"o{at}", f"bisque {filler(at)}")]
    said = [
        *thread("d", f"bisque {filler(91)}", f"sgraffito {filler(92)}", f"sgraffito, sgraffito {filler(93)}"),
        *rest,
    ]
    assert texts_of(jargon_of(said, {"d"})) == ["sgraffito"]


def test_singular_and_plural_are_one_word_shown_as_most_often_written():
    said = market(f"Trivets {filler(91)} Trivets {filler(92)}", f"a trivet {filler(93)}")
    (found,) = jargon_of(said, {"d"})["d"]
    assert (found.text, found.uses) == ("Trivets", 3)


def test_examples_point_at_the_word_and_are_of_different_people():
    said = market(f"{filler(91)} bisque and bisque", f"my bisque {filler(92)}")
    (found,) = jargon_of(said, {"d"})["d"]
    by_id = {one.utterance_id: one for one in said}
    assert [by_id[where].text[start:end] for where, start, end in found.examples] == ["bisque", "bisque"]
    assert len({by_id[where].person_id for where, _, _ in found.examples}) == 2


def test_words_of_others_are_not_read():
    said = market(f"> bisque bisque\n{filler(91)}", f"> bisque\n{filler(92)}")
    own = {one.utterance_id: [(one.text.find("\n") + 1, len(one.text))] for one in said}
    assert jargon_of(said, {"d"}, own=own) == {}


def test_only_what_is_asked_for_is_looked_at():
    said = market(f"bisque {filler(91)}", f"bisque, bisque {filler(92)}")
    assert set(jargon_of(said, {"d"})) == {"d"}
    assert jargon_of(said, {"o1"}) == {}
    assert jargon_of([], {"d"}) == {}


def test_a_market_of_one_thread_has_words_too():
    said = thread("d", f"bisque bisque {filler(91)}", f"bisque {filler(92)}")
    assert all(one.z == one.z for one in jargon_of(said, {"d"}).get("d", ()))


def test_the_best_come_first_and_not_too_many():
    posts = [" ".join(["bisque"] * 6 + ["slip cup"] + ["grog"] * 2 + [filler(80 + at)]) for at in range(3)]
    assert texts_of(jargon_of(market(*posts), {"d"}, most=2))[0] == "bisque"
    assert len(texts_of(jargon_of(market(*posts), {"d"}, most=2))) == 2


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Bisque page", ["bisque", "page", "bisque page"]),
        ("the bisque is", ["the", "bisque", "is"]),
        ("bisque, page", ["bisque", "page"]),
        ("bisque\nfault", ["bisque", "fault", "bisque fault"]),
        ("see https://kiln.example/bisque now", ["see", "now"]),
        ("write to ann@kiln.example or @ann about C:\\kiln", ["write", "to", "or", "about", "c"]),
        ("run `fire --cone 6` twice", ["run", "twice"]),
        ("cone10 10cone", ["cone10"]),
        ("the potter’s wheel-head", ["the", "potter", "wheel-head", "potter wheel-head"]),
        ("don't bisque", ["don't", "bisque"]),
    ],
)
def test_words_and_pairs_are_read_as_written(text, terms):
    assert sorted(use.term for use in read_uses(text, [(0, len(text))], WORDS)) == sorted(terms)


def test_a_use_is_where_it_says():
    text = "My Bisque Page, my glass"
    uses = {use.term: text[use.start : use.end] for use in read_uses(text, [(0, len(text))], WORDS)}
    assert uses["bisque page"] == "Bisque Page"
    assert uses["glass"] == "glass"


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Bowls", "bowl"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("Potter's", "potter"),
        ("glazes", "glaze"),
        ("its", "its"),
    ],
)
def test_regular_plurals_are_folded(word, folded):
    assert fold(word) == folded


@pytest.mark.parametrize("word", ["walking", "walked", "walker", "pricing", "priced", "pages", "im", "x", "don't"])
def test_an_inflected_everyday_word_is_everyday(word):
    assert not WORDS.can_be_jargon(fold(word))


@pytest.mark.slow
@pytest.mark.parametrize("filler_text", ["a", "a ", "a-", "a'", "`", "@", "http://", "a.", "1", "\\", "a@", "'", "é "])
def test_a_megabyte_of_anything_is_read_quickly(filler_text):
    text = filler_text * (1_000_000 // len(filler_text))
    started = time.process_time()
    for _ in read_uses(text, [(0, len(text))], WORDS):
        pass
    assert time.process_time() - started < 4
