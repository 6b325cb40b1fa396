"""A digest tells content apart and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.storage.content import digest_of_column

PAIR = pa.struct([pa.field("key", pa.string()), pa.field("value", pa.int64())])
KINDS: dict[pa.DataType, list[Any]] = {
    pa.string(): [None, "", "a", "b", "ab", "é"],
    pa.int64(): [None, 0, 1, -1],
    pa.float64(): [None, 0.0, 0.5],
    pa.bool_(): [None, False, True],
    pa.date32(): [None, date(1970, 1, 1), date(2026, 5, 4)],
    pa.timestamp("us", tz="UTC"): [None, datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 5, 4, tzinfo=UTC)],
    pa.list_(pa.string()): [None, [], [None], [""], ["a"], ["a", "b"], ["ab"]],
    pa.list_(PAIR): [None, [], [{"key": "a", "value": 1}], [{"key": "a", "value": None}], [None]],
    PAIR: [None, {"key": None, "value": None}, {"key": "a", "value": 1}, {"key": "a", "value": 0}],
}


def digest(values: list[Any], kind: pa.DataType, cuts: int = 1) -> str:
    size = -(-len(values) // cuts) or 1
    chunks = [pa.array(values[at : at + size], kind) for at in range(0, len(values), size)]
    return digest_of_column(pa.chunked_array(chunks, kind))


@pytest.mark.parametrize("kind", KINDS, ids=str)
@given(data=st.data())
def test_columns_have_one_digest_if_and_only_if_their_values_are_the_same(
    kind: pa.DataType, data: st.DataObject
) -> None:
    lists = st.lists(st.sampled_from(KINDS[kind]), max_size=5)
    one, other = data.draw(lists), data.draw(lists)
    assert (digest(one, kind) == digest(other, kind)) == (one == other)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_how_a_column_lies_in_memory_tells_nothing(kind: pa.DataType) -> None:
    values = KINDS[kind] * 3
    assert digest(values, kind) == digest(values, kind, cuts=4)
    longer = pa.array(KINDS[kind][:2] + values + KINDS[kind][:1], kind)
    assert digest_of_column(pa.chunked_array([longer[2 : 2 + len(values)]])) == digest(values, kind)
