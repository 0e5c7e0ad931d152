"""The tables of n-gram models: kept small, made whole again, and refused where they contradict one another."""

from collections.abc import Callable

import equinox as eqx
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from contract.small import quickly_compiled
from hypothesis import given
from jaxtyping import Array

from models.test_ngram import ARCHITECTURES, LIST, VOCAB, WORDS, encoded
from moregrad.errors import ModelError
from moregrad.models.model import Model
from moregrad.models.ngram import NGram
from moregrad.models.ngram_tables import NGramTables

Arrays = dict[str, np.ndarray]


def blank(architecture: NGram) -> NGramTables:
    """The tables of a model that has counted nothing, without numbers."""
    return eqx.filter_eval_shape(architecture.build, VOCAB, 8, key=jr.key(0)).tables


@given(WORDS, ARCHITECTURES)
def test_compressed_tables_are_restored_to_the_bit(words, architecture):
    tables = architecture.count(encoded(words), VOCAB).tables
    assert eqx.tree_equal(blank(architecture).restore(tables.compress()), tables) is True


def test_what_follows_from_the_rest_is_left_out():
    assert set(NGram(3).count(encoded(LIST), VOCAB).tables.compress()) == {"first", "token", "starts", "gain", "weight"}


@quickly_compiled
def logits_of_both(one: Model, other: Model, tokens: Array) -> tuple[Array, Array]:
    """Every list has tables of its own sizes, so that one program is made for each instead of dozens."""
    return one(tokens), other(tokens)


@given(WORDS, ARCHITECTURES)
def test_tables_without_rows_give_the_same_probabilities(words, architecture):
    model = architecture.count(encoded(words), VOCAB)
    lean = eqx.tree_at(lambda model: model.tables, model, model.tables.without_rows())
    assert len(lean.tables.rows) == 1
    tokens = jnp.asarray(np.arange(2 * 7).reshape(2, 7) % VOCAB)
    found, expected = (np.exp(np.asarray(each)) for each in logits_of_both(lean, model, tokens))
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-7)


def put(name: str, index: int, value: float) -> Callable[[Arrays], Arrays]:
    """Returns what changes one number of one array."""

    def change(arrays: Arrays) -> Arrays:
        changed = arrays[name].copy()
        changed[index] = value
        return {**arrays, name: changed}

    return change


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda arrays: {name: array for name, array in arrays.items() if name != "gain"}, "have no 'gain'"),
        (lambda arrays: {**arrays, "first": arrays["first"].astype(np.int64)}, "wrong type or shape"),
        (lambda arrays: {**arrays, "token": arrays["token"][None]}, "wrong type or shape"),
        (lambda arrays: {**arrays, "starts": arrays["starts"][:-1]}, "wrong type or shape"),
        (lambda arrays: {**arrays, "first": arrays["first"][:2]}, "wrong type or shape"),
        (put("first", 2, 2), "nodes that do not exist"),
        (put("first", -1, 10**6), "nodes that do not exist"),
        (put("token", 3, VOCAB), "nodes that do not exist"),
        (put("starts", 1, -1), "nodes that do not exist"),
        (put("gain", 3, np.nan), "table gain is not"),
        (put("weight", 1, 1.5), "table weight is not"),
        (lambda arrays: {**arrays, "gain": arrays["gain"][1:]}, "table gain is not"),
    ],
)
def test_arrays_that_are_no_tables_are_refused(damage: Callable[[Arrays], Arrays], told: str):
    architecture = NGram(3)
    arrays = architecture.count(encoded(LIST), VOCAB).tables.compress()
    with pytest.raises(ModelError, match=told):
        blank(architecture).restore(damage(arrays))
