"""What a person's profile counts, and what it must not."""

import math

from hypothesis import given
from hypothesis import strategies as st

from overheard.people import Evidence, build_profiles
from overheard.records import Profile

PAINS = ("late", "lost", "cold")


def make_evidence(person: str, document: str, pain: str | None = "late", rung: int = 1) -> Evidence:
    return Evidence(person, document, pain, rung, "The kiln is cold again.", None)


def profiles_of(*evidence: Evidence) -> dict[str, Profile]:
    return {profile.person_id: profile for profile in build_profiles(evidence)}


def test_saying_it_ten_times_in_one_thread_counts_once() -> None:
    other = [make_evidence("q", "a", "lost"), make_evidence("q", "b", "late")]
    once = profiles_of(make_evidence("p", "a"), make_evidence("p", "b", "lost"), *other)
    often = profiles_of(*[make_evidence("p", "a")] * 10, make_evidence("p", "b", "lost"), *other)
    assert often["p"].shares == once["p"].shares
    assert (often["p"].signals, often["p"].documents) == (11, 2)


def test_two_threads_say_more_of_a_need_than_one() -> None:
    found = profiles_of(
        make_evidence("p", "a"),
        make_evidence("p", "b"),
        make_evidence("p", "c", "lost"),
        make_evidence("q", "a", "lost"),
    )
    assert found["p"].shares["late"] > found["p"].shares["lost"]


def test_money_spent_weighs_more_than_a_mention() -> None:
    found = profiles_of(
        make_evidence("p", "a", "late", 4), make_evidence("p", "b", "lost", 0), make_evidence("q", "a", "cold")
    )
    assert found["p"].shares["late"] > 2 * found["p"].shares["lost"]


def test_a_person_without_a_pain_gets_the_mix_of_all() -> None:
    found = profiles_of(make_evidence("p", "a", None), make_evidence("q", "a", "late"), make_evidence("r", "a", "lost"))
    assert found["p"].shares == {"late": 0.5, "lost": 0.5}


def test_the_mix_is_of_people_not_of_posts() -> None:
    loud = [make_evidence("loud", f"thread-{i}", "late") for i in range(50)]
    found = profiles_of(*loud, make_evidence("q", "a", "lost"), make_evidence("r", "a", None))
    assert math.isclose(found["r"].shares["late"], 0.5)


def test_a_market_without_pains_gives_empty_profiles() -> None:
    assert profiles_of(make_evidence("p", "a", None)) == {"p": Profile("p", {}, 1, 1)}


@given(
    st.lists(
        st.tuples(st.sampled_from("pqr"), st.sampled_from("abcd"), st.sampled_from((*PAINS, None)), st.integers(0, 4)),
        max_size=30,
    )
)
def test_shares_sum_to_one_and_the_order_of_evidence_is_nothing(rows: list[tuple[str, str, str | None, int]]) -> None:
    evidence = [make_evidence(*row) for row in rows]
    found = build_profiles(evidence)
    assert found == build_profiles(evidence[::-1])
    for profile in found:
        assert not profile.shares or math.isclose(sum(profile.shares.values()), 1.0)
        assert all(share > 0 for share in profile.shares.values())
