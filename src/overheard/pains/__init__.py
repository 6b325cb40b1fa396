"""signals and their vectors → pains: topics of hurt, counted in people, each with its central quote and its words."""

from overheard.pains.fit import Namer, describe_pains, group_pains, group_texts
from overheard.pains.names import load_phraser, name_topics
from overheard.pains.topics import PainFit, Topic

__all__ = [
    "Namer",
    "PainFit",
    "Topic",
    "describe_pains",
    "group_pains",
    "group_texts",
    "load_phraser",
    "name_topics",
]
