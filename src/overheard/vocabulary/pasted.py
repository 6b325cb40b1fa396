"""Which passages were pasted and not said? A rule of the place, a form to fill in, a signature stand word for word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WINDOW = 8
"""Words in a row that people hardly ever write alike by chance."""

LEAST_PEOPLE = 3
"""As many people who write them alike have them from one place; two may quote each other."""

WHOLE_TEXT = 0.8
"""A text that is shared to this part is not pasted into anything: it is all its writer said."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def find_pasted(word: NDArray[np.int32], row: NDArray[np.int32], person: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the words of passages that several people share word for word, in texts that hold more than that.

    Args:
        word: number of each word, in order, shape (words,).
        row: the text each stands in, shape (words,).
        person: the person of each text, shape (texts,).
    """
    pasted = np.zeros(len(word), dtype=np.bool_)
    count = len(word) - WINDOW + 1
    if count <= 0:
        return pasted
    number = np.zeros(count, dtype=np.uint64)
    for offset in range(WINDOW):
        number = number * _FACTOR + word[offset : offset + count].astype(np.uint64) + np.uint64(1)
    # A word said over and over ("ha ha ha") is no passage.
    again = np.concatenate(([0], np.cumsum(word[1:] == word[:-1])))
    place = np.flatnonzero((row[:count] == row[WINDOW - 1 :]) & (again[WINDOW - 1 :] == again[:count]))
    _, which = np.unique(number[place], return_inverse=True)
    crowd = int(person.max()) + 1
    people = np.bincount(
        np.unique(which * crowd + person[row[place]]) // crowd, minlength=int(which.max(initial=-1)) + 1
    )
    shared = place[people[which] >= LEAST_PEOPLE]
    for offset in range(WINDOW):
        pasted[shared + offset] = True
    whole = np.bincount(row, weights=pasted) > WHOLE_TEXT * np.bincount(row)
    return pasted & ~whole[row]
