"""How high on the ladder of evidence does a sentence stand?

0 topic mention · 1 problem statement · 2 with affect or a stated consequence · 3 with behaviour: a workaround, a
failed attempt, asking for alternatives, switching · 4 with money or commitment.
"""

from __future__ import annotations

from overheard.signals.traits import Reading

# A cue's weight from which it says its role by itself rather than hints at it.
_SAID = 0.5
_HINTED = 0.3
_WHISPERED = 0.2


def find_rung(reading: Reading) -> int:
    """Return the rung 0-4 of a sentence as a statement of pain.

    Behaviour and money lift a sentence only if it states a problem too, or says the behaviour plainly ("I gave up"):
    paying and switching alone are everyday life.
    """
    problem = max(reading.weight_of(role) for role in ("fail", "lack", "effort"))
    felt = max(reading.weight_of("hurt"), reading.weight_of("loss"))
    acted = max(reading.weight_of("act"), reading.weight_of("seek") if problem >= _HINTED or felt >= _SAID else 0.0)
    hinted = sum(reading.weight_of(role) for role in ("fail", "lack", "effort", "hurt", "loss")) + reading.values["bad"]
    if reading.weight_of("spend") >= _SAID and (problem >= _SAID or felt >= _SAID or acted >= _SAID):
        return 4
    if acted >= 0.75 or (acted >= _HINTED and (problem >= _SAID or felt >= _SAID)):
        return 3
    if felt >= _SAID:
        return 2
    return 1 if hinted >= _WHISPERED or acted >= _HINTED else 0
