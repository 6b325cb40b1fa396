"""What a person approved joins accounts; what is wrong in the file is told by line, with the mend."""

from __future__ import annotations

import pytest

from overheard.errors import BadInputError
from overheard.people import join_accounts, read_approved, written_name
from overheard.records import Alias

SHOWN = {"board": ("Kiln Kate", "potter"), "market": ("kate_k", "=glaze"), "talks": ("Speaker 1", "Kate")}
KNOWN = frozenset(f"{source}/{name.casefold()}" for source, names in SHOWN.items() for name in names) - {
    "talks/speaker 1"
}


def join(content: str) -> list[Alias]:
    rows = read_approved("aliases.csv", content.encode())
    return join_accounts("aliases.csv", rows, SHOWN, lambda source, name: f"{source}/{name.casefold()}", KNOWN)


def test_a_person_has_the_id_of_the_account_that_stands_first() -> None:
    joined = join("source,name,person\nmarket,kate_k,kate\nboard,Kiln Kate,Kate \ntalks,Kate,KATE\n")
    assert joined == [
        Alias("board/kiln kate", "market/kate_k"),
        Alias("market/kate_k", "market/kate_k"),
        Alias("talks/kate", "market/kate_k"),
    ]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_what_a_spreadsheet_saves_is_read(separator: str) -> None:
    content = "﻿Source,Name,Person,evidence\r\n\r\nboard,Kiln Kate,k,same name\r\nmarket,kate_k,k\r\n"
    assert len(join(content.replace(",", separator))) == 2


def test_a_name_that_starts_like_a_formula_comes_back_as_it_was() -> None:
    content = f"source,name,person\nmarket,{written_name('=glaze')},g\nboard,potter,g\n"
    assert "'=glaze" in content
    assert Alias("market/=glaze", "market/=glaze") in join(content)


def test_an_empty_list_joins_nobody() -> None:
    assert join("source,name,person\n") == []


@pytest.mark.parametrize(
    ("content", "place", "told"),
    [
        ("name,person\nkate,k\n", "aliases.csv:1", "no column source; begin with the line source,name,person"),
        ("source,name,person\nboard,,k\n", "aliases.csv:2", "name is empty; fill in the name"),
        ("source,name,person\nboard,potter\n", "aliases.csv:2", "person is empty"),
        ("source,name,person\nbord,potter,k\n", "aliases.csv:2", "no source `bord`; name one of board, market, talks"),
        (
            "source,name,person\nboard,poter,k\n",
            "aliases.csv:2",
            "nobody called `poter` was heard in board; the nearest",
        ),
        ("source,name,person\nboard,zzz,k\n", "aliases.csv:2", "write it as it is shown there"),
        ("source,name,person\ntalks,Speaker 1,k\n", "aliases.csv:2", "a label in the talks of talks, not a name"),
        ("source,name,person\nboard,potter,k\n", "aliases.csv:2", "`k` has one account only; give their other account"),
    ],
)
def test_an_error_names_the_line_and_the_mend(content: str, place: str, told: str) -> None:
    with pytest.raises(BadInputError) as raised:
        join(content)
    assert raised.value.place == place
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("again", "told"),
    [
        ("board,kiln kate,k", "`kiln kate` of board stands here again, and as `k` in line 2"),
        # A chain: kate is Kate, and Kate is the potter.
        ("board,Kiln Kate,p", "`Kiln Kate` of board stands here as `p`, and as `k` in line 2"),
    ],
)
def test_an_account_that_stands_twice_is_told_with_both_lines(again: str, told: str) -> None:
    with pytest.raises(BadInputError, match=r"aliases\.csv:4: .*one account is one person") as raised:
        join(f"source,name,person\nboard,Kiln Kate,k\nmarket,kate_k,k\n{again}\nboard,potter,p\n")
    assert told in str(raised.value)


def test_a_file_in_another_encoding_is_refused_with_the_mend() -> None:
    with pytest.raises(BadInputError, match="save it as CSV UTF-8"):
        read_approved("aliases.csv", "source,name,person\nboard,Käthe,k\n".encode("latin-1"))
