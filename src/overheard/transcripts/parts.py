"""Which part does a speaker play? What the label, the file's head or the layout says of who asks and who answers.

Versions seen: `Interviewer:` and `Participant:` in thirty languages, `Q:` / `A:`, `I:` / `P1:`, `M:` / `B3:`,
"Ines Vale (Host)", "Interviewer: Ines Vale" in a file's head. Traps: one letter means nothing alone ("P" asks beside
"R", and answers beside "I"); "A" and "B" are two voices; "Speaker 2" and "Narrator" play no part that is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from overheard.records import Post
from overheard.transcripts.lexicon import load_rows

Part = Literal["Interviewer", "Participant"]

_LONGEST_LABEL = 100
_NUMBERED = re.compile(r"(.*?)[\s_#.-]*(\d{1,3}|(?<=[\s_\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7a3])[a-z])", re.DOTALL)
_WITHIN = re.compile(r"[()\[\],/|]|\s[-–—]\s|:")
_LETTERS = re.compile(r"[^\W\d_]{1,3}")
_CODE = re.compile(r"(?:[a-z]{1,3}|spk|speaker|channel|ch)[ _-]?\d{1,3}|(?:speaker|channel)[ _-]?[a-z]")
_PLAYS: dict[str, Part] = {"asks": "Interviewer", "question": "Interviewer", "answers": "Participant"}
# Who asks, beside whom: the first letters of the words in the languages the lexicon has, most certain first.
_PAIRS = (
    *(("q", "a"), ("q", "r"), ("int", "p"), ("int", "r"), ("int", "res"), ("ir", "ie"), ("iv", "ip")),
    *(
        ("i", "p"),
        ("i", "r"),
        ("i", "b"),
        ("i", "a"),
        ("i", "ip"),
        ("m", "tn"),
        ("i", "tn"),
        ("m", "p"),
        ("m", "r"),
        ("m", "b"),
    ),
    *(("f", "a"), ("d", "r"), ("e", "p"), ("e", "r"), ("p", "r"), ("v", "a"), ("h", "v"), ("b", "r"), ("p", "o")),
    *(("t", "r"), ("k", "v"), ("s", "c"), ("и", "р"), ("в", "о"), ("и", "о"), ("м", "р"), ("س", "ج")),
)


@lru_cache
def words_of(name: str) -> dict[str, str]:
    """Return a lexicon of this room: what stands first in each line → what stands second."""
    return {row[0]: row[1] if len(row) > 1 else "" for row in load_rows(name)}


def stem_of(label: str) -> str:
    """Return the label in lower case without the number or letter behind it: "Speaker 2" → "speaker"."""
    lowered = " ".join(label.casefold().split())
    found = _NUMBERED.fullmatch(lowered) if len(lowered) <= _LONGEST_LABEL else None
    return found[1] if found and found[1] else lowered


def is_role(label: str) -> bool:
    """Say whether transcripts call a speaker so: "Interviewer", "Participant 3", "SPEAKER_00"."""
    return stem_of(label) in words_of("roles") or label.casefold() in words_of("roles")


def is_question(label: str) -> bool:
    """Say whether a label names what is asked rather than who asks: "Question 7", "Pregunta"."""
    return words_of("roles").get(stem_of(label)) == "question"


def names_nobody(label: str) -> bool:
    """Say whether a label stands for another person in every file: "Participant", "Speaker 1", "spk_0", "P3", "B"."""
    lowered = " ".join(label.casefold().split())
    return len(lowered) < 2 or is_role(label) or bool(_CODE.fullmatch(lowered))


def lettered_pair(labels: Collection[str]) -> tuple[str, str] | None:
    """Return the letters of who asks and of who answers, where labels are such letters: "I:" and "P2:" → (i, p)."""
    stems = {stem_of(label) for label in labels if _LETTERS.fullmatch(stem_of(label))}
    return next((pair for pair in _PAIRS if stems.issuperset(pair)), None)


def part_of(label: str, pair: tuple[str, str] | None = None) -> Part | None:
    """Return the part a label tells, in a file that has this lettered pair; None where it tells none."""
    stem = stem_of(label)
    if pair and stem in pair:
        return "Interviewer" if stem == pair[0] else "Participant"
    if len(stem) < 2 and stem.isascii() and stem != "q":
        return None
    pieces = [stem, *(stem_of(piece) for piece in _WITHIN.split(label))]
    if len(first := label.split(maxsplit=1)) > 1 and len(first[0]) > 3:
        pieces.append(first[0].casefold())
    found = [words_of("roles").get(piece.strip(), "") for piece in pieces]
    return next((_PLAYS[play] for play in found if play in _PLAYS), None)


def with_parts(posts: Sequence[Post], told: Mapping[str, Part] | None = None) -> tuple[Post, ...]:
    """Give each turn the part of its speaker as its rank, where it is told; ranks that are there stay.

    Beside a labelled interviewer the others answer; beside labelled participants one single other asks. Where nothing
    is labelled nothing is said.

    Args:
        posts: the turns of one talk.
        told: parts of speakers that the file's head tells, by author.
    """
    labels = list(dict.fromkeys(post.author for post in posts))
    pair = lettered_pair(labels)
    parts = {label: part for label in labels if (part := (told or {}).get(label) or part_of(label, pair))}
    if not parts:
        return tuple(posts)
    others = [label for label in labels if label not in parts and words_of("roles").get(stem_of(label)) != "-"]
    if "Interviewer" in parts.values():
        parts |= dict.fromkeys(others, "Participant")
    elif parts and len(others) == 1:
        parts[others[0]] = "Interviewer"
    return tuple(replace(post, rank=post.rank or parts.get(post.author, "")) for post in posts)
