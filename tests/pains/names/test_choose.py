from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.pains.names import Phrase, name_topics
from overheard.pains.names.phrases import DENIED

WORDS = ("late", "payment", "bank", "feed", "printer", "jam", "money")


class NeighbourPhraser:
    """Phrases are the single words and neighbouring pairs that stand in a small list."""

    def phrases_of(self, texts: Sequence[str]) -> list[list[Phrase]]:
        return [list(self._phrases(text.split())) for text in texts]

    def _phrases(self, words: list[str]):
        for place, word in enumerate(words):
            if word.lower() in (*WORDS, "bridget", "gerber"):
                yield phrase(word)
                if place + 1 < len(words) and words[place + 1] in WORDS:
                    yield phrase(word, words[place + 1])


def phrase(*words: str, people: frozenset[str] = frozenset({"bridget"})) -> Phrase:
    folded = [word.lower() for word in words]
    return Phrase(" ".join(words), tuple((word, word) for word in folded), people & set(folded))


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One dimension a known word, one for all others."""
    rows = np.full((len(texts), len(WORDS) + 1), 0.01, dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().split():
            rows[row, WORDS.index(word) if word in WORDS else -1] += 1 if word in WORDS else 0.2
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def names(
    topics: Sequence[Sequence[str]], people: Sequence[str] | None = None, brief: str = "", parsed: bool = True
) -> list[str]:
    texts = [text for topic in topics for text in topic]
    labels = np.repeat(np.arange(len(topics)), [len(topic) for topic in topics])
    who = people or [f"p{row}" for row in range(len(texts))]
    terms = [(f"word{topic}", "other") for topic in range(len(topics))]
    phraser = NeighbourPhraser() if parsed else None
    return name_topics(texts, encode(texts), who, labels, terms, phraser, encode, brief)


LATE = ["it is the late payment again", "they and the late payment", "so late payment is what it was"]
BANK = ["it is the bank feed again", "they and the bank feed", "so bank feed is what it was"]
JAM = ["it is the printer jam again", "they and the printer jam", "so printer jam is what it was"]


def test_a_topic_is_named_by_the_phrase_its_people_say():
    assert names([LATE, BANK, JAM]) == ["late payment", "bank feed", "printer jam"]


def test_without_a_parser_terms_name_topics():
    assert names([LATE, BANK], parsed=False) == ["word0, other", "word1, other"]


def test_no_topics_have_no_names():
    empty = np.zeros((0, 3), dtype=np.float32)
    assert name_topics([], empty, [], np.zeros(0, dtype=np.int64), [], NeighbourPhraser(), encode, "") == []


def test_a_name_does_not_restate_the_brief():
    told = names([LATE, BANK], brief="Bank feed software")
    assert told[0] == "late payment"
    assert told[1] == "word1, other"


def test_two_topics_that_say_the_same_are_named_apart():
    told = names([LATE, LATE])
    assert len(set(told)) == 2


def test_a_topic_in_another_language_is_named_by_its_terms():
    assert names([LATE, ["die bank feed kaputt", "unsere bank feed wieder", "ach bank feed"]])[1] == "word1, other"


def test_a_persons_name_names_no_topic():
    told = names([LATE, ["it was Bridget who did this", "so is Bridget again", "and what of Bridget is"]])
    assert told[1] == "word1, other"


def test_a_phrase_of_one_person_gives_way_to_one_of_several():
    quirk = ["it is the gerber jam", "it was the gerber jam", *JAM]
    told = names([LATE, quirk], people=["a", "b", "c", "x", "x", "d", "e", "f"])
    assert told[1] == "printer jam"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (["it is the VAT payment", "so the VAT payment is"], "VAT payment"),
        (["Payment is what it was", "and so is the payment then"], "payment"),
    ],
)
def test_a_capital_stays_where_people_write_it_inside_sentences(said, name, monkeypatch):
    monkeypatch.setattr("tests.pains.names.test_choose.WORDS", (*WORDS, "vat"))
    texts = [*said, *BANK]

    class VatPhraser(NeighbourPhraser):
        def phrases_of(self, texts):
            return [[phrase("VAT", "payment")] if "VAT" in text else [phrase("payment")] for text in texts]

    labels = np.array([0, 0, 1, 1, 1])
    told = name_topics(texts, encode(texts), list("abcde"), labels, [("x",), ("y",)], VatPhraser(), encode, "")
    assert told[0] == name


def test_the_order_of_texts_does_not_change_the_names():
    texts = [*LATE, *BANK, *JAM]
    labels = np.repeat([0, 1, 2], 3)
    terms = [("x",), ("y",), ("z",)]
    people = [f"p{row}" for row in range(9)]
    order = np.random.default_rng(4).permutation(9)
    mixed = [texts[row] for row in order]
    straight = name_topics(texts, encode(texts), people, labels, terms, NeighbourPhraser(), encode, "")
    turned = name_topics(
        mixed, encode(mixed), [people[row] for row in order], labels[order], terms, NeighbourPhraser(), encode, ""
    )
    assert turned == straight


class SpokenPhraser:
    """Finds the phrases it was told of, by sentence."""

    def __init__(self, phrases: dict[str, list[Phrase]]) -> None:
        self.phrases = phrases

    def phrases_of(self, texts: Sequence[str]) -> list[list[Phrase]]:
        return [self.phrases.get(text, []) for text in texts]


def names_told(topics: Sequence[Sequence[str]], phrases: dict[str, list[Phrase]]) -> list[str]:
    texts = [text for topic in topics for text in topic]
    labels = np.repeat(np.arange(len(topics)), [len(topic) for topic in topics])
    people = [f"p{row}" for row in range(len(texts))]
    terms = [(f"word{topic}", "other") for topic in range(len(topics))]
    return name_topics(texts, encode(texts), people, labels, terms, SpokenPhraser(phrases), encode, "")


def test_two_phrases_name_a_pain_that_neither_names_alone():
    both = [f"{word} it is the late payment and the printer jam again" for word in ("so", "and", "but")]
    phrases = [phrase("late", "payment"), phrase("printer", "jam")]
    assert names_told([both, BANK], dict.fromkeys(both, phrases))[0] in (
        "late payment · printer jam",
        "printer jam · late payment",
    )


def test_a_second_phrase_never_repeats_a_word_of_the_first():
    phrases = [phrase("late", "payment"), phrase("payment")]
    assert names_told([LATE, BANK], dict.fromkeys(LATE, phrases))[0] == "late payment"


def test_a_pain_about_no_thing_is_named_by_its_people_in_quotes():
    vague = ["It is what it was!"] * 3
    assert names_told([vague, LATE], {said: [phrase("late", "payment")] for said in LATE})[0] == "“It is what it was”"


def test_one_sentence_names_one_pain_however_it_is_written():
    told = names_told([["It is so"], ["it is so"], LATE], {said: [phrase("late", "payment")] for said in LATE})
    assert told == ["“It is so”", "word1, other", "late payment"]


@pytest.mark.parametrize(
    "sentence",
    ["it http://it.example", "it is so", "<b>it was it</b>", "it " * 40, "so what", "so it was Gertrud", "it is BAD"],
)
def test_no_address_half_sentence_or_long_one_is_a_name(sentence):
    told = names_told([[sentence], LATE], {said: [phrase("late", "payment")] for said in LATE})[0]
    assert told == ("“it is so”" if sentence == "it is so" else "word0, other")


def test_an_act_that_people_cannot_do_is_not_named_as_done():
    does = Phrase("opening bank", (("bank", "bank"), ("feed", "feed")), does="open")
    cannot = Phrase("can't feed bank", (("bank", "bank"), ("feed", "feed"), (DENIED, DENIED)), does="feed")
    texts = ["we never feed the bank then", "they can't feed the bank is it", "so it is what the bank feed was"]
    told = names_told([texts, LATE], {texts[0]: [does], texts[1]: [cannot], texts[2]: [does]})[0]
    assert told == "can't feed bank"


def test_what_is_done_to_a_thing_is_not_told_as_its_own_doing():
    done = Phrase("paying bank", (("bank", "bank"), ("paying", "pay")), does="pay")
    happens = Phrase("bank feed paying", (("bank", "bank"), ("feed", "feed"), ("paying", "pay")), happens="pay")
    texts = ["the bank feed paying it", "and the bank feed paying", "so is paying the bank feed"]
    told = names_told([texts, LATE], {said: [done, done, happens] for said in texts})[0]
    assert told == "paying bank"


@pytest.mark.parametrize(("second", "is_family"), [("print", True), ("jam", False)])
def test_a_second_phrase_is_no_word_of_the_firsts_family(second, is_family, monkeypatch):
    monkeypatch.setattr("tests.pains.names.test_choose.WORDS", (*WORDS, "print"))
    texts = [f"{opening} the printer and the {second} again is it" for opening in ("so", "and", "but")]
    told = names_told([texts, BANK], dict.fromkeys(texts, (phrase("printer"), phrase(second))))[0]
    assert (" · " not in told) == is_family
