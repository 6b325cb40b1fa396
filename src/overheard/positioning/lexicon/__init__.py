"""Words, with their reasons."""
