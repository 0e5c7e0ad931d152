"""Arrays by their paths, and the digest of all of them."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.errors import StorageError
from moregrad.runs.arrays import digest, fill, flatten, from_columns, list_names, to_columns
from moregrad.runs.record import Metrics

TREES = {"best": {"weight": jnp.arange(6.0).reshape(2, 3)}, "last": [jnp.int32(4), "a name"]}
BLANK = eqx.filter_eval_shape(lambda: TREES)
METRICS = (Metrics(10, 2.5, 3.0), Metrics(20, 2.25, 2.75))
COLUMNS = to_columns(METRICS)


def test_trees_are_filled_with_what_they_were_flattened_to():
    arrays = flatten(TREES)
    assert list(arrays) == ["best['weight']", "last[0]"] == list_names(BLANK)
    filled = fill(BLANK, arrays)
    np.testing.assert_array_equal(filled["best"]["weight"], TREES["best"]["weight"])
    assert filled["last"] == [4, "a name"]


@pytest.mark.parametrize(
    ("weight", "told"),
    [
        (np.zeros((3, 2), np.float32), r"its best\['weight'\] is \[3, 2\] of float32, .* needs \[2, 3\] of float32"),
        (np.zeros((2, 3), np.int32), r"is \[2, 3\] of int32, .* needs \[2, 3\] of float32"),
        (None, r"it has no best\['weight'\], which the model of its header needs"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(weight: np.ndarray | None, told: str):
    arrays = {name: array for name, array in {**flatten(TREES), "best['weight']": weight}.items() if array is not None}
    with pytest.raises(StorageError, match=told):
        fill(BLANK, arrays)


def test_the_digest_tells_headers_names_types_shapes_and_numbers_apart():
    array = np.arange(4, dtype=np.int32)
    others = [
        digest("header", {"a": array}),
        digest("Header", {"a": array}),
        digest("header", {"b": array}),
        digest("header", {"a": array.view(np.float32)}),
        digest("header", {"a": array.reshape(2, 2)}),
        digest("header", {"a": array + 1}),
        digest("header", {"a": array, "b": array[:0]}),
    ]
    assert len(set(others)) == len(others)
    assert digest("h", {"a": array, "b": array + 1}) == digest("h", {"b": array + 1, "a": array.copy()})


def test_evaluations_come_back_from_columns():
    assert from_columns(COLUMNS, 20) == METRICS
    assert from_columns(to_columns(()), 0) == ()


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({}, "no columns of numbers"),
        ({**COLUMNS, "metrics.train": COLUMNS["metrics.train"][:1]}, "no columns of numbers"),
        ({**COLUMNS, "metrics.step": np.array([10.0, 20.0])}, "no columns of numbers"),
        ({name: column[:, None] for name, column in COLUMNS.items()}, "no columns of numbers"),
        ({name: column[::-1] for name, column in COLUMNS.items()}, "not those of a training up to step 20"),
        ({**COLUMNS, "metrics.step": np.array([10, 21])}, "not those of a training up to step 20"),
        ({**COLUMNS, "metrics.validation": np.array([1.0, np.nan])}, "not those of a training up to step 20"),
    ],
)
def test_columns_that_are_no_evaluations_are_refused(columns: dict[str, np.ndarray], told: str):
    with pytest.raises(StorageError, match=told):
        from_columns(columns, 20)
