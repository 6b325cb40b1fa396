import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.vocabulary.variants import join_variants


@pytest.mark.parametrize(
    ("variant", "base"),
    [("invoices", "invoice"), ("companies", "company"), ("boxes", "box"), ("cookies", "cookie"), ("knives", "knife"),
     ("women", "woman"), ("organise", "organize"), ("organisations", "organization"), ("colour", "color"),
     ("travelling", "traveling"), ("theatre", "theater"), ("catalogue", "catalog"), ("licence", "license"),
     ("résumé", "resume")],
)  # fmt: skip
def test_both_spellings_count_as_one_word(variant, base):
    uses = {variant: 10, base: 10, "organisation": 10}
    assert join_variants(uses, ())[variant] == base


@pytest.mark.parametrize("word", ["boss", "bus", "analysis", "hour", "filling", "gas"])
def test_an_ending_that_only_looks_like_a_plural_stays(word):
    uses = dict.fromkeys([word, "bos", "bu", "analysi", "hor", "filing", "ga"], 10)
    assert word not in join_variants(uses, ())


def test_a_slip_of_the_keyboard_is_no_base():
    assert join_variants({"lens": 100, "len": 2}, ()) == {}


def test_a_word_is_never_joined_to_a_function_word():
    assert join_variants({"others": 5, "other": 50, "news": 5, "new": 50}, {"other", "new"}) == {}


@given(st.dictionaries(st.text("aeisoruyz", min_size=2, max_size=7), st.integers(1, 9)))
def test_a_base_is_never_itself_a_variant(uses):
    joined = join_variants(uses, ())
    assert all(base not in joined and base in uses for base in joined.values())
