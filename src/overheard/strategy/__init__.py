"""Which segment to bet on, and whether the bet still stands: love, funnel, focus, value, bets, drift."""

from overheard.strategy.bets import Record, due_bets, score_bets
from overheard.strategy.drift import Tonight, measure_drift, shares_of
from overheard.strategy.engine import Respondent, make_roadmap
from overheard.strategy.focus import Candidate, Potential, Range, decide_focus, find_flips, share_to_win
from overheard.strategy.funnel import cohorts_of, rate_stages
from overheard.strategy.gates import refuse_unloved, refuse_untrusted
from overheard.strategy.held_out import keep_best, score_chosen_groups
from overheard.strategy.landing import count_landings, count_variants
from overheard.strategy.love import LOVED_FROM, score_love
from overheard.strategy.opportunity import band_of, opportunity_score, top_two_box
from overheard.strategy.refit import describe_refit
from overheard.strategy.value import ALIKE_FROM, compare_value

__all__ = [
    "ALIKE_FROM",
    "LOVED_FROM",
    "Candidate",
    "Potential",
    "Range",
    "Record",
    "Respondent",
    "Tonight",
    "band_of",
    "cohorts_of",
    "compare_value",
    "count_landings",
    "count_variants",
    "decide_focus",
    "describe_refit",
    "due_bets",
    "find_flips",
    "keep_best",
    "make_roadmap",
    "measure_drift",
    "opportunity_score",
    "rate_stages",
    "refuse_unloved",
    "refuse_untrusted",
    "score_bets",
    "score_chosen_groups",
    "score_love",
    "share_to_win",
    "shares_of",
    "top_two_box",
]
