"""The product's page beside customers' words → what to say instead, and what to mend in a draft."""

from overheard.positioning.copy_lines import CopyLine, read_copy
from overheard.positioning.phrases import load_phraser
from overheard.positioning.swaps import Heard, find_swaps

__all__ = ["CopyLine", "Heard", "find_swaps", "load_phraser", "read_copy"]
