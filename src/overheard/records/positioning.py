"""What the product's own page says, beside what customers say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SwapVerdict = Literal["say theirs", "keep yours", "too few to tell", "nobody here says either", "no customer word"]


@dataclass(frozen=True, slots=True)
class Swap:
    """A word or phrase of the product's page and, where there is one, what a group says for the same thing.

    `segment_id` is None for the whole market; `yours` stands in `line` of the page, in the sentence `copy`; `theirs` is
    "" where no word of customers was found that could stand in its place. `people` are those of the group;
    `people_yours` and `people_theirs` of them say the one and the other. `effect` is log2 of the odds ratio of theirs
    against yours, by people, `interval` its 95 % limits. `examples` are (utterance_id, start, end) of theirs, where the
    verdict is to keep yours of yours, one a person.
    """

    segment_id: str | None
    yours: str
    line: int
    copy: str
    theirs: str
    verdict: SwapVerdict
    people: int
    people_yours: int
    people_theirs: int
    effect: float
    interval: tuple[float, float]
    examples: tuple[tuple[str, int, int], ...]


PolishTask = Literal["slot", "pain name"]


@dataclass(frozen=True, slots=True)
class PolishRequest:
    """What a model is asked to put into better words: a slot's quotes, or the quotes of a pain that wants a name.

    `about` is the slot's or the pain's present name, `quotes` are (quote id, text as shown), `terms` words of the
    segment that need no quote.
    """

    request_id: str
    task: PolishTask
    about: str
    quotes: tuple[tuple[str, str], ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Polish:
    """What a model answered to a request: `text`, or "" with the `fault` for which it is refused.

    `prompt` is a digest of our instruction: another instruction or model is asked anew.
    """

    request_id: str
    model: str
    prompt: str
    text: str
    fault: str
