"""Your own customers → the market's segments: by what they wrote, or by their answers to three questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from overheard.errors import BadInputError
from overheard.people import Evidence
from overheard.people.assigning import (
    LONGEST_TEXT,
    NO_SEGMENTS,
    NONE_OF_THESE,
    AnswerKey,
    Assigner,
    Assignment,
    Check,
    Question,
    SentenceMeans,
    fit_answers,
    fit_assigner,
    gather_sayings,
    next_question,
    pieces_of,
)
from overheard.privacy import Blotter
from overheard.records import Membership, Pain, Segment, Signal
from overheard.rows import SheetRow, text_of
from overheard.settings import EncoderSettings
from overheard.steps.customer_files import CustomerFile, columns_among, open_customers
from overheard.steps.heard import load_heard
from overheard.steps.market import Market
from overheard.steps.people import load_evidence
from overheard.steps.vectors import open_cache
from overheard.vectors import load_encoder

QUESTIONS = "typing_questions"
CHUNK = 500
"""Rows worked on at once."""
FEWEST_SPEAKERS = 2
"""Of a segment who said a pain themselves for it to be asked about; with five, a segment of nine got no option."""
MOST_REMEMBERED = 50_000
"""Distinct texts whose assignment is kept: exports repeat themselves."""
NOT_UNDERSTOOD = -1
_LETTER = re.compile(r"([a-z])(?:[).:\s]|$)")
_MOST_QUOTES = 300
"""Of a segment, to find the nearest among, evenly drawn."""
_QUOTE_LENGTHS = range(25, 241)


@dataclass(frozen=True, slots=True)
class Known:
    """The market's people as they are now. `quotable`: rows of the evidence that tell no name; `pain_ids` all pains."""

    market: Market
    evidence: tuple[Evidence, ...]
    keys: tuple[str, ...]
    segment_of: dict[str, str]
    names: dict[str, str]
    pain_names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Assigned:
    """One customer as it goes out; `quote_id` is the signal the quote is.

    `ask` is the question whose answer would tell most of who is in no segment, "" where none would.
    """

    line: int
    row_id: str
    assignment: Assignment
    segment: str
    quote_id: str
    quote: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file will be read: `how` is "words", "closely" or "answers"; `ignored` columns move nothing.

    `check` is None where nobody can be assigned; `reason` says why then.
    """

    file: CustomerFile
    how: str
    taken: tuple[str, ...]
    ignored: tuple[str, ...]
    id_column: str | None
    check: Check | None
    reason: str
    assign: Callable[[Sequence[SheetRow]], list[Assigned]]

    def rows(self) -> Iterator[Assigned]:
        """Yield one assignment for each row of the file, in its order."""
        chunk: list[SheetRow] = []
        for row in self.file.rows():
            chunk.append(row)
            if len(chunk) == CHUNK:
                yield from self.assign(chunk)
                chunk = []
        yield from self.assign(chunk)


def load_known(market: Market) -> Known:
    """Load who is in which segment now, whoever put them there, and what they said."""
    evidence, keys = load_evidence(market)
    names = {one.segment_id: one.name for one in market.tables.load("segments", Segment)}
    segment_of = {
        row.person_id: row.segment_id
        for row in market.tables.load("memberships", Membership)
        if row.valid_to is None and row.segment_id in names
    }
    pains = {pain.pain_id: pain.name for pain in market.tables.load("pains", Pain)}
    return Known(market, tuple(evidence), tuple(keys), segment_of, names, pains)


def quotable_rows(known: Known) -> list[bool]:
    """Tell of each row of the evidence whether it may be shown: its segment is not small, and it names nobody."""
    blots = Blotter(known.market.load_names().values()).find
    sizes = Counter(known.segment_of.values())
    least = known.market.settings.privacy.smallest_group
    shown = {key for key, segment_id in known.segment_of.items() if sizes[segment_id] >= least}
    return [one.person_id in shown and not blots(one.text) for one in known.evidence]


def fit_questions(known: Known, asked: Sequence[Question] | None = None) -> AnswerKey | str:
    """Find the questions that best tell the segments apart, or learn what answers to those asked before say.

    Returns:
        The key, or why there is none.
    """
    if len(set(known.segment_of.values())) < 2:
        return NO_SEGMENTS
    vectors = open_cache(known.market).take(list(known.keys))
    sayings = gather_sayings(known.evidence, vectors, known.segment_of, known.keys, quotable_rows(known))
    key = fit_answers(sayings, known.market.settings.people.seed, FEWEST_SPEAKERS, asked)
    return key if key.questions else "no pains tell its segments apart"


def save_questions(market: Market, key: AnswerKey) -> None:
    """Keep the questions, so that answers that come in weeks later are still understood."""
    market.tables.merge(QUESTIONS, Question, key.questions)


def plan_assignment(known: Known, people: Path, text: Sequence[str], id_column: str | None, closely: bool) -> Plan:
    """Look at a customers' file and learn what is needed to assign its rows.

    Args:
        known: the market's people.
        people: CSV, TSV or JSON Lines.
        text: columns that hold what customers wrote; none: those that look like free text.
        id_column: which column tells rows apart; None: the first of unique values.
        closely: read sentences with the market's encoder; slower by a hundred times.

    Raises:
        BadInputError: the file cannot be read, or has no such column, or none of free text.
    """
    file = open_customers(people)
    kept = columns_among(file, [id_column], "--id")[0] if id_column else next(iter(file.found.unique), None)
    asked = {one.question_id: one for one in known.market.tables.load(QUESTIONS, Question)}
    answered = tuple(name for name in file.found.columns if name in asked)
    if answered and not text:
        key = fit_questions(known, [asked[name] for name in answered])
        taken, how, check = answered, "answers", key.check if isinstance(key, AnswerKey) else None
        reason, assign = ("", _by_answers(known, key, kept)) if isinstance(key, AnswerKey) else (key, None)
    else:
        taken = columns_among(file, text, "--text") or tuple(name for name in file.found.free_text if name != kept)
        if not taken:
            what = "no column looks like what customers wrote, nor is one of the market's questions"
            raise BadInputError(str(people), what, "name columns with --text COLUMN")
        fitted = fit_texts(known, closely)
        how, check = "closely" if closely else "words", fitted.check if isinstance(fitted, Assigner) else None
        reason, assign = ("", _by_texts(known, fitted, taken, kept)) if isinstance(fitted, Assigner) else (fitted, None)
    ignored = tuple(name for name in file.found.columns if name not in taken and name != kept)
    nobody = assign or (lambda rows: [_assigned(known, row, kept, Assignment(None, 0.0, reason)) for row in rows])
    return Plan(file, how, taken, ignored, kept, check, reason, nobody)


def fit_texts(known: Known, closely: bool) -> Assigner | str:
    """Learn what places a text; return why where nothing can be learned."""
    if not known.segment_of:
        return NO_SEGMENTS
    settings = known.market.settings
    if closely:
        encode = SentenceMeans(load_encoder(settings.encoder).encode).encode
    else:
        encode = load_encoder(EncoderSettings(profile="fast")).encode
    return fit_assigner(pieces_of(known.evidence, known.segment_of), encode, settings.people.seed)


def _by_texts(
    known: Known, assigner: Assigner, columns: Sequence[str], id_column: str | None
) -> Callable[[Sequence[SheetRow]], list[Assigned]]:
    quotes = _member_quotes(known)
    assigner.set_quotes([one.text for one in quotes], [known.segment_of[one.person_id] for one in quotes])
    ids = _signal_ids(known.market) if quotes else {}
    key = fit_questions(known)
    remembered: dict[str, Assignment] = {}

    def assign(rows: Sequence[SheetRow]) -> list[Assigned]:
        texts = [text_of(row, columns)[:LONGEST_TEXT] for row in rows]
        new = list(dict.fromkeys(text for text in texts if text not in remembered))
        if len(remembered) + len(new) > MOST_REMEMBERED:
            remembered.clear()
            new = list(dict.fromkeys(texts))
        remembered.update(zip(new, assigner.assign(new), strict=True))
        found = []
        for row, text in zip(rows, texts, strict=True):
            assignment = remembered[text]
            one = quotes[assignment.quote] if assignment.quote is not None else None
            shown = (ids.get((one.person_id, one.text), ""), one.text) if one else ("", "")
            ask = "" if assignment.segment_id or isinstance(key, str) else next_question(key, assignment.likely)
            found.append(replace(_assigned(known, row, id_column, assignment, *shown), ask=ask))
        return found

    return assign


def _by_answers(known: Known, key: AnswerKey, id_column: str | None) -> Callable[[Sequence[SheetRow]], list[Assigned]]:
    def assign(rows: Sequence[SheetRow]) -> list[Assigned]:
        found = []
        for row in rows:
            cells = [row.values.get(question.question_id, "").strip() for question in key.questions]
            picked = [_option(cell, len(one.pain_ids)) for cell, one in zip(cells, key.questions, strict=True)]
            odd = next((cell for cell, pick in zip(cells, picked, strict=True) if pick == NOT_UNDERSTOOD), None)
            if odd is not None:
                assignment = Assignment(None, 0.0, f"answer “{odd[:20]}” is no option")
            else:
                assignment = key.assign(picked)
            if assignment.segment_id is not None:
                assignment = replace(assignment, words=tuple(cell for cell in cells if cell))
            answered = {one.question_id for one, cell in zip(key.questions, cells, strict=True) if cell}
            ask = "" if assignment.segment_id or odd else next_question(key, assignment.likely, answered)
            found.append(replace(_assigned(known, row, id_column, assignment), ask=ask))
        return found

    return assign


def _option(cell: str, options: int) -> int | None:
    """Return which option an answer picks, counted from 0: "a", "A)" or "a) the sentence"; None for none of these."""
    if not cell or cell.casefold().startswith(NONE_OF_THESE):
        return None
    letter = _LETTER.match(cell.casefold())
    number = ord(letter[1]) - ord("a") if letter else options
    if number == options and letter:  # the letter after the last option's is printed before "none of these"
        return None
    return number if number < options else NOT_UNDERSTOOD


def _assigned(
    known: Known, row: SheetRow, id_column: str | None, assignment: Assignment, quote_id: str = "", quote: str = ""
) -> Assigned:
    row_id = row.values.get(id_column, "") if id_column else str(row.line)
    if row.problem and not row.values:
        assignment = Assignment(None, 0.0, f"row {row.problem}")
    segment = known.names.get(assignment.segment_id or "", "")
    return Assigned(row.line, row_id, assignment, segment, quote_id, quote)


def _member_quotes(known: Known) -> list[Evidence]:
    """Return sentences of each segment's people that may be shown."""
    may_show = quotable_rows(known)
    by_segment: dict[str, dict[str, Evidence]] = {}
    for one, is_shown in zip(known.evidence, may_show, strict=True):
        if is_shown and len(one.text) in _QUOTE_LENGTHS:
            by_segment.setdefault(known.segment_of[one.person_id], {}).setdefault(one.text, one)
    quotes: list[Evidence] = []
    for _, own in sorted(by_segment.items()):
        ordered = [own[text] for text in sorted(own)]
        quotes += ordered[:: max(1, -(-len(ordered) // _MOST_QUOTES))]
    return quotes


def _signal_ids(market: Market) -> dict[tuple[str, str], str]:
    """Return the id of each signal by who said what."""
    texts = {row.utterance_id: row.text for row in load_heard(market).utterances}
    signals: Iterable[Signal] = market.tables.load("signals", Signal)
    return {
        (signal.person_id, texts[signal.utterance_id][signal.start : signal.end]): signal.signal_id
        for signal in signals
        if signal.utterance_id in texts
    }
