"""Words that are no vocabulary, each list with the reason at its head."""
