"""What is said beside the matter? Adverts read aloud and small talk are marked; every word of them stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from overheard.records import Aside, Post
from overheard.transcripts.adverts import Heard, advert_stretches, hear
from overheard.transcripts.parts import stem_of
from overheard.transcripts.sentences import sentence_spans
from overheard.transcripts.small_talk import small_talk_turns

_SPEAKERS_OF_ADVERTS = frozenset(
    (
        *("ad", "ads", "advert", "advertisement", "advertiser", "break", "ad break", "commercial", "commercial break"),
        *("mid-roll", "midroll", "pre-roll", "preroll", "post-roll", "promo", "sponsor", "sponsor read", "sponsors"),
        *("werbung", "publicité", "anuncio", "publicidad", "publicidade", "pubblicità", "reclame", "реклама", "广告"),
    )
)
_CALL_SHARE = 0.4
"""Of a turn's words: sentences that ask hearers to subscribe, rate or follow."""
_FEWEST_PIECES = 2


def with_asides(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Mark adverts and small talk; a turn with an advert beside other words is split between its sentences.

    Args:
        posts: the turns of one talk, in order.
    """
    marked: list[Post] = []
    for _, group in groupby(posts, key=lambda post: post.author):
        marked += _marked(list(group))
    for place in small_talk_turns(marked):
        if not marked[place].aside:
            marked[place] = replace(marked[place], aside="small talk")
    return tuple(post if post.position == place else replace(post, position=place) for place, post in enumerate(marked))


def _marked(turns: list[Post]) -> list[Post]:
    """Mark the adverts in what one speaker says in a row."""
    if stem_of(turns[0].author) in _SPEAKERS_OF_ADVERTS:
        return [replace(turn, aside="advert") for turn in turns]
    spans = [sentence_spans(turn.text) for turn in turns]
    said = hear([turn.text[a:b] for turn, listed in zip(turns, spans, strict=True) for a, b in listed])
    is_advert = [False] * len(said)
    for start, end in advert_stretches(said):
        is_advert[start:end] = [True] * (end - start)
    marked: list[Post] = []
    first = 0
    for turn, listed in zip(turns, spans, strict=True):
        last = first + len(listed)
        flags = is_advert[first:last]
        if not any(flags) and _is_call(said[first:last]):
            flags = [True] * len(flags)
        marked += _split(turn, listed, flags) if turn.not_own == () else [turn]
        first = last
    return marked


def _is_call(said: Sequence[Heard]) -> bool:
    called = sum(sentence.words for sentence in said if sentence.cues & {"call", "opens", "thanks"})
    return called > _CALL_SHARE * sum(sentence.words for sentence in said)


def _split(turn: Post, spans: Sequence[tuple[int, int]], flags: Sequence[bool]) -> list[Post]:
    """Cut a turn where an advert begins and ends."""
    if not any(flags):
        return [turn]
    pieces: list[Post] = []
    for is_advert, group in groupby(zip(spans, flags, strict=True), key=lambda pair: pair[1]):
        listed = [span for span, _ in group]
        aside: Aside = "advert" if is_advert else ""
        pieces.append(replace(turn, text=turn.text[listed[0][0] : listed[-1][1]], aside=aside))
    return pieces if len(pieces) >= _FEWEST_PIECES else [replace(turn, aside=pieces[0].aside)]
