"""Linear heads: from a sentence's inner row, traits and neighbours to probabilities of kinds, rungs and forces."""
