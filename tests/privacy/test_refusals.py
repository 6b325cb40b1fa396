"""Who was forgotten or does not want to be heard is not taken in again."""

from __future__ import annotations

from pathlib import Path

import pytest

from overheard.errors import BadInputError
from overheard.privacy import (
    Forgotten,
    OptOuts,
    Refusals,
    finished,
    load_opt_outs,
    person_id_of,
    purged_row,
    read_forgotten,
    seal,
    write_forgotten,
)
from overheard.privacy.opt_out import read_opt_outs

KEY = b"k" * 32
ANN = person_id_of("forum", "Ann Onymous", KEY)


def forgotten(**more: object) -> Forgotten:
    values: dict[str, object] = {
        "person": seal(KEY, "person", ANN), "started_at": "2026-05-04", "finished_at": "",
        "accounts": frozenset({seal(KEY, "account", ANN)}), "posts": frozenset({seal(KEY, "post", "u1")}),
        "said": {1: frozenset({seal(KEY, "zephyrian")})}, "names": {}, "doomed": frozenset({ANN, "u1"}),
    }  # fmt: skip
    return Forgotten(**values | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "name", "source", "is_out"),
    [
        ("Ann Onymous", "ann  onymous", "forum", True),
        ("@ann", "Ann", "forum", True),
        ("forum: Ann", "Ann", "forum", True),
        ("forum: Ann", "Ann", "other", False),
        ("jo@mail.example", "JO@mail.example", "", True),
        ("# Ann", "Ann", "forum", False),
        ("", "", "forum", False),
        ("Ann", "Anna", "forum", False),
    ],
)
def test_a_line_of_the_list_means_whom_it_names(line: str, name: str, source: str, is_out: bool) -> None:
    assert read_opt_outs([line]).has_name(name, source) is is_out


def test_the_list_is_a_file_beside_the_key_and_the_settings_add_to_it(tmp_path: Path) -> None:
    assert load_opt_outs(tmp_path) == OptOuts(frozenset(), frozenset())
    (tmp_path / "private").mkdir()
    path = tmp_path / "private" / "opt_out.txt"
    path.write_text("# asked by mail\nAnn Onymous\n0123456789abcdef\n", "utf-8")
    opted_out = load_opt_outs(tmp_path, ["forum: Bo"])
    assert opted_out.has_id("0123456789abcdef")
    assert opted_out.has_name("Ann Onymous", "anywhere") and opted_out.has_name("bo", "forum")
    path.write_bytes(b"\xff\xfeA")
    with pytest.raises(BadInputError, match="save the file as UTF-8"):
        load_opt_outs(tmp_path)


def test_whoever_was_forgotten_is_known_by_account_post_words_and_what_is_left_of_a_name() -> None:
    refusals = Refusals(KEY, [forgotten()], read_opt_outs(["Bo"]))
    assert refusals.is_person(ANN) and not refusals.is_person(person_id_of("other", "Ann Onymous", KEY))
    assert refusals.is_post("u1") and not refusals.is_post("u2")
    assert (
        refusals.is_author("forum", "ann onymous") and refusals.is_author("x", "Bo") and refusals.is_author("x", "***")
    )
    assert not refusals.is_author("forum", "Cy") and not refusals.is_author("forum", "")
    assert refusals.blot("a Zephyrian kiln") == "a ********* kiln"
    assert Refusals(KEY).is_empty and not refusals.is_empty


def test_a_record_comes_back_as_it_was_and_holds_no_id_once_it_is_finished() -> None:
    one = forgotten()
    assert read_forgotten(write_forgotten([one])) == [one]
    done = finished(one, "2026-05-05", {"rows of signals": 3})
    written = write_forgotten([done])
    assert read_forgotten(written) == [done]
    assert ANN.encode() not in written and b"zephyrian" not in written and b"u1" not in written


def test_a_second_record_of_a_person_knows_what_the_first_did() -> None:
    later = forgotten(posts=frozenset({"x"}), said={1: frozenset({"y"}), 5: frozenset({"z"})})
    joined = later.joined(forgotten())
    assert joined.posts == {"x", seal(KEY, "post", "u1")} and joined.person == forgotten().person
    assert joined.said == {1: {"y", seal(KEY, "zephyrian")}, 5: {"z"}}


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ({"utterance_id": "u1", "text": "x"}, None),
        ({"utterance_id": "u2", "person_id": "p1"}, None),
        ({"utterance_id": "u2", "replies_to": "u1"}, {"utterance_id": "u2", "replies_to": None}),
        ({"pain_id": "a", "exemplars": ["u1", "u2"]}, {"pain_id": "a", "exemplars": ["u2"]}),
        ({"examples": [{"item_0": "u1", "item_1": 3}, {"item_0": "u2", "item_1": 3}]},
         {"examples": [{"item_0": "u2", "item_1": 3}]}),
        ({"name": "SECRET kiln", "words": ["SECRET", "kiln"]}, {"name": "****** kiln", "words": ["******", "kiln"]}),
        ({"people": 3, "share": None}, {"people": 3, "share": None}),
    ],
)  # fmt: skip
def test_a_row_goes_or_keeps_what_is_others(row: dict[str, object], left: dict[str, object] | None) -> None:
    assert purged_row(row, {"u1", "p1"}, lambda text: text.replace("SECRET", "******")) == left
