"""Does a landing page bring the people it was written for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from overheard.records import LandingCount, LandingVisit


def count_landings(visits: Sequence[LandingVisit]) -> tuple[LandingCount, ...]:
    """Count each page's answers; a page nobody answered on has one row with no answer (answer "", no people)."""
    rows = []
    for segment_id in sorted({one.segment_id for one in visits}):
        own = [one for one in visits if one.segment_id == segment_id]
        answers = Counter(one.answer for one in own if one.answer)
        total = sum(answers.values())
        for answer, people in sorted(answers.items()) or [("", 0)]:
            rows.append(LandingCount(segment_id, answer, people, total, len(own)))
    return tuple(rows)
