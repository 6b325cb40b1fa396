"""The map: near stays near, the picture stays where it was, and nothing in it stands for one person."""

import re
from dataclasses import replace

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness

from overheard.report import render_report
from overheard.report.compose import compose_report
from overheard.report.pain_map.drawing import HEIGHT, WIDTH, fit_to_sheet, labels_of, radii_of
from overheard.report.pain_map.layout import place_points
from tests.report.make_market import make_market
from tests.report.reading import pages_of


def make_vectors(heaps=6, each=8, dims=40, noise=0.5, seed=3):
    draw = np.random.default_rng(seed)
    middles = draw.standard_normal((heaps, dims))
    vectors = np.repeat(middles, each, axis=0) + noise * draw.standard_normal((heaps * each, dims))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def everybody(vectors):
    return np.ones(len(vectors), dtype=bool)


def test_neighbours_stay_neighbours_and_more_than_by_principal_components():
    vectors = make_vectors()
    ours = trustworthiness(vectors, place_points(vectors, everybody(vectors)), n_neighbors=5, metric="cosine")
    plain = trustworthiness(vectors, PCA(2).fit_transform(vectors), n_neighbors=5, metric="cosine")
    assert ours > max(0.9, plain + 0.02)


def test_the_order_of_the_pains_does_not_move_them():
    vectors = make_vectors()
    order = np.random.default_rng(1).permutation(len(vectors))
    places = place_points(vectors, everybody(vectors))
    assert np.allclose(place_points(vectors[order], everybody(vectors)), places[order], atol=1e-6)


def test_pains_born_later_neither_turn_nor_mirror_the_picture():
    vectors = make_vectors()
    is_old = np.random.default_rng(5).random(len(vectors)) < 0.8
    before = place_points(vectors[is_old], everybody(vectors[is_old]))
    after = place_points(vectors, is_old)[is_old]
    width = np.ptp(before, axis=0).max()
    assert np.median(np.linalg.norm(after - before, axis=1)) < 0.1 * width


@pytest.mark.parametrize(
    "vectors",
    [np.eye(3), np.tile([[1.0, 0.0]], (4, 1)), np.array([[1.0, 0.0], [0.0, 1.0]])],
    ids=["corners", "one", "two"],
)
def test_pains_alike_in_everything_or_nothing_have_a_place(vectors):
    places = place_points(vectors, everybody(vectors))
    radii = radii_of([5] * len(vectors))
    drawn = fit_to_sheet(places, radii)
    assert np.isfinite(drawn).all()
    apart = np.linalg.norm(drawn[:, None] - drawn[None], axis=2)[np.triu_indices(len(drawn), 1)]
    assert apart.min() >= 2 * radii[0] - 1


def test_labels_do_not_cover_each_other():
    draw = np.random.default_rng(0)
    places = draw.uniform([40, 40], [WIDTH - 40, HEIGHT - 40], (60, 2))
    labels = labels_of([f"a pain of number {at}" for at in range(60)], places, radii_of([5] * 60))
    assert all(text for text, *_ in labels[:8])
    boxes = []
    for text, x, y, anchor in labels:
        if text:
            width = 5 * len(text)
            left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
            boxes.append((left, y - 9, left + width, y))
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_name_too_long_for_the_map_is_cut_between_words():
    place, radius = np.array([[WIDTH / 2, HEIGHT / 2]]), radii_of([5])
    names = {
        "wet gloves": "wet gloves",
        "the queen that nobody found again": "the queen that nobody…",
        "x" * 40: "x" * 25 + "…",
    }
    assert {name: labels_of([name], place, radius)[0][0] for name in names} == names


@pytest.fixture(scope="module")
def market():
    return make_market()


@pytest.fixture(scope="module")
def page(market):
    return render_report(market)["map.html"].decode()


def test_every_pain_shown_has_a_circle_that_leads_to_its_page(page):
    drawn = re.findall(r'<a href="(pain-[^"]+)" aria-label="([^"]+): (\d+) people"><circle class="target"', page)
    listed = re.findall(r'<th scope="row"><a href="(pain-[^"]+)">([^<]+)</a></th><td class="n">(\d+) of', page)
    assert drawn == listed
    assert len(drawn) >= 5


def test_only_groups_of_enough_people_are_drawn(market, page):
    assert min(int(people) for people in re.findall(r": (\d+) people\"><circle", page)) >= 5
    assert "that 5 people or more tell both" in page
    alone = [replace(one, person_id=f"alone{at}") for at, one in enumerate(market.utterances)]
    person = {one.utterance_id: one.person_id for one in alone}
    signals = [replace(one, person_id=person[one.utterance_id]) for one in market.signals]
    lonely = compose_report(replace(market, utterances=alone, signals=signals, memberships=[], segments=[], terms=[]))
    assert 'class="tie"' in page
    assert lonely.pain_map.circles
    assert lonely.pain_map.ties == ()


def test_without_known_places_there_is_no_map_and_no_way_to_it(market):
    files = render_report(replace(market, lasting_pains=[]))
    assert "map.html" not in files
    assert not [link for page in pages_of(files).values() for link in page.all("a") if link["href"] == "map.html"]


def test_a_pain_without_a_place_is_in_the_list_only(market):
    clean = compose_report(market).pain_map
    view = compose_report(replace(market, lasting_pains=market.lasting_pains[1:])).pain_map
    assert (clean.left_out, view.left_out) == (0, 1)
    assert len(view.circles) == len(clean.circles) - 1
