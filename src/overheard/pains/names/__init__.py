"""What each pain is called: one short phrase in the words of the people who have it."""

from overheard.pains.names.choose import Encode, name_topics
from overheard.pains.names.phrases import Phrase, Phraser, load_phraser

__all__ = ["Encode", "Phrase", "Phraser", "load_phraser", "name_topics"]
