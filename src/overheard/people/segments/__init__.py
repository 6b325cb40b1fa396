"""Which people need the same, how many such groups there are, and how far to believe them."""
