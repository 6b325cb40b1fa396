"""How much more does one side say a term than another, how surely, and by how many? Formulas on arrays of counts.

`a` and `b` are counts in target and reference, `c` and `d` the sizes of the two. Each module answers one question; each
formula names its source.
"""

from overheard.keyness.association import log_dice, mutual_information, normalised_mutual_information, t_score
from overheard.keyness.chance import benjamini_hochberg, dealt_p, permuted_p
from overheard.keyness.class_words import class_tfidf
from overheard.keyness.conservative import conservative_log_ratio
from overheard.keyness.dispersion import deviation_of_proportions, effective_people, herfindahl
from overheard.keyness.likelihood import bayes_information, log_likelihood, log_likelihood_full
from overheard.keyness.odds import log2_odds_ratio, log_odds
from overheard.keyness.ratios import log_ratio, percent_difference, simple_maths, walter_log_ratio

__all__ = [
    "bayes_information",
    "benjamini_hochberg",
    "class_tfidf",
    "conservative_log_ratio",
    "dealt_p",
    "deviation_of_proportions",
    "effective_people",
    "herfindahl",
    "log2_odds_ratio",
    "log_dice",
    "log_likelihood",
    "log_likelihood_full",
    "log_odds",
    "log_ratio",
    "mutual_information",
    "normalised_mutual_information",
    "percent_difference",
    "permuted_p",
    "simple_maths",
    "t_score",
    "walter_log_ratio",
]
