"""Who is like whom, where there are too few people for statistics: something to look at, not a finding."""

from overheard.people.affinity.find import MOST_PEOPLE, Affinity, Compared, Pair, find_affinity

__all__ = ["MOST_PEOPLE", "Affinity", "Compared", "Pair", "find_affinity"]
