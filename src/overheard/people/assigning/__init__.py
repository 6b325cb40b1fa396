"""Which segment does somebody belong to whom the market never heard? From what they wrote, or from three answers."""

from overheard.people.assigning.answers import AnswerKey, fit_answers
from overheard.people.assigning.asking import Ask, ask_people, next_question
from overheard.people.assigning.assigner import NO_SEGMENTS, Assigner, Assignment, fit_assigner
from overheard.people.assigning.check import Check
from overheard.people.assigning.pieces import LONGEST_TEXT, Piece, SentenceMeans, pieces_of
from overheard.people.assigning.presence import gather_sayings
from overheard.people.assigning.questions import ASKED, NONE_OF_THESE, Question

__all__ = [
    "ASKED",
    "LONGEST_TEXT",
    "NONE_OF_THESE",
    "NO_SEGMENTS",
    "AnswerKey",
    "Ask",
    "Assigner",
    "Assignment",
    "Check",
    "Piece",
    "Question",
    "SentenceMeans",
    "ask_people",
    "fit_answers",
    "fit_assigner",
    "gather_sayings",
    "next_question",
    "pieces_of",
]
