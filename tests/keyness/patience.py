"""How long properties of formulas are tried."""

from hypothesis import settings

# Two cores are shared and the first call of scipy takes half a second: no deadline. Forty examples are enough.
patient = settings(deadline=None, max_examples=40)
