"""Segments by need: found where they are, refused where they are not, and named from what was said."""

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from overheard.people import (
    AuthorPost,
    Evidence,
    SegmentFit,
    choose_posts,
    fit_segments,
    group_authors,
)
from overheard.people.needs.words import need_words
from overheard.people.segments.grouping import fit_groups
from overheard.people.segments.naming import describe_segments
from overheard.settings import PeopleSettings

pytestmark = pytest.mark.slow

NEEDS = {
    "glaze": (
        "glaze",
        "crawls",
        "crazing",
        "pinholes",
        "blister",
        "colour",
        "runs",
        "shelf",
        "drips",
        "matt",
        "cobalt",
    ),
    "clay": ("clay", "slump", "cracks", "drying", "wedge", "grog", "bag", "stiff", "plastic", "lid", "handle"),
    "stall": ("stall", "market", "customers", "price", "rain", "booth", "queue", "card", "reader", "haggle", "parking"),
}
SMALL_TALK = ("monday", "van", "tea", "cousin", "weather", "radio", "bus", "garden", "letter", "window", "chair", "dog")
SETTINGS = PeopleSettings(most_segments=4)
Market = tuple[list[Evidence], NDArray[np.float32], dict[str, str]]
DIMENSIONS = 12


def make_market(
    people_a_need: int = 12, sentences: int = 5, seed: int = 3, shuffled: bool = False
) -> tuple[list[Evidence], NDArray[np.float32], dict[str, str]]:
    """Invent people of one need each, in words and vectors; shuffled, the sentences are dealt to people at random."""
    generator = np.random.default_rng(seed)
    rows: list[tuple[str, str, str]] = []
    vectors = []
    truth = {}
    for index, (need, words) in enumerate(NEEDS.items()):
        for number in range(people_a_need):
            person = f"{need}-{number:02d}"
            truth[person] = need
            for sentence in range(sentences):
                said = [*generator.choice(words, 3, replace=False), *generator.choice(SMALL_TALK, 3, replace=False)]
                rows.append((person, f"thread-{(number * 7 + sentence) % 29}", " ".join(said)))
                vector = generator.normal(0, 0.35, DIMENSIONS)
                vector[index] += 1
                vectors.append(vector / np.linalg.norm(vector))
    order = generator.permutation(len(rows)) if shuffled else np.arange(len(rows))
    evidence = [
        Evidence(person, document, None, 1, rows[said][2], int(said))
        for (person, document, _), said in zip(rows, order, strict=True)
    ]
    return evidence, np.array(vectors, dtype=np.float32), truth


@pytest.fixture(scope="module")
def market() -> Market:
    return make_market()


@pytest.fixture(scope="module")
def fit(market: Market) -> SegmentFit:
    evidence, vectors, _ = market
    return fit_segments(evidence, vectors, SETTINGS)


@pytest.mark.slow
def test_three_needs_are_found_without_being_told_how_many(market: Market, fit: SegmentFit) -> None:
    _, _, truth = market
    placed = [(truth[place.person_id], place.segment) for place in fit.places if place.segment is not None]
    assert len(fit.findings) == 3
    assert len(placed) >= 0.9 * len(truth)
    assert adjusted_rand_score(*zip(*placed, strict=True)) > 0.9
    assert all(finding.comeback.stability > 0.75 for finding in fit.findings)
    assert all(finding.told > 0.9 for finding in fit.findings)
    assert fit.p <= 0.05
    assert fit.bits > 1
    assert fit.verdict == "natural"


@pytest.mark.slow
def test_the_same_market_gives_the_same_segments_whatever_order_it_is_read_in(market: Market, fit: SegmentFit) -> None:
    evidence, vectors, _ = market
    assert fit_segments(evidence, vectors, SETTINGS) == fit
    backwards = fit_segments(evidence[::-1], vectors, SETTINGS)
    assert [(one.person_id, one.segment) for one in backwards.places] == [
        (one.person_id, one.segment) for one in fit.places
    ]


def test_segments_are_named_by_the_words_of_their_people(fit: SegmentFit) -> None:
    for finding in fit.findings:
        assert any(set(finding.name.split(", ")) <= set(words) for words in NEEDS.values())


@pytest.mark.slow
def test_sentences_dealt_to_people_at_random_hold_no_segments() -> None:
    evidence, vectors, _ = make_market(shuffled=True)
    fit = fit_segments(evidence, vectors, SETTINGS)
    assert (fit.findings, fit.verdict) == ((), "none")
    assert {place.segment for place in fit.places} == {None}
    assert fit.reason


def test_few_people_are_not_segmented() -> None:
    evidence, vectors, _ = make_market(people_a_need=6)
    fit = fit_segments(evidence, vectors, SETTINGS)
    assert fit.reason == "18 people with enough evidence, 20 needed"
    assert {place.method for place in fit.places} == {"no-segments"}


@pytest.mark.slow
def test_who_said_little_is_left_out_and_the_interviewed_are_not(market: Market) -> None:
    evidence, vectors, _ = market
    one_thread = [
        Evidence("short", "thread-1", None, 1, "glaze crawls", 0),
        Evidence("short", "thread-1", None, 1, "drips", 1),
    ]
    talk = [Evidence("talker", "talk", None, 1, " ".join(NEEDS["clay"][i : i + 3]), 60 + i, True) for i in range(6)]
    places = {
        place.person_id: place for place in fit_segments([*evidence, *one_thread, *talk], vectors, SETTINGS).places
    }
    assert (places["short"].segment, places["short"].method) == (None, "insufficient-evidence")
    assert places["talker"].segment == places["clay-00"].segment


@pytest.mark.slow
def test_who_says_something_of_every_need_is_surer_of_none(market: Market) -> None:
    evidence, vectors, _ = market
    rows = [0, 60, 120, 6, 66, 126]
    torn = [Evidence("torn", f"thread-{i}", None, 1, evidence[row].text, row) for i, row in enumerate(rows)]
    places = {place.person_id: place for place in fit_segments([*evidence, *torn], vectors, SETTINGS).places}
    assert (places["torn"].segment, places["torn"].method) == (None, "ambiguous")


@pytest.mark.slow
def test_words_alone_find_the_needs_when_nothing_was_encoded(market: Market) -> None:
    evidence, _, truth = market
    plain = [Evidence(one.person_id, one.document_id, None, 1, one.text, None) for one in evidence]
    fit = fit_segments(plain, np.zeros((0, DIMENSIONS), dtype=np.float32), SETTINGS)
    placed = [(truth[place.person_id], place.segment) for place in fit.places if place.segment is not None]
    assert adjusted_rand_score(*zip(*placed, strict=True)) > 0.9


def make_person(*pains: str, text: str = "It failed.") -> list[Evidence]:
    return [Evidence("p", str(index), pain, 1, text, None) for index, pain in enumerate(pains)]


def test_a_segment_without_words_of_its_own_is_named_by_its_pains() -> None:
    left = [make_person("late", "cold"), make_person("late"), make_person("late", "cold")]
    right = [make_person("lost", "cold"), make_person("lost", "cold"), make_person("lost")]
    names = {"late": "late payment", "lost": "lost parcels", "cold": "cold workshop"}
    found = describe_segments([left, right], names)
    assert [one.top_pains[0] for one in found] == ["late", "lost"]
    assert [one.name for one in found] == ["late payment", "lost parcels"]


def test_one_persons_word_names_no_segment() -> None:
    left = [make_person("late", text="gerbils escaped"), make_person("late", text="gaskets leaking")]
    right = [make_person("lost", text="parcels"), make_person("lost", text="parcels")]
    assert "gerbils" not in describe_segments([left, right], {})[0].name


def test_two_segments_never_share_a_name() -> None:
    people = [make_person("late"), make_person("late")]
    names = [one.name for one in describe_segments([people, people, people], {})]
    assert len(set(names)) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The invoices don't match my bank's batches", ["invoice", "match", "bank", "batch"]),
        ("Studies of glass: https://kiln.example/glass", ["study", "glass"]),
        ("It is what it is!", []),
    ],
)
def test_need_words_are_content_words_with_plurals_folded(text: str, expected: list[str]) -> None:
    assert need_words(text) == expected


def test_centres_are_on_the_sphere() -> None:
    space = np.eye(4)[np.repeat(np.arange(4), 5)]
    _, centres = fit_groups(space, 4, 7, 3)
    assert np.linalg.norm(centres, axis=1) == pytest.approx(np.ones(4))


@pytest.mark.slow
def test_authors_are_grouped_without_a_market(market: Market) -> None:
    evidence, vectors, truth = market
    posts = [AuthorPost(one.person_id, one.document_id, one.text) for one in evidence]
    posts.append(AuthorPost("passer-by", "thread-1", "thanks"))
    encoded = list(range(len(evidence)))
    places = {place.person_id: place for place in group_authors(posts, encoded, vectors, SETTINGS)}
    assert places["passer-by"].segment_id is None
    placed = [(need, places[author].segment_id) for author, need in truth.items() if places[author].segment_id]
    assert len(placed) >= 0.9 * len(truth)
    assert adjusted_rand_score(*zip(*placed, strict=True)) > 0.9


def test_a_talkative_authors_posts_are_drawn_fairly_and_those_of_a_few_words_last() -> None:
    long = [AuthorPost("p", "t", f"the kiln number {number} lost its heat over night") for number in range(6)]
    posts = [AuthorPost("p", "t", "thanks"), *long, AuthorPost("q", "t", "yes")]
    chosen = choose_posts(posts, most_per_author=3)
    assert len(chosen) == 4
    assert 0 not in chosen
    backwards = posts[::-1]
    assert {posts[row].text for row in chosen} == {backwards[row].text for row in choose_posts(backwards, 3)}
