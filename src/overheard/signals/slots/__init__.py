"""The parts of what is said: a job's situation, motivation and outcome; what is recommended or warned against."""

from overheard.signals.slots.find import find_slots
from overheard.signals.slots.product_names import find_product_names

__all__ = ["find_product_names", "find_slots"]
