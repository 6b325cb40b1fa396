"""Which stretches of a text did a machine write? Logs, code, command lines, configuration, listings of a system.

Every token speaks for a machine or for a person (see `tokens.py`), and so does the look of a whole line (`looks.py`);
the most likely course of the two through the text is found as in a hidden Markov model with two states (Viterbi,
1967). A change of hands costs most within a sentence, less where one ends, and least at an empty line: one name of a
file in a sentence is left to the person, and one plain word in a log to the machine. Time is linear in the length of
the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from overheard.records import Span
from overheard.signals.own_words.lines import Line, is_after_gap
from overheard.signals.own_words.looks import PLAIN, SPECIFIED, judge_line
from overheard.signals.own_words.tokens import STRONG, TELLING, WRITER, begins_message, may_begin_message, weigh_token

# Costs of a change of hands, in log-odds; in the order of what stands before it.
_IN_SENTENCE, _IN_LINE, _AFTER_SENTENCE, _AT_WIDE_GAP, _AT_LINE, _AT_PARAGRAPH = 11.0, 8.0, 4.5, 2.5, 2.5, 0.8
_AT_START, _AT_GAP = 4.0, 5.0
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]*]*$")
_LEAST_FACTOR_OF_GAPS, _LEAST_FACTOR_BEHIND_GAP = 0.5, 0.6
"""In a log's line a person takes over behind a wide gap less often than elsewhere."""
_MESSAGE, _MESSAGE_FACTOR = 5.0, 0.2
"""What the beginning of a program's message weighs, and how much of its plain words' weight is left to its end."""
_STATEMENT_ENDS, _REMARK_FACTOR = ";{}),", 0.1
"""What a line of code ends with before a remark, and how much of its plain words' weight is left in that."""
_CERTAIN = 6.0
"""Without one strong token a stretch is a machine's only if its telling tokens weigh so much together."""
_LONGEST_LEAD, _LEAD_WEIGHS = 12, -3.0
"""Words of a line before a colon, and what they weigh together at least for a person, where they announce the rest."""
_INDENT = 4
_BLOCK_BONUS, _BLOCK_FACTOR, _FEWEST_TOKENS = 3.0, 0.35, 3
_TOKEN = re.compile(r"\S+")
_TAB = re.compile(r"(?<=\w)\t")


@dataclass(frozen=True, slots=True)
class _Tokens:
    """What the tokens of `lines` weigh and what a change of hands costs before each; `firsts` are where lines begin."""

    lines: list[Line]
    firsts: list[int]
    weights: list[float]
    costs: list[float]


def find_machine_text(text: str, lines: Sequence[Line]) -> Iterator[Span]:
    """Yield the spans a machine wrote.

    Args:
        text: the whole text; what is known to be nobody's running words is blanked out.
        lines: its lines.
    """
    known = [False] * len(lines)
    for first, last in _blocks(lines):
        if _is_code_block(lines[first:last]):
            known[first:last] = [True] * (last - first)
            yield lines[first].start, lines[last - 1].end
    tokens = _weigh_lines(text, lines, known)
    start = -1
    for index, taken in enumerate([*_decode(tokens), False]):
        if taken and start < 0:
            start = index
        elif not taken and start >= 0:
            if _is_certain(tokens.weights[start:index]):
                yield _span_of(tokens, start)[0], _span_of(tokens, index - 1)[1]
            start = -1


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines set in from the margin below an empty line, as Markdown marks code."""
    first = 0
    while first < len(lines):
        last = first
        if lines[first].indent >= _INDENT and is_after_gap(lines, first):
            while last < len(lines) and lines[last].indent >= _INDENT:
                last += 1
            # The first line of a paragraph may be set in for looks.
            if lines[last - 1].place > lines[first].place or last == len(lines) or is_after_gap(lines, last):
                yield first, last
        first = max(last, first + 1)


def _is_code_block(lines: Sequence[Line]) -> bool:
    weight, size = _BLOCK_BONUS, 0
    for line in lines:
        for token in line.body.split():
            one = weigh_token(token)
            weight += one if one > 0 or one <= WRITER else one * _BLOCK_FACTOR
            size += 1
    return weight > 0 and size >= _FEWEST_TOKENS


def _weigh_lines(text: str, lines: Sequence[Line], known: Sequence[bool]) -> _Tokens:
    tokens = _Tokens([], [], [], [])
    look = PLAIN
    remarked = _find_remarked(lines)
    for index, line in enumerate(lines):
        if line.is_first:
            last = index
            while last + 1 < len(lines) and not lines[last + 1].is_first:
                last += 1
            above = lines[index - 1].body if index else ""
            look = judge_line(text[line.start : lines[last].end], above, look, remarked[index])
            if look is SPECIFIED and last + 1 == len(lines) and index == 0:
                # Somebody's whole answer ("Version 2 against 3") is no listing beside it.
                look = PLAIN
        if known[index]:
            continue
        first = len(tokens.weights)
        tokens.lines.append(line)
        tokens.firsts.append(first)
        # A tab stands for the colon between a name and its value.
        words = _TAB.sub(":\t", line.body).split()
        lead = _size_of_lead(words) if line.is_first and look.may_lead else 0
        _add_tokens(tokens, words[:lead], PLAIN.factor)
        _add_tokens(tokens, words[lead:], look.factor if line.is_first else max(look.factor, _LEAST_FACTOR_BEHIND_GAP))
        if line.is_first:
            tokens.weights[first + lead] += look.bonus
        for place in _after_gaps(line.body):
            tokens.costs[first + place] = min(tokens.costs[first + place], _AT_GAP)
        if lead:
            tokens.costs[first + lead] = _AFTER_SENTENCE
        if index == 0:
            tokens.costs[first] = _AT_START
        elif is_after_gap(lines, index) or known[index - 1] or (line.is_first and lines[index - 1].body[-1] == ":"):
            tokens.costs[first] = _AT_PARAGRAPH
        elif line.is_first:
            tokens.costs[first] = _AT_LINE
        else:
            tokens.costs[first] = _AT_WIDE_GAP if look.factor >= _LEAST_FACTOR_OF_GAPS else _AFTER_SENTENCE
    return tokens


def _find_remarked(lines: Sequence[Line]) -> list[str]:
    """Return for each line that may be a remark in a program the line below all such; for others an empty string."""
    remarked = [""] * len(lines)
    for index in range(len(lines) - 2, -1, -1):
        below = lines[index + 1]
        if lines[index].body[0] == "#" and below.place <= lines[index].place + 1:
            remarked[index] = remarked[index + 1] if below.body[0] == "#" else below.body
    return remarked


def _after_gaps(body: str) -> Iterator[int]:
    """Yield which words of a line stand behind two spaces: typists' habit, or what is left of a paragraph."""
    place = 0
    for part in body.split("  ")[:-1]:
        place += len(part.split())
        yield place


def _size_of_lead(words: Sequence[str]) -> int:
    """Return how many words announce what follows in the same line ("I get this error: ..."); 0 where none do."""
    for size, word in enumerate(words[:_LONGEST_LEAD], 1):
        if word[-1] == ":":
            is_said = size > 1 and sum(min(weigh_token(one), 0.0) for one in words[:size]) <= _LEAD_WEIGHS
            return size if is_said and size < len(words) else 0
    return 0


def _add_tokens(tokens: _Tokens, words: Sequence[str], line_factor: float) -> None:
    factor = line_factor
    cost = _IN_LINE
    for index, word in enumerate(words):
        weight, next_cost, may_begin = _describe(word)
        if word.startswith("//") and line_factor < 1 and index and words[index - 1][-1] in _STATEMENT_ENDS:
            line_factor = factor = _REMARK_FACTOR
        if may_begin and begins_message(words, index):
            weight, factor = _MESSAGE, min(factor, _MESSAGE_FACTOR)
        if weight < 0:
            weight *= factor if weight > WRITER else line_factor
        tokens.weights.append(weight)
        tokens.costs.append(cost)
        cost = next_cost
        if cost == _AFTER_SENTENCE and word[-1] != ":":
            factor = line_factor


@lru_cache(maxsize=65536)
def _describe(word: str) -> tuple[float, float, bool]:
    """Return what a token weighs, what a change of hands costs behind it, and whether it may begin a message."""
    if word[-1] in ".!?:\"'”’)]*" and _SENTENCE_END.search(word):
        cost = _AFTER_SENTENCE
    else:
        cost = _IN_SENTENCE if word.islower() and word.isalpha() else _IN_LINE
    return weigh_token(word), cost, may_begin_message(word)


def _is_certain(weights: Sequence[float]) -> bool:
    return max(weights) >= STRONG or sum(weight for weight in weights if weight >= TELLING) >= _CERTAIN


def _decode(tokens: _Tokens) -> list[bool]:
    """Return for each token whether a machine wrote it, in the most likely course through all of them."""
    person, machine = 0.0, float("-inf")
    from_other: list[tuple[bool, bool]] = []
    for weight, cost in zip(tokens.weights, tokens.costs, strict=True):
        to_person, to_machine = machine - cost > person, person - cost > machine
        from_other.append((to_person, to_machine))
        person, machine = machine - cost if to_person else person, (person - cost if to_machine else machine) + weight
    is_machine = machine > person
    course: list[bool] = []
    for to_person, to_machine in reversed(from_other):
        course.append(is_machine)
        is_machine ^= to_machine if is_machine else to_person
    course.reverse()
    return course


def _span_of(tokens: _Tokens, index: int) -> Span:
    row = bisect_right(tokens.firsts, index) - 1
    line = tokens.lines[row]
    for place, found in enumerate(_TOKEN.finditer(line.body), tokens.firsts[row]):
        if place == index:
            return line.start + found.start(), line.start + found.end()
    raise AssertionError("every token stands in its line")
