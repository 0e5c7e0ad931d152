"""Every model is in JavaScript and in C what it is in Python: along words, and wherever words branch."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from formats.engines import Logits, in_c, in_javascript, in_page, in_python, tree
from jaxtyping import Array, Float, Int
from runs.labelled_run import train_labelled
from small import VARIATIONS, VOCABULARY, lived_in

import moregrad
from moregrad.layers.layer import State
from moregrad.models.catalogue import CATALOGUE
from moregrad.models.model import Model

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = tree([0, 1, 2, 3, 4, 4, 1], [0, 1, 2, 4, 4], [0, 3, 3, 3, 3, 3, 3, 3, 3], [0, 4, 1, 0, 2, 2, 0, 0, 1], [2, 1])
ENGINES = {"javascript": in_javascript, "c": in_c}
Engine = Callable[..., Logits]


def assert_alike(found: Logits, expected: Logits, tolerance: float = 1e-5) -> None:
    for word, logits in expected.items():
        np.testing.assert_allclose(found[word], logits, rtol=1e-5, atol=tolerance, err_msg=str(word))


@cache
def expected(name: str) -> Logits:
    return in_python(lived_in(name), WORDS)


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
@pytest.mark.parametrize("name", [*CATALOGUE, *VARIATIONS])
def test_logits_are_those_of_python(name: str, engine: Engine):
    assert_alike(engine(lived_in(name), len(VOCABULARY), WORDS), expected(name))


def test_logits_in_a_browser_are_those_of_python(browser: "Browser"):
    page = browser.new_page()
    for name in CATALOGUE:
        assert_alike(in_page(page, lived_in(name), len(VOCABULARY), WORDS), expected(name))


@pytest.mark.parametrize("name", ["gru", "stack", "transformer"])
def test_rounded_weights_move_logits_a_little(name: str):
    assert_alike(in_javascript(lived_in(name), len(VOCABULARY), WORDS, half=True), expected(name), tolerance=0.02)


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
@pytest.mark.parametrize("label", ["soft", None])
@pytest.mark.parametrize("model", ["ngram", "gru"])
def test_words_with_labels_are_those_of_python(model: str, label: str | None, engine: Engine):
    run = labelled(model).given(label)
    words = tree(*([0, *run.vocabulary.encode(word).tolist(), 0, 1] for word in ("lala", "kakt", "rat")))
    assert_alike(engine(run.model, len(run.vocabulary), words), in_python(run.model, words))


@cache
def labelled(model: str) -> moregrad.Run:
    small = {} if model == "ngram" else {**CATALOGUE[model].tiny, "steps": 5}
    return train_labelled(model, **small)


class Own(Model):
    """A model that nobody foresaw: its memory decays along a loop of changing length, and fades with the letter."""

    weight: Float[Array, "vocab size"]

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch time vocab"]:
        raise NotImplementedError

    def begin(self, batch: int) -> State:
        return {"memory": jnp.zeros((batch, self.weight.shape[1])), "seen": jnp.zeros((batch, 3), jnp.uint8)}

    def advance(self, state: Any, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        memory = state["memory"] * jnp.where(token == 0, 0, 1)[:, None] + self.weight[token]
        memory = jax.lax.fori_loop(0, token[0] % 3, lambda k, x: jnp.sin(x) + k, memory)
        memory = jax.lax.cond(token[0] > 2, lambda x: jnp.sort(x, axis=1), lambda x: x - x.mean(), memory)
        seen = jnp.concatenate([state["seen"][:, 1:], token[:, None].astype(jnp.uint8)], axis=1)
        rank = jnp.argsort(seen, axis=1) + jnp.argmax(memory, axis=1)[:, None]
        return memory @ self.weight.T + rank.sum(), {"memory": memory, "seen": seen}


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_a_model_of_a_user_s_own_is_that_of_python(engine: Engine):
    weight = np.random.default_rng(0).normal(size=(5, 6)).astype(np.float32)
    model = Own(jnp.asarray(weight))
    assert_alike(engine(model, 5, WORDS), in_python(model, WORDS))
