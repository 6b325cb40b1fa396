"""Real transcripts, kept outside the project: every format keeps its words. Needs OVERHEARD_SHARED."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest

from overheard.errors import UnreadableError
from overheard.transcripts import read_transcript

COVERED = ("vtt", "vtt_speaker_synthetic", "timestamped_txt", "markdown_bold", "pii_synthetic", "plain_qa_notes")
LEAST_SHARE = 0.99
WORD = re.compile(r"[^\W\d_]+")

pytestmark = pytest.mark.slow


def plain_words(text: str) -> Counter[str]:
    """Count words after cutting markup away line by line, by nothing but patterns."""
    lines = [line for line in text.splitlines() if "-->" not in line and not line.startswith(("WEBVTT", "# "))]
    return Counter(WORD.findall(html.unescape(re.sub(r"<[^>]*>", " ", "\n".join(lines)))))


@pytest.mark.parametrize("folder", COVERED)
def test_real_transcripts_keep_their_words(shared_data: Path, folder: str) -> None:
    for path in sorted((shared_data / "transcripts" / folder).iterdir()):
        reading = read_transcript(path.name, path.read_bytes())
        said = Counter(WORD.findall(" ".join(post.text for post in reading.posts)))
        names = set(WORD.findall(" ".join(post.author for post in reading.posts))) | {"Break", "m", "p"}
        wanted = plain_words(path.read_text(encoding="utf-8-sig"))
        lost = sum(count for word, count in (wanted - said).items() if word not in names)
        share = 1 - lost / wanted.total()
        speakers = len({post.author for post in reading.posts})
        print(f"{folder}/{path.name}: {len(reading.posts)} turns, {speakers} speakers, {share:.4f} of words")
        assert share >= LEAST_SHARE, path.name
        assert len(reading.posts) > 1, path.name


@pytest.mark.parametrize("ending", ["json"])
def test_formats_nobody_reads_yet_are_refused_in_one_line(shared_data: Path, ending: str) -> None:
    paths = sorted((shared_data / "transcripts").glob(f"*/*.{ending}"))
    assert paths
    for path in paths:
        with pytest.raises(UnreadableError, match="is JSON"):
            read_transcript(path.name, path.read_bytes())
