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

BATCH, ROOM, LONGEST = 4096, 8, 5


def rows(*forced: int, seed: int = 0, longest: int = LONGEST, **options: Any) -> tuple[list[str], np.ndarray, Any]:
    """Generates rows of tokens, the first of which may be forced."""
    tokens = jnp.asarray([*forced, *[FREE] * (ROOM - len(forced))], jnp.int32)
    processors = Processors.of(Sampling(**options))
    limit = jnp.asarray(longest)
    ids, nats, ended = generate(MODEL, tokens, processors, longest=limit, batch=BATCH, key=jr.key(seed))
    return ["".join(".abc"[token] for token in row) for row in np.asarray(ids)], np.asarray(nats), np.asarray(ended)


def words(*forced: int, **options: Any) -> tuple[list[str], np.ndarray]:
    """Generates words of at most five characters and keeps those that end."""
    made, nats, ended = rows(*forced, **options)
    whole = [row for row, is_whole in zip(made, ended, strict=True) if is_whole]
    assert all(set(row[len(row.rstrip(".")) :]) <= {"."} and "." not in row.rstrip(".") for row in whole)
    return [row.rstrip(".") for row in whole], nats[ended]


def test_characters_are_drawn_by_the_models_probabilities():
    first = [row[0] for row in rows()[0]]
    after_a = [row[1] for row in rows(1)[0]]
    for drawn, row in ((first, 0), (after_a, 1)):
        assert [drawn.count(character) / BATCH for character in ".abc"] == pytest.approx(TABLE[row], abs=0.03)


def test_forced_tokens_are_taken_whatever_their_probability():
    assert all(word.startswith("ac") for word in words(1, 3)[0])


@pytest.mark.parametrize("options", [{}, {"temperature": 0.5, "top_k": 2}])
def test_the_surprisal_is_the_models_own_however_words_are_drawn(options: dict[str, Any]):
    made, nats = words(1, **options)
    np.testing.assert_allclose(nats, [surprisal(word) for word in made], rtol=1e-5)


def test_rows_say_whether_they_ended_within_the_greatest_length():
    made, _, ended = rows()
    assert 0 < ended.sum() < BATCH
    assert all(("." in row[: LONGEST + 1]) == is_whole for row, is_whole in zip(made, ended, strict=True))
    assert max(len(word) for word in words()[0]) == LONGEST


def test_words_that_end_are_as_frequent_among_each_other_as_the_model_says():
    whole = words(longest=1)[0]
    possible = {word: np.exp(-surprisal(word)) for word in ("", "a", "b", "c")}
    expected = {word: p / sum(possible.values()) for word, p in possible.items()}
    assert {word: whole.count(word) / len(whole) for word in possible} == pytest.approx(expected, abs=0.03)


def test_the_key_decides_what_is_drawn():
    assert words(seed=1)[0] == words(seed=1)[0] != words(seed=2)[0]


def test_at_temperature_zero_every_word_is_the_likeliest_step_by_step():
    assert set(words(temperature=0)[0]) == {"a"}
