"""Who the people are, what each needs, and which of them need the same."""
