"""What grouping pains returns: which text is in which topic, and each topic's centre, words and name."""

from __future__ import annotations

from dataclasses import dataclass

from overheard.records import Pain, Placement


@dataclass(frozen=True, slots=True)
class Topic:
    """One group of texts that hurt alike.

    `rows` are all members, ascending; `central` up to ten of them, the medoid first, one per person first and no text
    twice; `words` up to ten distinctive terms, best first; `people` counts distinct people among the members.
    """

    rows: tuple[int, ...]
    central: tuple[int, ...]
    words: tuple[str, ...]
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class PainFit:
    """The grouping of n texts. Every tuple but `topics` has one entry per text, in the order given.

    `labels` index `topics` (largest first) and are None where a text is too far from every topic; `probabilities` are
    0-1, and 0 where unassigned.
    """

    ids: tuple[str, ...]
    labels: tuple[int | None, ...]
    probabilities: tuple[float, ...]
    topics: tuple[Topic, ...]


def pain_records(fit: PainFit, pain_ids: list[str]) -> tuple[list[Pain], list[Placement]]:
    """Turn a grouping into records, once it is known which topic is which pain.

    Args:
        fit: what `fit_pains` returned.
        pain_ids: the lasting identifier of each of `fit.topics`, in their order, all different.

    Returns:
        One Pain per topic and one Placement per text, in the orders of `fit`.

    Raises:
        ValueError: `pain_ids` does not name every topic once.
    """
    if len(pain_ids) != len(fit.topics) or len(set(pain_ids)) != len(pain_ids):
        raise ValueError(f"{len(fit.topics)} topics need as many different pain ids, not {len(set(pain_ids))}")
    pains = [
        Pain(
            pain_id=pain_id,
            name=topic.name,
            words=topic.words,
            exemplars=tuple(fit.ids[row] for row in topic.central),
            people=topic.people,
            signals=len(topic.rows),
        )
        for pain_id, topic in zip(pain_ids, fit.topics, strict=True)
    ]
    placements = [
        Placement(signal_id, None if label is None else pain_ids[label], probability)
        for signal_id, label, probability in zip(fit.ids, fit.labels, fit.probabilities, strict=True)
    ]
    return pains, placements
