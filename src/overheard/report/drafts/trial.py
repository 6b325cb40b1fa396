"""Which variant of a landing page does better, and were there visitors enough to tell?"""

from __future__ import annotations

from overheard.proportion import difference_interval, people_needed
from overheard.records import LandingVariant
from overheard.report.figures import counted, share_of
from overheard.report.findings import Market

POINTS = 0.10
"""The difference of shares that is worth finding: of less a page is rarely rewritten, and it takes thousands to see."""


def tell_trial(market: Market, segment_id: str) -> tuple[str, ...]:
    """Say what each variant brought, and which is better; () where nobody came to any.

    Nothing is decided before as many came to each as the difference needs: whoever looks every night and stops at the
    first good one finds a difference where there is none.
    """
    rows = [one for one in market.findings.landing_variants if one.segment_id == segment_id]
    if not any(one.visitors >= market.smallest for one in rows):
        return ()
    lines = [_line(one, market.smallest) for one in sorted(rows, key=lambda one: one.variant)]
    if len(rows) < 2:
        return (*lines, "Only one variant was shown: put both on your server to compare them.")
    first, second = sorted(rows, key=lambda one: one.variant)
    return (*lines, _verdict(first, second))


def _line(one: LandingVariant, smallest: int) -> str:
    name = f"Variant {one.variant}"
    if one.visitors < smallest:
        return f"{name}: fewer than {smallest} visitors"
    # One or two who did, or who did not, would point at somebody.
    if any(0 < count < smallest for count in (one.theirs, one.visitors - one.theirs)):
        return f"{name}: {counted(one.visitors, 'visitor')}; too few on one side to count out"
    share = share_of(one.theirs, one.visitors)
    return f"{name}: {share.counted} visitors said that its sentence could be theirs ({share.percent})"


def _verdict(first: LandingVariant, second: LandingVariant) -> str:
    visitors = first.visitors + second.visitors
    pooled = (first.theirs + second.theirs + 0.5) / (visitors + 1)
    needed, fewest = people_needed(pooled, POINTS), min(first.visitors, second.visitors)
    if fewest < needed:
        return (
            f"Too few to tell which is better: a difference of {100 * POINTS:.0f} points shows from about "
            f"{counted(needed, 'visitor')} of each on; the one with fewer has had {fewest}."
        )
    low, high = difference_interval(second.theirs, second.visitors, first.theirs, first.visitors)
    if low > 0 or high < 0:
        better = second.variant if low > 0 else first.variant
        least, most = sorted((abs(low), abs(high)))
        return f"Variant {better} does better, by {100 * least:.0f} to {100 * most:.0f} points of a hundred (95%)."
    return f"No difference is to be seen ({100 * low:.0f} to {100 * high:.0f} points of a hundred, 95%)."
