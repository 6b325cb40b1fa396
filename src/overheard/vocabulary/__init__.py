"""What people said → terms: the words and phrases a group uses and the others don't, counted by person."""

from overheard.vocabulary.distinctive import find_terms, rank_terms
from overheard.vocabulary.kinds import Tagger, load_tagger
from overheard.vocabulary.measure import Known
from overheard.vocabulary.table import write_table
from overheard.vocabulary.words import Said, content_words

__all__ = ["Known", "Said", "Tagger", "content_words", "find_terms", "load_tagger", "rank_terms", "write_table"]
