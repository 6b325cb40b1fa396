"""How hard the properties are tried: enough to find what breaks, quick, and the same examples every time."""

from hypothesis import settings

PROPERTY = settings(max_examples=40, deadline=None, derandomize=True)
