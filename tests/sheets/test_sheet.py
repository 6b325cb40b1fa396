import random

import pytest

from overheard.records import Slot
from overheard.sheets import Candidate, find_telling, write_sheets
from tests.sheets.make_signals import make_post


def said(*posts):
    made = [make_post(marked, position=at, document_id=document, person_id=f"p{at}")
            for at, (document, marked) in enumerate(posts)]  # fmt: skip
    return [utterance for utterance, _ in made], [signal for _, signals in made for signal in signals]


def lines_of(sheet, utterances):
    text_of = {one.utterance_id: one.text for one in utterances}
    return {
        heading.name: [text_of[line.signal.utterance_id][line.signal.start : line.signal.end] for line in heading.lines]
        for heading in sheet.headings
    }


def test_each_kind_stands_under_its_heading():
    utterances, signals = said(
        ("d1", "{pain|The kiln cracks my bowls.} {worldview|Clay forgives nobody.} {recommendation|Try a slow cone.}"),
        ("d1", "{question|Which cone do you use?} {job .9|I want bowls for the fair.} {request .8|It should beep.}"),
        ("d1", "{workaround .7|I prop the door.} {objection .6|A new one costs a car.} {gain .5|The glaze is lovely.}"),
    )
    (sheet,) = write_sheets(utterances, signals, [], {}, 9)
    assert lines_of(sheet, utterances) == {
        "pains": ["The kiln cracks my bowls."],
        "worldview": ["Clay forgives nobody."],
        "recommendations": ["Try a slow cone."],
        "questions": ["Which cone do you use?"],
        "also said": ["I want bowls for the fair.", "It should beep.", "I prop the door.", "A new one costs a car.",
                      "The glaze is lovely."],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{pain 4 .8|I paid twice for shelves.}", "{pain 1 .8|The shelves bend.}"),
        ("{pain 1 .9|The shelves bend.}", "{pain 1 .3|The shelves creak.}"),
        # Hardly probable, so its rung hardly counts.
        ("{pain 2 .7|The shelves cost me a day.}", "{pain 3 .2|I tried tape on the shelves.}"),
    ],
)
def test_the_strong_and_probable_comes_first(first, second):
    for posts in ((first, second), (second, first)):
        utterances, signals = said(*(("d1", post) for post in posts))
        (sheet,) = write_sheets(utterances, signals, [], {}, 9)
        expected = [post.partition("|")[2][:-1] for post in (first, second)]
        assert lines_of(sheet, utterances)["pains"] == expected


def test_a_heading_shows_a_few_lines_and_keeps_all():
    utterances, signals = said(*(("d1", f"{{question|Does glaze {number} run?}}") for number in range(5)))
    (sheet,) = write_sheets(utterances, signals, [], {}, 3)
    shown = {heading.name: (len(heading.lines), heading.shown) for heading in sheet.headings}
    assert shown["questions"] == (5, 3)
    assert shown["pains"] == (0, 0)


def test_what_is_pasted_twice_is_one_line():
    utterances, signals = said(("d1", "{pain|It cracks!}"), ("d1", "{pain|It cracks}"), ("d2", "{pain|It cracks.}"))
    sheets = write_sheets(utterances, signals, [], {}, 9)
    assert [len(sheet.headings[0].lines) for sheet in sheets] == [1, 1]


def test_a_document_nobody_says_anything_in_has_no_sheet():
    utterances, signals = said(("d1", "{pain|It cracks.}"), ("d2", "Good morning."))
    word = Candidate("kiln wash", 1, 20.0, 3.0, ((utterances[1].utterance_id, 0, 4),))
    assert [sheet.document_id for sheet in write_sheets(utterances, signals, [], {"d2": [word]}, 9)] == ["d1"]


def test_the_most_telling_documents_are_the_first_sheets():
    utterances, signals = said(
        ("d1", "{pain|It cracks.}"), ("d2", "{pain|It cracks.} {pain|It crawls.}"), ("d3", "{worldview|It is a craft.}")
    )
    order = [sheet.document_id for sheet in write_sheets(utterances, signals, [], {}, 9)]
    assert find_telling(utterances, signals, 9) == order
    assert find_telling(utterances, signals, 2) == order[:2]


def test_jargon_stands_on_the_sheet_of_its_document():
    utterances, signals = said(("d1", "{pain|The kiln wash flakes.}"), ("d2", "{pain|It cracks.}"))
    word = Candidate("kiln wash", 1, 20.0, 3.0, ((utterances[0].utterance_id, 4, 13),))
    sheets = {one.document_id: one for one in write_sheets(utterances, signals, [], {"d1": [word]}, 9)}
    assert sheets["d1"].jargon == (word,)
    assert sheets["d2"].jargon == ()


def test_a_recommendation_brings_what_it_names():
    utterances, signals = said(("d1", "{recommendation|Get a Skutt, not a Paragon.}"))
    (signal,) = signals
    slots = [Slot(signal.signal_id, "product against", 19, 26), Slot(signal.signal_id, "product", 6, 11)]
    (sheet,) = write_sheets(utterances, signals, [*slots, Slot("other", "product", 0, 3)], {}, 9)
    (line,) = sheet.headings[2].lines
    assert [(slot.name, utterances[0].text[slot.start : slot.end]) for slot in line.slots] == [
        ("product", "Skutt"), ("product against", "Paragon")
    ]  # fmt: skip


def test_the_sheet_that_tells_most_comes_first():
    utterances, signals = said(
        ("quiet", "{question|Anyone here?}"),
        ("rich", "{pain 4|I paid twice.} {question|Why?}"),
        ("one", "{pain 1|Ow.}"),
    )
    sheets = write_sheets(utterances, signals, [], {}, 9)
    assert [sheet.document_id for sheet in sheets] == ["rich", "one", "quiet"]


def test_sheets_do_not_depend_on_the_order_of_records():
    utterances, signals = said(
        *((f"d{at % 3}", f"{{pain {at % 5}|Bowl {at} cracks.}} {{gain|Pot {at} holds.}}") for at in range(12))
    )
    expected = write_sheets(utterances, signals, [], {}, 2)
    mix = random.Random(3)
    shuffled = write_sheets(mix.sample(utterances, 12), mix.sample(signals, 24), [], {}, 2)
    assert shuffled == expected
