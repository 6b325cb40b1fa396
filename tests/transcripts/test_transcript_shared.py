"""Real transcripts, kept outside the project: every format keeps its words. Needs OVERHEARD_SHARED."""

from collections import Counter
from pathlib import Path

import pytest

from overheard.transcripts import read_transcript
from tests.transcripts.plain_words import WORD, count_spoken

LEAST_SHARE = 0.99

pytestmark = pytest.mark.slow


def test_real_transcripts_keep_their_words(shared_data: Path) -> None:
    folder = shared_data / "transcripts"
    listed = [line.split("\t")[0] for line in (folder / "INDEX.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert listed
    for name in listed:
        reading = read_transcript(name, (folder / name).read_bytes())
        said = Counter(WORD.findall(" ".join(post.text for post in reading.posts)))
        spoken = count_spoken(folder / name)
        assert 1 - (spoken - said).total() / spoken.total() >= LEAST_SHARE, name
        assert (said - spoken).total() <= (1 - LEAST_SHARE) * spoken.total(), name


def test_interviews_in_pdf_files_are_read_in_turns(shared_data: Path) -> None:
    path = shared_data / "corpora" / "interviews_pdpilot" / "results" / "transcripts" / "P1.pdf"
    posts = read_transcript(path.name, path.read_bytes()).posts
    assert Counter(post.rank for post in posts).keys() == {"Interviewer", "Participant"}
    assert len(posts) > 50
