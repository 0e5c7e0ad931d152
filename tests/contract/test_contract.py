"""What every model in the catalogue promises."""

import math

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from small import BLOCK, SMALL, TAPE, VARIATIONS, VOCABULARY, WORDS, built, lived_in, predict, quickly_compiled, small

from moregrad.data.examples import Lines
from moregrad.layers.layer import Running, parameters, partition
from moregrad.models.catalogue import CATALOGUE
from moregrad.training.loss import cross_entropy

ALL = [*CATALOGUE, *VARIATIONS]
VOCAB = len(VOCABULARY)
TIME = 12


def rows(*words: list[int]) -> jax.Array:
    """Each word's symbols at the end of a row of boundaries, all rows equally long whatever the model."""
    table = np.zeros((6, BLOCK + TIME), np.int32)
    for row, word in zip(table, words, strict=False):
        row[len(row) - len(word) :] = word
    return jnp.asarray(table)


def same(one: object, other: object) -> bool:
    """Whether two trees are equal to the bit."""
    pairs = zip(jax.tree.leaves(one), jax.tree.leaves(other), strict=True)
    return all(np.array_equal(np.asarray(a), np.asarray(b)) for a, b in pairs if hasattr(a, "dtype"))


def test_every_kind_in_the_catalogue_is_tested_small():
    assert set(SMALL) <= set(CATALOGUE) and set(CATALOGUE) - set(SMALL) == {"bigram"}


@pytest.mark.parametrize("name", ALL)
def test_logits_are_aligned_to_the_end_of_time(name: str):
    model, tokens = lived_in(name), rows([0, 1, 2])
    assert predict(name)(tokens).shape == (6, tokens.shape[1] - model.lead, VOCAB)


@pytest.mark.parametrize("name", ALL)
def test_a_new_model_holds_every_symbol_about_equally_likely(name: str):
    model = small(name).build(VOCAB, BLOCK, key=jr.key(3))
    tokens, targets = Lines.packed(TAPE, 16, lead=model.lead).rows(jnp.asarray([0]))
    assert cross_entropy(jax.jit(model)(tokens), targets) == pytest.approx(math.log(VOCAB), abs=0.15)


@pytest.mark.parametrize("name", ALL)
def test_no_position_sees_what_comes_after_it_or_stood_before_its_boundary(name: str):
    past, word, future = [0, 2, 1], [0, 3, 1, 4], [2, 0, 1]
    tokens = rows([*past, *word, *future], [*[0, 1, 4], *word, *[4, 4, 3]], [0, 2, 1, 0, 3, 2, 4, *future])
    logits = predict(name)(tokens)
    there = slice(-len(word) - len(future), -len(future))
    np.testing.assert_allclose(logits[0, there], logits[1, there], rtol=0, atol=1e-6)
    if name != "bigram":
        assert abs(logits[0, -len(future) - 1] - logits[2, -len(future) - 1]).max() > 1e-6


@pytest.mark.parametrize("name", ALL)
def test_a_word_has_the_same_logits_alone_padded_and_packed(name: str):
    word, packed = [0, 1, 3, 2], [0, 4, 4, 0, 2, 0, 1, 3, 2]
    logits = predict(name)(rows(word, packed))
    np.testing.assert_allclose(logits[0, -4:], logits[1, -4:], rtol=1e-5, atol=1e-5)
    model = lived_in(name)
    alone = jnp.asarray([[0] * model.lead + word])
    np.testing.assert_allclose(quickly_compiled(model)(alone)[0], logits[0, -4:], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ALL)
def test_advancing_symbol_by_symbol_gives_the_logits_of_the_whole(name: str):
    model, tokens = lived_in(name), rows([0, 1, 3, 2, 0, 4, 4, 1, 0, 2], [0, 2, 3, 1, 4, 2, 1, 3, 1])

    def step(memory: object, token: jax.Array) -> tuple[object, jax.Array]:
        logits, memory = model.advance(memory, token)
        return memory, logits

    steps = quickly_compiled(lambda tokens: jax.lax.scan(step, model.begin(len(tokens)), tokens.T)[1])(tokens)
    np.testing.assert_allclose(
        steps.swapaxes(0, 1)[:, model.lead :], predict(name)(tokens), rtol=1e-5, atol=1e-5
    )


@pytest.mark.parametrize("name", ALL)
def test_a_word_longer_than_any_trained_on_has_finite_logits(name: str):
    assert jnp.isfinite(predict(name)(rows([0, *[1, 2, 3, 4] * 3]))).all()


@pytest.mark.parametrize("name", ALL)
def test_the_same_key_builds_the_same_bits(name: str):
    again = small(name).build(VOCAB, BLOCK, key=jr.key(0)).count(TAPE)
    assert same(built(name), again)
    if parameters(again):
        assert not same(again, small(name).build(VOCAB, BLOCK, key=jr.key(1)).count(TAPE))


@pytest.mark.parametrize("name", ALL)
def test_gradients_move_no_running_statistics(name: str):
    trainable, _ = partition(built(name))
    assert not [leaf for leaf in jax.tree.leaves(trainable, is_leaf=_running) if _running(leaf)]
    running = [leaf for leaf in jax.tree.leaves(built(name), is_leaf=_running) if _running(leaf)]
    everything = sum(leaf.size for leaf in jax.tree.leaves(built(name)) if jnp.issubdtype(leaf.dtype, jnp.inexact))
    assert parameters(built(name)) == everything - sum(leaf.value.size for leaf in running)


def _running(node: object) -> bool:
    return isinstance(node, Running)


def test_words_stand_in_the_tape_as_given():
    assert TAPE.words(VOCABULARY).to_list() == WORDS
