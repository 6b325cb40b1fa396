"""signals and their vectors → pains: topics of hurt, counted in people, each with its central quote and its words."""

from overheard.pains.fit import describe_pains, fit_pains, group_texts
from overheard.pains.topics import PainFit, Topic, pain_records

__all__ = ["PainFit", "Topic", "describe_pains", "fit_pains", "group_texts", "pain_records"]
