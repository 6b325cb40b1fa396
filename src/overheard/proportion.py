"""How sure is a share? Intervals and chances of proportions, for everything that is counted in people."""

from __future__ import annotations

import math

Z95 = 1.959963984540054
_Z_POWER = 0.8416212335729143
"""Quantile of the normal distribution at 80 %."""


def wilson_interval(count: float, total: float) -> tuple[float, float]:
    """Return the 95 % score interval (Wilson, 1927), which stays inside 0-1 and holds for small numbers.

    Args:
        count: people who do; 0 <= count <= total. Fractions come from weighted people.
        total: people asked, or their effective number; 0 gives the interval 0 to 1.
    """
    if not total:
        return 0.0, 1.0
    point, spread = count / total, Z95 * Z95 / total
    centre = (point + spread / 2) / (1 + spread)
    half = Z95 * math.sqrt(point * (1 - point) / total + spread / (4 * total)) / (1 + spread)
    # Rounding must not push 0 of n below 0 or n of n above 1.
    return max(0.0, centre - half), min(1.0, centre + half)


def words_of(count: int, total: int, smallest: int) -> str:
    """Say how many of how many do; a few, which might point at somebody, are "fewer than" `smallest`."""
    told = f"fewer than {smallest}" if 0 < count < smallest else f"{count:,}"
    return f"{told} of {total:,}"


def difference_interval(count: int, total: int, other_count: int, other_total: int) -> tuple[float, float]:
    """Return the 95 % interval of count / total - other_count / other_total (Newcombe, 1998, method 10).

    Args:
        count: people who do; 0 <= count <= total.
        total: people asked, > 0.
        other_count: the same of the others.
        other_total: > 0.
    """
    point, other = count / total, other_count / other_total
    low, high = wilson_interval(count, total)
    other_low, other_high = wilson_interval(other_count, other_total)
    below = math.hypot(point - low, other_high - other)
    above = math.hypot(high - point, other - other_low)
    return point - other - below, point - other + above


def chance_of_at_least(count: float, total: float, share: float) -> float:
    """Return the probability (0-1) that the true share is at least `share`, under Jeffreys' prior Beta(.5, .5).

    Args:
        count: people who do; 0 <= count <= total.
        total: people asked, or their effective number.
        share: the share in question, 0-1.
    """
    from scipy.stats import beta

    return float(beta.sf(share, count + 0.5, total - count + 0.5))


def people_needed(share: float, difference: float) -> int:
    """Return how many people each of two groups needs to tell `share` from a share `difference` away.

    Two-sided at 5 %, power 80 % (Fleiss, Levin and Paik, 2003, eq. 4.14, without the continuity correction).

    Args:
        share: of the one group, 0-1.
        difference: worth finding, 0-1; the other share is above, or below where there is no room above.
    """
    other = share + difference if share + difference <= 1 else share - difference
    mean = (share + other) / 2
    spread = share * (1 - share) + other * (1 - other)
    reach = Z95 * math.sqrt(2 * mean * (1 - mean)) + _Z_POWER * math.sqrt(spread)
    return math.ceil((reach / difference) ** 2)
