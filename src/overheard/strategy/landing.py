"""Does a landing page bring the people it was written for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from overheard.records import LandingCount, LandingVariant, LandingVisit


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


def count_variants(visits: Sequence[LandingVisit]) -> tuple[LandingVariant, ...]:
    """Count what each variant of each page brought; who saw both or whose variant is unknown is in neither."""
    rows = []
    for segment_id, variant in sorted({(one.segment_id, one.variant) for one in visits if one.variant}):
        own = [one for one in visits if (one.segment_id, one.variant) == (segment_id, variant)]
        answers = [one.answer for one in own if one.answer]
        rows.append(LandingVariant(segment_id, variant, len(own), len(answers), answers.count(segment_id)))
    return tuple(rows)
