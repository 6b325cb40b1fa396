from __future__ import annotations

from overheard.positioning.sayers import Wanted, find_sayers
from overheard.records import Utterance


def _said(*texts: str) -> list[Utterance]:
    return [Utterance(f"u{i}", "d", f"p{i}", 0, text, (), None, None, "", "") for i, text in enumerate(texts)]


def _who(wanted: Wanted, *texts: str) -> list[str]:
    said = _said(*texts)
    own = {one.utterance_id: ((0, len(one.text)),) for one in said}
    return sorted(find_sayers([wanted], said, own)[0][wanted])


def test_a_person_counts_once_whatever_the_inflection_and_case() -> None:
    assert _who(Wanted(frozenset(), ("lat", "fee")), "Late fees, late fee!", "a fee for late payment") == ["p0"]


def test_words_of_somebody_else_do_not_count() -> None:
    said = _said("quoted: late fee")
    assert find_sayers([Wanted(frozenset(), ("lat", "fee"))], said, {"u0": ((0, 7),)})[0] == {
        Wanted(frozenset(), ("lat", "fee")): {}
    }


def test_a_verb_may_be_some_words_before_its_object() -> None:
    wanted = Wanted(frozenset({"send", "sent"}), ("invoic",))
    assert _who(wanted, "I sent them another invoice", "the invoice I sent", "send it and wait for the invoice") == [
        "p0"
    ]


def test_a_verb_is_no_use_of_the_noun_that_is_spelled_alike() -> None:
    wanted = Wanted(frozenset(), ("quot",), is_thing=True)
    assert _who(wanted, "I quote the wrong price", "my quote was too low", "we had to quote again") == ["p1"]
