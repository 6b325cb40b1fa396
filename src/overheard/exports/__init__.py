"""What was heard and found, as files of other programs: ConvoKit, REFI-QDA, CSV. The owner's own working copy."""

from overheard.exports.convokit import convokit_files
from overheard.exports.corpus import Corpus, Found, join_corpus
from overheard.exports.flat import POSTS, SIGNALS, posts_rows, signals_rows
from overheard.exports.refi_qda import refi_qda_project

__all__ = [
    "POSTS",
    "SIGNALS",
    "Corpus",
    "Found",
    "convokit_files",
    "join_corpus",
    "posts_rows",
    "refi_qda_project",
    "signals_rows",
]
