"""Pains that are the same tomorrow: sentences keep their place, changes are told, and a person's decisions hold."""

from overheard.pains.lasting.edits import parts_of
from overheard.pains.lasting.night import Before, Night, Refit, Work, pass_night
from overheard.pains.lasting.sample import group_sample
from overheard.pains.lasting.standing import Rows, Sentences, sentences_of
from overheard.pains.lasting.tell import Teller

__all__ = [
    "Before",
    "Night",
    "Refit",
    "Rows",
    "Sentences",
    "Teller",
    "Work",
    "group_sample",
    "parts_of",
    "pass_night",
    "sentences_of",
]
