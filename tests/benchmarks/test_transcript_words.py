"""Turns, speakers and words of real transcripts, beside a plain count of the words spoken in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from overheard.transcripts import read_transcript
from tests.transcripts.plain_words import WORD, count_spoken

pytestmark = pytest.mark.bench

LEAST_SHARE = 0.99


def test_transcript_words(shared_data: Path) -> None:
    folder = shared_data / "transcripts"
    names = [line.split("\t")[0] for line in (folder / "INDEX.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    shares = {}
    print(
        f"\n{'file':58} {'turns':>6} {'speakers':>9} {'read':>7} {'spoken':>7} {'kept':>7} {'adverts':>8} {'small':>6}"
    )
    for name in sorted(names):
        posts = read_transcript(name, (folder / name).read_bytes()).posts
        said = Counter(WORD.findall(" ".join(post.text for post in posts)))
        spoken = count_spoken(folder / name)
        shares[name] = 1 - (spoken - said).total() / spoken.total()
        speakers = len({post.author for post in posts if post.author})
        asides = Counter(post.aside for post in posts)
        print(
            f"{name[:58]:58} {len(posts):6} {speakers:9} {said.total():7} {spoken.total():7} {shares[name]:7.4f}"
            f" {asides['advert']:8} {asides['small talk']:6}"
        )
    assert min(shares.values()) >= LEAST_SHARE
