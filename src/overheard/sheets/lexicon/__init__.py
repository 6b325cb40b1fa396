"""Word lists of the sheets, each with its reason at its head."""
