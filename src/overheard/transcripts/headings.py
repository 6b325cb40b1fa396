"""Which headings and questions of a text open turns? Lines → lines in which they open them as labels do.

Versions seen: `### Ines Vale` and `## Interviewer [00:12]` above the words; `## How was it?`, `**How was it?**`,
`3. How was it?` above the answer (notes of an interview without any speaker). Traps: a heading that comes once is a
chapter; a numbered list that asks nothing; a question within an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from overheard.transcripts.heads import first_time
from overheard.transcripts.labels import clean_name, is_name_shaped
from overheard.transcripts.parts import is_role

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.*)")
_LONGEST = 120
"""Characters of a heading that may be a speaker's."""
_TIME_BEHIND = re.compile(r"(?P<name>.*?)[\s,|–-]*(?P<time>[\[(<]?\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])>]?)")
_QUESTION = re.compile(
    r"\s{0,3}(?:#{1,6}\s+(?P<heading>.{3,400}?)[\s#]*+|(?P<bold>\*\*|__)(?P<strong>.{3,400}?)(?P=bold)"
    r"|(?:Q\s?)?\d{1,3}\s?[.):]\s+(?P<numbered>.{3,400}?))\s*"
)
_ASKS = ("?", "？", "؟", ";", ":")
_FEWEST_QUESTIONS = 3
_ASKED_SHARE = 0.6
"""Of the headings of one kind: those that ask."""


def with_headed_speakers(lines: Sequence[str]) -> list[str]:
    """Write headings that name speakers as labels: those that come back, and what transcripts call a speaker."""
    headings = [
        found and found["text"].rstrip("# \t") for found in (line and _HEADING.fullmatch(line) for line in lines)
    ]
    names = [_name_in(text) if text else "" for text in headings]
    uses = Counter(name for name in names if name)
    speakers = {name for name, count in uses.items() if is_name_shaped(name) and (count > 1 or is_role(name))}
    if len(speakers) < 2 and not any(uses[name] > 1 for name in speakers):
        return list(lines)
    if 2 * sum(uses[name] for name in speakers) >= uses.total():
        speakers |= {name for name in uses if is_name_shaped(name) and len(name.split()) > 1}
    kept = []
    for line, heading, name in zip(lines, headings, names, strict=True):
        time = first_time(heading) if heading else None
        kept.append(f"**{name}:**{f' [{time}]' if time else ''}" if name in speakers else line)
    return kept


def _name_in(heading: str) -> str:
    if len(heading) > _LONGEST:
        return ""
    found = _TIME_BEHIND.fullmatch(heading)
    return clean_name(found["name"] if found else heading)


def with_numbered_questions(lines: Sequence[str]) -> list[str]:
    """Write headings, bold lines or numbered lines that ask, with an answer below, as numbered questions."""
    for kind in ("heading", "strong", "numbered"):
        found = [match[kind] if line and (match := _QUESTION.fullmatch(line)) else None for line in lines]
        asked = [index for index, text in enumerate(found) if text and _is_answered(index, lines, found)]
        asking = [index for index in asked if (found[index] or "").rstrip("* _").endswith(_ASKS[:3])]
        if len(asking) >= _FEWEST_QUESTIONS and len(asking) >= _ASKED_SHARE * len(asked):
            first = asking[0]
            numbers = {index: number for number, index in enumerate((i for i in asked if i >= first), 1)}
            return [
                f"Question {numbers[index]}: {clean_name(found[index] or '')}" if index in numbers else line
                for index, line in enumerate(lines)
            ]
    return list(lines)


def _is_answered(index: int, lines: Sequence[str], found: Sequence[str | None]) -> bool:
    """Say whether words that are no heading of the same kind follow."""
    following = next((row for row in range(index + 1, len(lines)) if lines[row].strip()), None)
    return following is not None and not found[following]
