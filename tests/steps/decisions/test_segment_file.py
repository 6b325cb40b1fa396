import csv
import io

import pytest

from overheard.errors import BadInputError
from overheard.steps.decisions.segment_file import HEADER, PersonRow, read_choices, write_people

KNOWN = {"0a1b": "0a1b", "ann1": "0a1b", "2c3d": "2c3d", "ben2": "2c3d"}
ANN = PersonRow("0a1b", "ann1", "", "group A", 4, 1, ('It leaks, and "how".', "=SUM(A1)"))
BEN = PersonRow("2c3d", "ben2", "late payers", "", 2, 2, ("One.", "Two\nlines.", "Three."))


def fill(*choices, delimiter=","):
    rows = list(csv.reader(io.StringIO(write_people([ANN, BEN]).decode(), newline="")))
    for row, choice in zip(rows[1:], choices, strict=True):
        row[0] = choice
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def test_the_file_has_one_row_a_person_and_an_empty_column_to_fill():
    first, second = csv.DictReader(io.StringIO(write_people([ANN, BEN]).decode(), newline=""))
    assert tuple(first) == HEADER
    assert (first["your_choice"], second["your_choice"]) == ("", "")
    assert (first["proposal"], second["segment_now"], first["quote_3"]) == ("group A", "late payers", "")
    assert first["quote_2"] == "'=SUM(A1)"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_filled_file_is_read_however_a_spreadsheet_saved_it(delimiter, mark):
    content = mark + fill("  The  unpaid ", "-", delimiter=delimiter)
    assert read_choices("f.csv", content, KNOWN) == {"0a1b": (2, "The unpaid"), "2c3d": (4, "-")}


def test_an_empty_choice_is_none():
    assert read_choices("f.csv", fill("", ""), KNOWN) == {}


def test_a_person_whose_id_a_spreadsheet_spoilt_is_known_by_the_name_in_reports():
    content = fill("x", "").replace(b"0a1b", b"1.00E+15")
    assert read_choices("f.csv", content, KNOWN) == {"0a1b": (2, "x")}


@pytest.mark.parametrize(
    ("content", "line", "what", "mend"),
    [
        (
            fill("x", "y").replace(b"2c3d", b"ffff").replace(b"ben2", b"eeee"),
            4,
            "no person has the id `ffff`",
            "delete",
        ),
        (fill("x", "y").replace(b"2c3d", b"gone").replace(b"ben2", b"eeee"), 4, "no longer in the market", "delete"),
        (fill("x", "y").replace(b"2c3d", b"0a1b"), 4, "this person stands in line 2 already", "delete one"),
        (fill("x" * 81, ""), 2, "the name has 81 characters", "at most 80"),
        (fill("x", "").replace(b"your_choice", b"choice"), 1, "no column `your_choice`", "keep the first line"),
        (b"", 1, "no column `your_choice`", "keep the first line"),
        (b"your_choice,person_id\nx\n", 2, "has fewer fields", "quote texts"),
        (b"your_choice,person_id\nx,0a1b,more\n", 2, "has more fields", "quote texts"),
        (b'your_choice,person_id\nx,"0a1b"y\n', 2, "is no CSV", "save it from a spreadsheet"),
        (b"your_choice,person_id\nx,0a1b\n\xff,2c3d\n", 3, "is not UTF-8", "save it as CSV (UTF-8)"),
    ],
)
def test_what_cannot_be_followed_is_told_with_its_line_and_its_mend(content, line, what, mend):
    with pytest.raises(BadInputError) as error:
        read_choices("f.csv", content, KNOWN, gone={"gone"})
    assert error.value.place == f"f.csv:{line}"
    assert what in error.value.what
    assert mend in error.value.mend
