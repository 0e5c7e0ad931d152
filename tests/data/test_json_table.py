"""JSON objects as rows: values stay what they were."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.json_table import json_table
from moregrad.errors import DataError

CELL = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.sampled_from("ab5"), max_size=3)
)
VALUE = CELL | st.lists(CELL, max_size=3) | st.dictionaries(st.sampled_from("xy"), CELL, max_size=2)


@given(
    st.lists(VALUE, max_size=5) | st.lists(st.integers(), max_size=5) | st.lists(st.lists(st.text("ab")), max_size=5)
)
def test_every_value_is_what_it_was_or_is_its_json(values):
    for was, value in zip(values, json_table({"a": values}, "table")["a"].to_list(), strict=True):
        same = value == was if {type(was), type(value)} <= {int, float} else json.dumps(value) == json.dumps(was)
        assert same or json.loads(value) == was


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ([1, 2.5, None], [1.0, 2.5, None]),
        ([9007199254740993, 2.5], ["9007199254740993", "2.5"]),
        ([True, 2], ["true", "2"]),
        ([["x"], []], [["x"], []]),
        ([["x"], 2], ['["x"]', "2"]),
        ([{"x": 1}, {"x": 2}], [{"x": 1}, {"x": 2}]),
        ([{"x": 1}, "s"], ['{"x": 1}', "s"]),
    ],
)
def test_values_of_one_kind_keep_it(values, kept):
    assert json_table({"a": values}, "table")["a"].to_list() == kept


def test_a_field_left_out_is_null():
    assert json_table([{"a": 1}, {}, {"b": "x"}], "table").rows() == [(1, None), (None, None), (None, "x")]


def test_columns_of_different_lengths_are_told():
    with pytest.raises(DataError, match=r"table makes no table: .* a 1, b 2"):
        json_table({"a": [1], "b": [1, 2]}, "table")
