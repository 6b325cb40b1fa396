from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.signals.cues import Cue, Lexicon, load_lexicon, read_cues
from overheard.signals.traits import ROLES
from overheard.signals.words import read_words


def found(pattern, sentence):
    return [(hit.start, hit.end) for hit in Lexicon([cue(pattern)]).find_hits(read_words(sentence))]


def cue(pattern, role="fail", weight=1.0):
    return Cue("pain", role, pattern, weight, "why", "")


@pytest.mark.parametrize("one", load_lexicon().cues, ids=lambda one: one.name[:60])
def test_every_cue_is_found_in_its_own_example(one):
    assert Lexicon([one]).find_hits(read_words(one.example))


def test_every_cue_has_a_known_role_a_reason_and_no_twin():
    cues = load_lexicon().cues
    assert {one.role for one in cues} == set(ROLES)
    assert all(one.reason.strip() for one in cues)
    assert len({one.name for one in cues}) == len(cues)


@pytest.mark.parametrize(
    ("pattern", "sentence", "spans"),
    [
        ("does|did not work", "it didn't work", [(1, 4)]),
        ("frustrat*", "How frustrating", [(1, 2)]),
        ("not very? good", "not good, not very good", [(0, 2), (2, 5)]),
        ("has _ died", "it has just died but has died", [(1, 4)]),
        ("no ... way", "no other easy way, no way", [(0, 4), (4, 6)]),
        ("no ... way", "no one here would ever find a way", []),
        ("^ add", "Add more and add less", [(0, 1)]),
        ("right $", "right is right", [(2, 3)]),
    ],
)
def test_cue_syntax_means_what_the_module_says(pattern, sentence, spans):
    assert found(pattern, sentence) == spans


def test_of_overlapping_cues_of_one_role_only_the_weightiest_counts_but_roles_do_not_hide_each_other():
    lexicon = Lexicon([cue("not", weight=0.2), cue("not work", weight=0.9), cue("work", "act", 0.5)])
    assert [hit.cue.name for hit in lexicon.find_hits(("not", "work"))] == ["fail:not work", "act:work"]


def test_a_lexicon_line_with_a_missing_column_or_a_weight_out_of_range_names_its_line():
    with pytest.raises(ValueError, match="pain:2: has 4 columns"):
        read_cues("pain", "# head\na\tfail\t1\twhy")
    with pytest.raises(ValueError, match="pain:1: weight 3"):
        read_cues("pain", "a\tfail\t3\twhy\ta")


def test_a_cue_whose_words_may_all_be_missing_is_refused():
    with pytest.raises(ValueError, match="is empty"):
        Lexicon([cue("just? now?")])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Don't", ("do", "not")),
        ("dont", ("do", "not")),
        ("can’t", ("can", "not")),
        ("won't", ("will", "not")),
        ("It's Ann's £5", ("it", "is", "ann", "currency", "5")),
        ("user-friendly!", ("user-friendly",)),
        ("I'd've", ("i'd", "have")),
    ],
)
def test_short_forms_are_written_out(typed, words):
    assert read_words(typed) == words


def test_no_word_stands_in_two_feelings_of_opposite_sign():
    glad, sad = set(), set()
    for line in (files("overheard.signals") / "lexicon" / "valence.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            value, _, words = line.split("\t")
            (glad if float(value) > 0 else sad).update(words.split())
    assert glad and sad and not glad & sad


@given(st.lists(st.sampled_from(["not", "working", "it", "no", "way", "still", "never", "again"]), max_size=12))
def test_hits_lie_inside_the_sentence_and_never_overlap_within_a_role(words):
    hits = load_lexicon().find_hits(words)
    assert all(0 <= hit.start < hit.end <= len(words) for hit in hits)
    taken = [(hit.cue.role, at) for hit in hits for at in range(hit.start, hit.end)]
    assert len(taken) == len(set(taken))
