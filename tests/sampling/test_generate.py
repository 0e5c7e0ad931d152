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
    ids, nats, _ = generate(MODEL, tokens, processors, batch=BATCH, key=jr.key(seed))
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


def test_words_that_a_forced_boundary_ended_are_not_whole():
    forced, processors = jnp.asarray([FREE, FREE, 0], jnp.int32), Processors.of(Sampling())
    ids, _, whole = generate(MODEL, forced, processors, batch=BATCH, key=jr.key(0))
    shorter = np.asarray(ids)[:, 1] == 0
    assert np.asarray(whole)[shorter].all()
    # Of the words that reach two characters as many are whole as end there by the table.
    last = np.asarray(ids)[~shorter, 1]
    expected = sum((last == token).mean() * TABLE[token, 0] for token in (1, 2, 3))
    assert np.asarray(whole)[~shorter].mean() == pytest.approx(expected, abs=0.03)


def test_a_forced_beginning_does_not_make_a_word_whole():
    forced, processors = jnp.asarray([3, 0], jnp.int32), Processors.of(Sampling())
    whole = generate(MODEL, forced, processors, batch=BATCH, key=jr.key(0))[2]
    assert np.asarray(whole).mean() == pytest.approx(TABLE[3, 0], abs=0.03)


@pytest.mark.parametrize("temperature", [5e-324, 1e-45, 1e-38, 1e-37, 1e-31])
def test_temperatures_too_cold_for_float32_take_the_likeliest(temperature: float):
    assert set(words(temperature=temperature)[0]) == {"a"}


@pytest.mark.parametrize("temperature", [1e30, 1e39, 1e300])
def test_temperatures_too_hot_for_float32_draw_evenly(temperature: float):
    first = [(word or ".")[0] for word in words(temperature=temperature)[0]]
    assert first.count("a") / BATCH == pytest.approx(1 / 3, abs=0.03)
