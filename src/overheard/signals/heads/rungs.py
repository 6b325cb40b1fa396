"""How high on the ladder of evidence does a sentence stand?

0 topic mention · 1 problem statement · 2 with affect or a stated consequence · 3 with behaviour: a workaround, a
failed attempt, asking for alternatives, switching · 4 with money or commitment.
"""

from __future__ import annotations

from overheard.signals.heads.weights import RUNGS, Rows
from overheard.signals.traits import Reading

# A cue's weight from which it says its role by itself rather than hints at it.
_SAID = 0.5


def find_rung(is_paid: bool, log_odds: Rows) -> int:
    """Return the rung 1-4 of a sentence that says a pain.

    The heads climb the ladder rung by rung; money named beside a plain problem is rung 4 by its words alone, which are
    too rare to be learnt.

    Args:
        is_paid: that it names money beside a problem (see `is_paid_for`).
        log_odds: that a pain stands at least at each of RUNGS, shape (3,).
    """
    if is_paid:
        return 4
    climbed = 1
    for rung, odds in zip(RUNGS, log_odds, strict=True):
        if odds <= 0:
            break
        climbed = rung
    return climbed


def is_paid_for(reading: Reading) -> bool:
    """Say whether money is named beside a plain problem, which says that somebody pays to be rid of it."""
    return reading.weight_of("spend") >= _SAID and _has_trouble(reading)


def _has_trouble(reading: Reading) -> bool:
    """Say whether a problem, a feeling, a loss or an own attempt is said in so many words.

    Paying alone is everyday life.
    """
    return any(reading.weight_of(role) >= _SAID for role in ("fail", "lack", "effort", "hurt", "loss", "act"))
