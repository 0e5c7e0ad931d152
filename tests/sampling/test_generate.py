"""Generation of a batch of words, against a table of probabilities."""

from typing import Any

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.sampling.generate import FREE, generate
from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors
from sampling.table import MODEL, TABLE, surprisal

BATCH, ROOM = 4096, 6


def words(*forced: int, seed: int = 0, **options: Any) -> tuple[list[str], np.ndarray]:
    """Generates words of at most five characters, whose first tokens may be forced."""
    tokens = jnp.asarray([*forced, *[FREE] * (ROOM - 1 - len(forced)), 0], jnp.int32)
    processors = Processors.of(Sampling(**options))
    ids, nats, whole = generate(MODEL, tokens, processors, batch=BATCH, key=jr.key(seed))
    rows = ["".join(".abc"[token] for token in row) for row in np.asarray(ids)]
    assert all(set(row[len(row.rstrip(".")) :]) <= {"."} and "." not in row.rstrip(".") for row in rows)
    return [row.rstrip(".") for row in rows], np.asarray(nats)


def test_characters_are_drawn_by_the_models_probabilities():
    first = [(word or ".")[0] for word in words()[0]]
    after_a = [(word[1:] or ".")[0] for word in words(1)[0]]
    for drawn, row in ((first, 0), (after_a, 1)):
        assert [drawn.count(character) / BATCH for character in ".abc"] == pytest.approx(TABLE[row], abs=0.03)


def test_forced_tokens_are_taken_whatever_their_probability():
    assert all(word.startswith("ac") for word in words(1, 3)[0])


@pytest.mark.parametrize("options", [{}, {"temperature": 0.5, "top_k": 2}])
def test_the_surprisal_is_the_models_own_however_words_are_drawn(options: dict[str, Any]):
    made, nats = words(1, **options)
    np.testing.assert_allclose(nats, [surprisal(word) for word in made], rtol=1e-5)


def test_words_end_where_the_last_forced_boundary_stands():
    lengths = {len(word) for word in words()[0]}
    assert max(lengths) == ROOM - 1


def test_the_key_decides_what_is_drawn():
    assert words(seed=1)[0] == words(seed=1)[0] != words(seed=2)[0]


def test_at_temperature_zero_every_word_is_the_likeliest_step_by_step():
    assert set(words(temperature=0)[0]) == {"a"}
