"""Where do the sentences of an utterance begin and end?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from overheard.records import Span, Utterance
from overheard.settings import SignalSettings
from overheard.signals.own_words import cut_own_words

_LINE_BREAK = re.compile(r"\n\s*")
_LIST_MARK = re.compile(r"(?:[-*•·–+]|\(?\d{1,2}[.)]|[a-z]\))\s+")
# Where a sentence may end at all: informal writers leave capitals out, so the model is asked, but only at these places.
_MAY_END = re.compile(r"[.!?…][\"'”’)\]*]*(?=\s)|[.!?]{2,}|[a-z][.!?](?=[A-Z])")
_MUST_END = re.compile(r"[!?][\"'”’)\]*]*\s+(?=[A-Z\"“])")
_WRAPPED_AT_LEAST, _WRAPPED_AT_MOST = 50, 100
# Nobody writes a line of so many characters; the model is not asked about pasted data.
_LONGEST_ASKED = 50_000


class SentenceSplitter(Protocol):
    """Proposes where sentences start."""

    def find_starts(self, texts: Sequence[str]) -> list[list[int]]:
        """Return for each text the sorted character offsets at which a sentence starts, 0 excluded."""
        ...


class _SpacySplitter:
    def __init__(self, model_dir: Path) -> None:
        import spacy

        # The sentence model has a small encoder of its own; everything else would be work for nothing.
        self._model = spacy.load(
            model_dir, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
        )
        self._model.enable_pipe("senter")

    def find_starts(self, texts: Sequence[str]) -> list[list[int]]:
        return [
            [sentence.start_char for sentence in parsed.sents if sentence.start_char > 0]
            for parsed in self._model.pipe(texts, batch_size=128)
        ]


def load_sentence_splitter(model_dir: Path) -> SentenceSplitter:
    """Load the sentence model of a spaCy pipeline saved in `model_dir` (en_core_web_sm or a repackaging of it).

    Only its `senter` runs; parser, tagger and names stay off.
    """
    return _SpacySplitter(model_dir)


def split_texts(texts: Sequence[str], splitter: SentenceSplitter, settings: SignalSettings) -> list[tuple[Span, ...]]:
    """Return the sentences of each text's own words, where nothing is known of quotes (see `split_utterances`)."""
    return _split_all([(text, ()) for text in texts], splitter, settings)


def split_utterances(
    utterances: Sequence[Utterance], splitter: SentenceSplitter, settings: SignalSettings
) -> dict[str, tuple[Span, ...]]:
    """Return the sentences of each utterance's own words, by utterance_id, as sorted spans of characters into its text.

    A list item or line break ends a sentence, except inside a paragraph that a mail program wrapped; the model
    decides only about places that have a sentence's punctuation. Sentences longer than `settings.longest_sentence`
    characters are asked about again without that rule (people who write without full stops), and left out if they
    stay as long: logs.
    """
    spans = _split_all([(one.text, one.not_own) for one in utterances], splitter, settings)
    return {one.utterance_id: found for one, found in zip(utterances, spans, strict=True)}


def _split_all(
    texts: Sequence[tuple[str, Sequence[Span]]], splitter: SentenceSplitter, settings: SignalSettings
) -> list[tuple[Span, ...]]:
    pieces: list[tuple[int, Span]] = []
    for row, (text, not_own) in enumerate(texts):
        pieces += [(row, line) for own in cut_own_words(text, not_own) for line in _lines_of(text, own)]
    sentences = _ask(texts, pieces, splitter, anywhere=False)
    short = [(row, span) for row, span in sentences if span[1] - span[0] <= settings.longest_sentence]
    long = [(row, span) for row, span in sentences if span[1] - span[0] > settings.longest_sentence]
    again = _ask(texts, long, splitter, anywhere=True)
    found: list[list[Span]] = [[] for _ in texts]
    for row, (start, end) in [*short, *again]:
        if end - start <= settings.longest_sentence and any(map(str.isalpha, texts[row][0][start:end])):
            found[row].append((start, end))
    return [tuple(sorted(spans)) for spans in found]


def _ask(
    texts: Sequence[tuple[str, Sequence[Span]]],
    pieces: Sequence[tuple[int, Span]],
    splitter: SentenceSplitter,
    *,
    anywhere: bool,
) -> list[tuple[int, Span]]:
    bodies = [texts[row][0][start:end] for row, (start, end) in pieces]
    asked = [
        number
        for number, body in enumerate(bodies)
        if len(body) <= _LONGEST_ASKED and (anywhere or _MAY_END.search(body.rstrip(".!?…\"'”’)]* ")))
    ]
    proposed = splitter.find_starts([bodies[number] for number in asked]) if asked else []
    starts_of = dict(zip(asked, proposed, strict=True))
    sentences: list[tuple[int, Span]] = []
    for number, (row, (start, _end)) in enumerate(pieces):
        body = bodies[number]
        starts = _accepted(body, starts_of.get(number, []), anywhere)
        for first, last in zip([0, *starts], [*starts, len(body)], strict=True):
            piece = body[first:last]
            if piece.strip():
                left = first + len(piece) - len(piece.lstrip())
                sentences.append((row, (start + left, start + first + len(piece.rstrip()))))
    return sentences


def _accepted(body: str, proposed: Sequence[int], anywhere: bool) -> list[int]:
    """Keep the proposed starts that follow a sentence's punctuation, and add those that are beyond doubt."""
    if anywhere:
        return list(proposed)
    ends = {found.end() for found in _MAY_END.finditer(body)}
    kept = {start for start in proposed if len(body[:start].rstrip()) in ends}
    return sorted(kept | {found.end() for found in _MUST_END.finditer(body)})


def _lines_of(text: str, own: Span) -> Iterator[Span]:
    """Cut an own span at line breaks, joining the lines of a wrapped paragraph, and drop list marks."""
    start, end = own
    begin = start
    for found in _LINE_BREAK.finditer(text, start, end):
        if not _is_wrapped(text, begin, found, end):
            yield _without_mark(text, begin, found.start())
            begin = found.end()
    yield _without_mark(text, begin, end)


def _is_wrapped(text: str, begin: int, found: re.Match[str], end: int) -> bool:
    """Say whether a line break only wraps a line: one break, after a line of mail width, before a small letter."""
    line = text[max(begin, text.rfind("\n", begin, found.start()) + 1) : found.start()].rstrip()
    return (
        found.group().count("\n") == 1
        and _WRAPPED_AT_LEAST <= len(line) <= _WRAPPED_AT_MOST
        and found.end() < end
        and text[found.end()].islower()
        and not line.endswith((".", "!", "?", ":"))
    )


def _without_mark(text: str, start: int, end: int) -> Span:
    mark = _LIST_MARK.match(text, start, end)
    return (mark.end() if mark and mark.end() < end else start, end)
