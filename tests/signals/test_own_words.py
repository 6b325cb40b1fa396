import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.signals.own_words import cut_own_words
from overheard.signals.own_words.lexicons import load_rows
from overheard.signals.own_words.looks import LOOKS, judge_line
from overheard.signals.own_words.tokens import weigh_token
from tests.signals.machine_texts import TEXTS

COMPLAINT = "The oven stopped heating last night and I have no idea why."
QUESTION = "Does anybody know what I should try next?"


def kept(text, not_own=()):
    return [text[start:end] for start, end in cut_own_words(text, not_own)]


CUT = {
    "a quoted line is not the quoter's own": ("> my oven died\nMine too, last week.", ["Mine too, last week."]),
    "the line that introduces a quote goes with it": (
        "On Tue, 4 May 2021 at 10:00, Ann Baker wrote:\n> my oven died\nMine too.",
        ["Mine too."],
    ),
    "where the break behind a quotation was lost, the answer is the author's": (
        "> Did you clean the oven? Yes, I did. It is still cold.",
        ["Yes, I did. It is still cold."],
    ),
    "a bracketed quote goes, whoever is named in it": (
        "[quote=Ann]my oven died[/quote]\nMine works.",
        ["Mine works."],
    ),
    "a quote within a quote goes with it": (
        "[quote=Ann][quote=Bob]is it on?[/quote]yes it is[/quote]\nMine works.",
        ["Mine works."],
    ),
    "a pasted mail goes with its head, down to the end": (
        f"{COMPLAINT}\n\nFrom: Ann Baker <ann@bread.example>\nSent: Monday, March 4, 2024 10:12 PM\nTo: Oven Support\n"
        "Subject: cold oven\n\nMy oven is cold.\n\nI am upset.",
        [COMPLAINT],
    ),
    "a forwarded mail goes": (
        f"{COMPLAINT}\n\n---------- Forwarded message ---------\nFrom: Ann\nDate: Mon, Mar 4, 2024\n\nMy oven is cold.",
        [COMPLAINT],
    ),
    "a pasted chat goes": (
        f"{COMPLAINT}\n10:01 Ann: is it on?\n10:02 Bob: yes\n10:03 Ann: and the door?\n10:04 Bob: shut\n\n{QUESTION}",
        [COMPLAINT, QUESTION],
    ),
    "a paragraph in quotation marks is another's, with whose it is": (
        f'{COMPLAINT}\n\n"Every oven wants a clean fan and a dry door before it is lit."\n\n- Ann Baker\n\n{QUESTION}',
        [COMPLAINT, QUESTION],
    ),
    "what a program is said to show goes": (
        f"{COMPLAINT} It shows this message:\nThe heater could not be reached. Please try again.\n\n{QUESTION}",
        [f"{COMPLAINT} It shows this message:", QUESTION],
    ),
    "fenced code goes": ("It stops here:\n```\nraise OvenError\n```\nWhy?", ["It stops here:", "Why?"]),
    "code between tags goes": ("Look: <pre>int x = 1;</pre> it fails.", ["Look:", "it fails."]),
    "a line of code signs goes": ("I wrote\nif (a && b) { x[i] = {}; }\nand it fails.", ["I wrote", "and it fails."]),
    "a column of line numbers goes": (f"{COMPLAINT}\n\n1\n2\n3\n4\n\n{QUESTION}", [COMPLAINT, QUESTION]),
    "a listing of a machine goes": (
        "My till is slow.\nName: Till\nVersion: 9.1\nOS: Linux 6\nMemory: 4 GB\nWhat now?",
        ["My till is slow.", "What now?"],
    ),
    "of a form's heading only the heading goes": (
        "Steps to reproduce:\nOpen the door and wait.\nExpected behaviour: it stays warm inside.",
        ["Open the door and wait.", "it stays warm inside."],
    ),
    "what follows a signature mark goes": ("It is broken.\n-- \nAnn Baker\nHead of Bread", ["It is broken."]),
    "a telephone's signature goes": ("It is broken.\n\nSent from my telephone", ["It is broken."]),
    "a company's footer goes": (
        f"{COMPLAINT}\n\nKind regards,\nAnn Baker\nT: 020 7946 0000\n\nThis email and any attachments are private.",
        [COMPLAINT],
    ),
    "a greeting, thanks and a name as lines of their own go": (
        f"Hello all,\n{COMPLAINT}\n\nThanks in advance!\nAnn",
        [COMPLAINT],
    ),
    "a greeting in another language goes": (f"Liebe Leute,\n{COMPLAINT}\n\nViele Grüße\nAnn", [COMPLAINT]),
    "a line that is only an address goes": (
        "See this:\nhttps://oven.example/a\nIt is broken.",
        ["See this:", "It is broken."],
    ),
    "a moderator's bracket goes": ("Call [Personal information removed by moderator] now.", ["Call", "now."]),
    "what a transcriber heard beside words goes": ("\\[laughs\\] It never worked. [27:07]", ["It never worked."]),
}
OWN = {
    "a courtesy within a sentence's line": "Hello, my oven is cold and I need help. Thanks! Ann",
    "an everyday word that also greets": "dear prices everywhere\nand no bread",
    "three answers with a colon": "Shop: the bakery\nTown: Leeds\nTrouble: the oven",
    "prices and smileys": "It cost £40 (too much!!) :-(",
    "a file, a setting and an error named in a sentence": (
        "When I open C:\\Oven\\heat.log it says error 0x80004005, so I set lamp=true and restarted."
    ),
    "an address in a sentence": "I read https://oven.example/a and still cannot heat it.",
    "code named in a sentence": "I set <code>lamp = true;</code> in the file and it still stays dark.",
    "a way through menus": "> Oven > Settings > Light > Off\nThat is what I did.",
    "a scene with its speeches": (
        'A man came in at six.\n\n"Is the bread still warm, or did you bake it on Monday like the last one?"\n\n'
        '"It left the oven a minute ago," I said.\n\nHe asked for the manager. She told him to touch it.'
    ),
    "a text that is all in quotation marks": '"I wish the oven had a lamp, because nobody sees the loaves at night."',
    "a budget": "Flour: $40\nRent: $900\nWages: $2,100\nButter: $75\nEggs: $30",
    "a list of wishes": "- a lamp inside the oven\n- a bell when it is hot\n- a door that shuts",
    "an edit": "It broke on Monday.\n\nEDIT: it works again.",
    "a whole answer that names versions": "Oven 2 against 3",
    "a single fence that is a slip": "It stops at ``` and I do not know what that means.",
    "a heading of one's own": "Background:\nI bake for forty people every morning.",
}


@pytest.mark.parametrize(("text", "expected"), CUT.values(), ids=CUT.keys())
def test_what_is_not_the_authors_running_words_is_cut(text, expected):
    assert kept(text) == expected


@pytest.mark.parametrize("text", OWN.values(), ids=OWN.keys())
def test_what_an_author_says_themselves_is_kept_as_it_stands(text):
    assert "\n".join(kept(text)).split() == text.split()


@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["a paragraph apart", "right below"])
@pytest.mark.parametrize("machine", TEXTS.values(), ids=TEXTS.keys())
def test_between_two_sentences_a_machines_text_is_cut_and_both_sentences_stay(machine, gap):
    assert kept(f"{COMPLAINT}{gap}{machine.strip()}{gap}{QUESTION}") == [COMPLAINT, QUESTION]


@pytest.mark.parametrize(
    ("weight", "example"), [(row[1], row[3]) for row in load_rows("token_kinds")], ids=lambda value: value
)
def test_every_kind_of_token_weighs_its_own_example_as_it_says(weight, example):
    assert weigh_token(example) == float(weight)


@pytest.mark.parametrize(("name", "example"), [(row[0], row[2]) for row in load_rows("looks")])
def test_every_look_of_a_line_is_seen_in_its_own_example(name, example):
    assert judge_line(example, "", LOOKS["code"]) == LOOKS[name]


def test_words_marked_as_anothers_are_cut_even_in_the_middle_of_a_line():
    text = "Ann said my oven died but mine works"
    assert kept(text, [(9, 21)]) == ["Ann said", "but mine works"]


def test_an_empty_text_has_no_own_words():
    assert kept("") == [] and kept(" \n ") == []


def test_a_log_that_goes_on_for_longer_than_anybody_reads_is_cut_to_its_end():
    log = "Mar  4 22:10:04 bakery ovend[912]: heater did not respond\n" * 20_000
    assert kept(f"{COMPLAINT}\n\n{log}") == [COMPLAINT]


def test_a_book_is_kept_to_its_end():
    book = "\n".join(f"Loaf number {number} was better than the one before it." for number in range(20_000))
    assert kept(book) == [book]


HOSTILE = {
    "opened quotes": "[quote" * 160_000,
    "opened tags": "<pre>" * 200_000,
    "quotation marks": '"' * 1_000_000,
    "marked lines": ">\n" * 500_000,
    "attributions": "On Mon 3 May 2021 Ann wrote:\n" * 34_000,
    "names of fields": "From: a\nTo: b\n" * 70_000,
    "thanks": "thanks\n" * 140_000,
    "rulers": "____\n" * 200_000,
    "one token": "x" * 1_000_000,
    "colons": "a:" * 500_000,
    "addresses": "a@" * 500_000,
    "times": "1:" * 500_000,
    "wide gaps": (" " * 50 + "a") * 19_000,
    "empty lines": "\n" * 1_000_000,
    "a script without spaces": "新" * 1_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_megabyte_of_anything_is_read_within_a_second(text):
    kept("An oven reads its words once.")
    begin = time.process_time()
    kept(text)
    assert time.process_time() - begin < 1


PIECES = st.sampled_from(
    (
        *"ab >[]/`\n-:.|\"'{}<",
        "quote",
        "\n\n",
        "On 4 May 2021 Ann wrote:\n",
        "> ",
        "[quote]",
        "[/quote]",
        "```\n",
        "    ",
        "Hello,\n",
        "Thanks\n",
        "-- \n",
        "ERROR 10:00:01 ",
        "int x = 1;\n",
        "https://oven.example/a",
        "The oven is cold. ",
    )
)


@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join)),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80))),
)
def test_own_spans_are_sorted_apart_inside_the_text_and_never_in_anothers_words(text, cuts):
    not_own = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in cuts]
    spans = cut_own_words(text, not_own)
    assert spans == cut_own_words(text, not_own[::-1])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(
        end <= start_cut or end_cut <= start
        for start, end in spans
        for start_cut, end_cut in not_own
        if start_cut < end_cut
    )
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
