"""The step of every model as an ONNX graph, run by onnxruntime."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import pytest
from contract.small import VARIATIONS, VOCABULARY, built, lived_in, logits_by_advancing
from jaxtyping import Array

from formats.onnx.running import Session
from moregrad.errors import ModelError
from moregrad.formats.onnx.translation import to_onnx
from moregrad.models.catalogue import CATALOGUE
from moregrad.models.model import Model
from moregrad.models.ngram import NGramModel

STEPS = 12

# Shapes are checked with sizes that are known.
pytestmark = pytest.mark.usefixtures("untyped_caller")


def agree(model: Model, rows: int, graph: onnx.ModelProto) -> None:
    """Words that end and begin again, on rows that do so at different times."""
    tokens = np.random.default_rng(rows).integers(0, len(VOCABULARY), (rows, STEPS))
    tokens[:, 0] = 0
    session = Session(graph, rows)
    found = np.stack([session.advance(token) for token in tokens.T], axis=1)
    np.testing.assert_allclose(found, logits_by_advancing(model, jnp.asarray(tokens, jnp.int32)), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", [*CATALOGUE, *VARIATIONS])
def test_a_graph_computes_what_the_model_computes_for_any_number_of_rows(name: str):
    graph = to_onnx(lived_in(name))
    onnx.checker.check_model(graph, full_check=True)
    for rows in (1, 7):
        agree(lived_in(name), rows, graph)


def test_histories_whose_rows_are_not_kept_are_computed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moregrad.models.ngram_tables.ROOM", 3 * len(VOCABULARY))
    model = built.__wrapped__("ngram")
    assert isinstance(model, NGramModel)
    assert len(model.tables.rows) < len(model.tables.weight)
    agree(model, 3, to_onnx(model))


class Step(Model):
    """A model of which only the step matters."""

    def __call__(self, tokens: Any) -> Any:
        raise NotImplementedError

    def begin(self, batch: int) -> Array:
        return jnp.zeros((batch, 5))

    def advance(self, state: Any, token: Any) -> Any:
        state = state + jax.nn.one_hot(token, 5)
        return self.compute(state), state

    def compute(self, state: Any) -> Any:
        return state


class Sorting(Step):
    def compute(self, state: Any) -> Any:
        return jnp.sort(state)


class Counting(Step):
    def compute(self, state: Any) -> Any:
        return state * len(state)


class Looping(Step):
    def compute(self, state: Any) -> Any:
        return jax.lax.while_loop(lambda x: x.sum() < 9, lambda x: x + 1, state)


class Gathering(Step):
    def compute(self, state: Any) -> Any:
        return jax.lax.dynamic_slice_in_dim(state, state[0, 0].astype(int), 5, axis=1)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (Sorting(), "the operation sort, which moregrad does not translate"),
        (Counting(), r"needs to know the number of rows: .* use x\.shape\[0\]"),
        (Looping(), "a loop whose end depends on the input"),
        (Gathering(), "parts of an axis at computed places|the operation dynamic_slice"),
    ],
)
def test_what_cannot_be_translated_is_refused_and_named(model: Model, said: str):
    with pytest.raises(ModelError, match=said):
        to_onnx(model)


def test_a_model_of_ones_own_is_translated():
    graph = to_onnx(Step())
    session = Session(graph, 2)
    np.testing.assert_array_equal(session.advance([1, 2]), np.eye(5)[[1, 2]])
    np.testing.assert_array_equal(session.advance([1, 0]), [[0, 2, 0, 0, 0], [1, 0, 1, 0, 0]])
