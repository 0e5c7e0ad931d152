"""Promises of every model in the catalogue about words that are wanted."""

import inspect
from itertools import product

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from jaxtyping import Array
from small import TAPE, VARIATIONS, VOCABULARY, lived_in, logits_by_advancing, quickly_compiled

from moregrad.data.encoded_words import EncodedWords
from moregrad.models.catalogue import CATALOGUE
from moregrad.models.ngram import NGram
from moregrad.sampling.automaton import Automaton, lengths
from moregrad.sampling.generate import FREE
from moregrad.sampling.guide import Guide
from moregrad.sampling.islands import search
from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors
from moregrad.sampling.target import Target

ALL = [*CATALOGUE, *VARIATIONS]
VOCAB, LONGEST, ISLANDS = len(VOCABULARY), 4, 512
searching = quickly_compiled(inspect.unwrap(search))

WORDS = [word for length in range(1, LONGEST + 1) for word in product(range(1, VOCAB), repeat=length)]
EVERY = np.array([[0, *word, *[0] * (LONGEST - len(word))] for word in WORDS], np.int32)
"""Every word of at most four letters, behind its boundary."""
ENCODED = EncodedWords(np.array([0, *(token for word in WORDS for token in (*word, 0))], np.uint8))


def ending_in(token: int, least: int) -> Automaton:
    """Words of at least so many letters of which `token` is the last."""
    moves = np.zeros((3, VOCAB), np.int32)
    moves[1:, 1:] = 1
    moves[1:, token] = 2
    return Automaton.of(moves, np.array([False, False, True]), 1) & lengths(VOCAB, least, None)


@quickly_compiled
def surprisal(found: Array, words: Array) -> Array:
    """Of all words, from logits after each of their tokens."""
    ahead = jnp.pad(words[:, 1:], ((0, 0), (0, 1)))
    chosen = jnp.take_along_axis(jax.nn.log_softmax(found), ahead[..., None], axis=-1)[..., 0]
    within = jnp.arange(words.shape[1]) <= (words > 0).sum(axis=1, keepdims=True)
    return -jnp.sum(jnp.where(within, chosen, 0), axis=1)


@pytest.mark.parametrize("name", ALL)
def test_wanted_words_are_weighed_and_drawn_by_the_models_own_probabilities(name: str):
    model, wanted = lived_in(name), Target(ending_in(2, 3), Sampling(), VOCABULARY.encode(""), LONGEST)
    ahead = wanted.look_ahead(NGram(order=3).count(TAPE, VOCAB), order=3, most=10**7)
    assert ahead is not None
    forced = jnp.full(16, FREE, jnp.int32)
    found = searching(
        model, Guide.of(ahead), forced, Processors.of(Sampling()), islands=ISLANDS, particles=8, key=jr.key(0)
    )
    ids, nats, evidence = map(np.asarray, found)
    every = np.asarray(surprisal(logits_by_advancing(model, jnp.asarray(EVERY)), jnp.asarray(EVERY)))
    accepted = wanted.automaton.accepts(ENCODED)
    weights = np.exp(evidence.astype(np.float64) + ahead.scales[0])
    expected = np.exp(-every[accepted].astype(np.float64)).sum()
    assert abs(weights.mean() - expected) < 4.5 * weights.std() / ISLANDS**0.5 + 1e-3 * expected
    index = {tuple(row): place for place, row in enumerate(EVERY[:, 1:])}
    drawn = [index[tuple(row)] for row in ids[:, :LONGEST]]
    assert accepted[drawn].all()
    np.testing.assert_allclose(nats, every[drawn], rtol=1e-4, atol=1e-4)
