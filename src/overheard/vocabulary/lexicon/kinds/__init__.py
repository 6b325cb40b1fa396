"""Words that tell what a term is about, each with its reason."""
