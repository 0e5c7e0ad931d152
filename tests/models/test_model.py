"""The contract of models: windows of tokens, and what a model has that says nothing about it."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.models.model import Model, windows

TOKENS = st.lists(st.integers(0, 2), min_size=6, max_size=6)


@pytest.mark.parametrize("context", [1, 3, 8])
@given(row=TOKENS)
def test_a_window_is_the_last_tokens_of_the_word_and_padding_before_it(context: int, row: list[int]):
    expected = []
    for last in range(min(context, len(row)) - 1, len(row)):
        window: list[int] = []
        for token in reversed(row[: last + 1]):
            window.insert(0, token)
            if token == 0 or len(window) == context:
                break
        # A row that begins inside a word has boundaries in front of it.
        missing = context - len(window)
        inside = window[0] != 0
        expected.append([9] * (missing - inside) + [0] * (inside and missing > 0) + window if missing else window)
    assert windows(jnp.asarray([row]), context, padding=9)[0].tolist() == expected


class Undecided(Model):
    """The least that a model must have."""

    def __call__(self, tokens):
        return jnp.zeros((*tokens.shape, 3))

    def begin(self, batch):
        return ()

    def advance(self, state, token):
        return jnp.zeros((len(token), 3)), state


def test_a_model_trains_as_it_predicts_counts_nothing_and_has_no_limits():
    model = Undecided()
    logits, refreshed = model.observe(jnp.asarray([[0, 1]]), key=jr.key(0))
    assert logits.shape == (1, 2, 3)
    assert refreshed is model
    assert model.count(EncodedWords(np.array([0, 1, 0], np.uint8))) is model
    assert (model.longest, model.lead) == (None, 0)
