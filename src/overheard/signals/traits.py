"""What does a sentence hold that speaks for or against each kind: the numbers the weights are set on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.records import SignalKind
from overheard.signals.cues import Hit, load_lexicon
from overheard.signals.valence import is_negated, measure_valence
from overheard.signals.words import read_words

PAIN_ROLES = ("fail", "lack", "effort", "hurt", "loss", "act", "seek", "spend")
REQUEST_ROLES = ("wish", "order", "should", "want", "ask", "better", "why")
QUESTION_ROLES = ("mark", "form")
RECOMMENDATION_ROLES = ("advise", "point", "own")
JOB_ROLES = ("aim", "outcome", "situation", "purpose")
WORKAROUND_ROLES = ("detour", "manual", "stopgap", "ownmade")
WORLDVIEW_ROLES = ("generality", "belief", "norm", "trade")
OBJECTION_ROLES = ("fear", "doubt", "price", "refusal", "bind")
GAIN_ROLES = ("liking", "relief", "working", "ease", "value")
FORCE_ROLES = ("push", "pull", "anxiety", "habit")
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
ROLES_OF: Mapping[SignalKind, tuple[str, ...]] = {
    "pain": PAIN_ROLES,
    "request": REQUEST_ROLES,
    "question": QUESTION_ROLES,
    "recommendation": RECOMMENDATION_ROLES,
    "job": JOB_ROLES,
    "workaround": WORKAROUND_ROLES,
    "worldview": WORLDVIEW_ROLES,
    "objection": OBJECTION_ROLES,
    "gain": GAIN_ROLES,
}
ROLES = (*(role for roles in ROLES_OF.values() for role in roles), *FORCE_ROLES, *CONTEXT_ROLES)
# Cues of these roles say nothing of their kind when a negation reaches them ("no problem", "not worried", "does not
# work well"); what is denied counts under a name of its own.
_DENIED: Mapping[str, str] = {
    **dict.fromkeys(("fail", "effort", "hurt", "loss"), "denied"),
    **dict.fromkeys(("fear", "doubt", "anxiety"), "denied fear"),
    **dict.fromkeys(("liking", "relief", "working", "ease", "value"), "denied gain"),
}
_DENIED_NAMES = tuple(dict.fromkeys(_DENIED.values()))
# Three full cues of one role say no more than two.
_MOST_OF_A_ROLE = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence read: its words, its cues by role (the negated ones under "denied …"), its `values` by trait."""

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
    values = dict.fromkeys((*ROLES, *_DENIED_NAMES), 0.0)
    for role, found in hits.items():
        values[role] = min(_MOST_OF_A_ROLE, sum(hit.cue.weight for hit in found))
    good, bad = measure_valence(words)
    # Speaking of oneself once is as much as speaking of oneself throughout.
    values["self"] = min(values["self"], 1.0)
    values["good"] = min(good, _MOST_OF_A_ROLE)
    values["bad"] = min(bad, _MOST_OF_A_ROLE)
    values["asks"] = float(is_asked(sentence))
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


def is_asked(sentence: str) -> bool:
    """Say whether a sentence ends as a question does."""
    return sentence.rstrip(" \"'”’)*").endswith("?")


def _advice(values: Mapping[str, float]) -> float:
    """Advice loses its force where the writer speaks of himself ("if you look, my page is still blank")."""
    return values["advice"] * (0.4 if values["self"] else 1.0)


def _by_role(words: Sequence[str], hits: Sequence[Hit]) -> dict[str, tuple[Hit, ...]]:
    roles: dict[str, list[Hit]] = {}
    spent_negations: set[int] = set()
    kept: list[Hit] = []
    for hit in hits:
        name = _DENIED.get(hit.cue.role)
        at = is_negated(words, hit.start) if name else None
        if name and at is not None:
            roles.setdefault(name, []).append(hit)
            # The "no" of "no problem" is not itself a lack; the "not" of "not good" is one.
            if hit.cue.role in PAIN_ROLES:
                spent_negations.add(at)
        else:
            kept.append(hit)
    for hit in kept:
        spent = hit.cue.role == "lack" and hit.end - hit.start == 1 and hit.start in spent_negations
        if not spent:
            roles.setdefault(hit.cue.role, []).append(hit)
    return {role: tuple(found) for role, found in roles.items()}
