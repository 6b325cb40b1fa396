"""What does a sentence hold that speaks for or against each kind: the numbers the weights are set on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.signals.cues import Hit, load_lexicon
from overheard.signals.valence import is_negated, measure_valence
from overheard.signals.words import read_words

PAIN_ROLES = ("fail", "lack", "effort", "hurt", "loss", "act", "seek", "spend")
REQUEST_ROLES = ("wish", "order", "should", "want", "ask", "better", "why")
QUESTION_ROLES = ("mark", "form")
RECOMMENDATION_ROLES = ("advise", "point", "own")
CONTEXT_ROLES = (
    "solved",
    "hypothetical",
    "advice",
    "reported",
    "self",
    "praise",
    "thanks",
    "small",
    "example",
    "content",
)
# These say nothing of a pain when a negation reaches them ("no problem", "never had any trouble").
_DENIABLE = frozenset(("fail", "effort", "hurt", "loss"))
# Three full cues of one role say no more than two.
_MOST_OF_A_ROLE = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence read: its words, its cues by role (the negated ones under "denied"), its `values` by trait."""

    words: tuple[str, ...]
    hits: Mapping[str, tuple[Hit, ...]]
    values: Mapping[str, float]

    def weight_of(self, role: str) -> float:
        """Return the summed weight of a role's cues, at most 2."""
        return self.values[role]

    def names_of(self, roles: Sequence[str]) -> tuple[str, ...]:
        """Return the cues of `roles` as "role:words found", weightiest first."""
        found = [hit for role in roles for hit in self.hits.get(role, ())]
        found.sort(key=lambda hit: (-hit.cue.weight, hit.start, hit.cue.role))
        return tuple(dict.fromkeys(f"{hit.cue.role}:{' '.join(self.words[hit.start : hit.end])}" for hit in found))


def read_sentence(sentence: str) -> Reading:
    """Read one sentence: find its cues, set aside those that are negated, and measure what surrounds them."""
    words = read_words(sentence)
    hits = _by_role(words, load_lexicon().find_hits(words))
    roles = (*PAIN_ROLES, *REQUEST_ROLES, *QUESTION_ROLES, *RECOMMENDATION_ROLES, *CONTEXT_ROLES, "denied")
    values = {role: min(_MOST_OF_A_ROLE, sum(hit.cue.weight for hit in hits.get(role, ()))) for role in roles}
    good, bad = measure_valence(words)
    # Speaking of oneself once is as much as speaking of oneself throughout.
    values["self"] = min(values["self"], 1.0)
    values["good"] = min(good, _MOST_OF_A_ROLE)
    values["bad"] = min(bad, _MOST_OF_A_ROLE)
    values["asks"] = float(sentence.rstrip(" \"'”’)*").endswith("?"))
    values["shouts"] = float("!" in sentence)
    values["length"] = math.log2(1 + len(words)) / 5
    values["fragment"] = float(len(words) <= 5)
    # What a sentence says of another's trouble, of one that is over, or of an imagined one, is not the writer's pain
    # now.
    doubts = (*(values[role] for role in ("solved", "hypothetical", "reported", "content")), _advice(values))
    values["discount"] = 1.0 - min(1.0, max(doubts))
    for role in (*PAIN_ROLES, "bad"):
        values[f"own {role}"] = values[role] * values["discount"]
    return Reading(words, hits, values)


def _advice(values: Mapping[str, float]) -> float:
    """Advice loses its force where the writer speaks of himself ("if you look, my page is still blank")."""
    return values["advice"] * (0.4 if values["self"] else 1.0)


def _by_role(words: Sequence[str], hits: Sequence[Hit]) -> dict[str, tuple[Hit, ...]]:
    denied: list[Hit] = []
    negations: set[int] = set()
    for hit in hits:
        at = is_negated(words, hit.start) if hit.cue.role in _DENIABLE else None
        if at is not None:
            denied.append(hit)
            negations.add(at)
    roles: dict[str, list[Hit]] = {"denied": denied} if denied else {}
    for hit in hits:
        # The "no" of "no problem" is not itself a lack.
        spent = hit.cue.role == "lack" and hit.end - hit.start == 1 and hit.start in negations
        if hit not in denied and not spent:
            roles.setdefault(hit.cue.role, []).append(hit)
    return {role: tuple(found) for role, found in roles.items()}
