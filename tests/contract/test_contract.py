"""What every model in the catalogue promises."""

import math
from itertools import product

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from small import BLOCK, TAPE, VARIATIONS, VOCABULARY, WORDS, built, lived_in, logits, logits_by_advancing, small

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known
from moregrad.evaluation.surprisal import sum_by_word, surprisals
from moregrad.layers.layer import Running, Tables, parameters, partition
from moregrad.models.catalogue import CATALOGUE
from moregrad.sampling.options import Top
from moregrad.sampling.top import top_words

ALL = [*CATALOGUE, *VARIATIONS]
VOCAB = len(VOCABULARY)
TIME = 12


def rows(*words: list[int]) -> jax.Array:
    """Each word's tokens at the end of a row of boundaries, all rows equally long whatever the model."""
    table = np.zeros((6, BLOCK + TIME), np.int32)
    for row, word in zip(table, words, strict=False):
        row[len(row) - len(word) :] = word
    return jnp.asarray(table)


def same(one: object, other: object) -> bool:
    """Whether two trees are equal to the bit."""
    pairs = zip(jax.tree.leaves(one), jax.tree.leaves(other), strict=True)
    return all(np.array_equal(np.asarray(a), np.asarray(b)) for a, b in pairs if hasattr(a, "dtype"))


@pytest.mark.parametrize("name", ALL)
def test_logits_are_aligned_to_the_end_of_time(name: str):
    model, tokens = lived_in(name), rows([0, 1, 2])
    batch, positions, vocab = logits(model, tokens).shape
    assert (batch, vocab) == (6, VOCAB)
    assert tokens.shape[1] - model.lead <= positions <= tokens.shape[1]


@pytest.mark.parametrize("name", ALL)
def test_a_new_model_holds_every_symbol_about_equally_likely(name: str):
    model = small(name).build(VOCAB, BLOCK, key=jr.key(3))
    tokens = rows(*([0, *word] for word in np.random.default_rng(0).integers(1, VOCAB, (6, TIME))))
    nats = -jax.nn.log_softmax(logits(model, tokens)[:, -TIME - 1 : -1])
    seen = np.take_along_axis(np.asarray(nats), np.asarray(tokens[:, -TIME:, None]), axis=-1)
    assert seen.mean() == pytest.approx(math.log(VOCAB), abs=0.15)


@pytest.mark.parametrize("name", ALL)
def test_no_position_sees_what_comes_after_it_or_stood_before_its_boundary(name: str):
    word, future = [0, 3, 1, 4], [2, 0, 1]
    found = logits(lived_in(name), rows([0, 2, 1, *word, *future], [0, 1, 4, *word, 4, 4, 3]))[:, -7:-3]
    np.testing.assert_allclose(found[0], found[1], rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", [name for name in ALL if name != "bigram"])
def test_a_position_sees_more_than_the_last_symbol(name: str):
    found = logits(lived_in(name), rows([0, 3, 1, 4], [0, 3, 2, 4]))[:, -1]
    assert abs(found[0] - found[1]).max() > 1e-6


@pytest.mark.parametrize("name", ALL)
def test_a_word_has_the_same_logits_alone_padded_and_packed(name: str):
    model, word, behind = lived_in(name), [0, 1, 3, 2], [0, 4, 4, 0, 2]
    first = [*word, *[0] * (BLOCK + TIME - len(word))]
    found = logits(model, rows(word, [*behind, *word], first))
    np.testing.assert_allclose(found[0, -4:], found[1, -4:], rtol=1e-5, atol=1e-5)
    if model.lead == 0:
        np.testing.assert_allclose(found[0, -4:], found[2, :4], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ALL)
def test_advancing_symbol_by_symbol_gives_the_logits_of_the_whole(name: str):
    tokens = rows([0, 1, 3, 2, 0, 4, 4, 1, 0, 2], [0, 2, 3, 1, 4, 2, 1, 3, 1])
    whole = logits(lived_in(name), tokens)[:, -10:]
    np.testing.assert_allclose(logits_by_advancing(lived_in(name), tokens)[:, -10:], whole, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ALL)
def test_a_word_longer_than_any_trained_on_has_finite_logits(name: str):
    assert jnp.isfinite(logits(lived_in(name), rows([0, *[1, 2, 3, 4] * 3]))).all()


@pytest.mark.parametrize("name", ALL)
def test_the_same_key_builds_the_same_bits(name: str):
    again = small(name).build(VOCAB, BLOCK, key=jr.key(0)).count(TAPE)
    assert same(built(name), again)
    if name not in ("ngram", "bigram", "mixture of counts"):
        assert not same(again, small(name).build(VOCAB, BLOCK, key=jr.key(1)).count(TAPE))


@pytest.mark.parametrize("name", ALL)
def test_gradients_move_no_running_statistics_and_no_counts(name: str):
    trainable, _ = partition(built(name))
    assert not [leaf for leaf in jax.tree.leaves(trainable, is_leaf=_running) if _running(leaf)]
    still = [leaf for leaf in jax.tree.leaves(built(name), is_leaf=_running) if _running(leaf)]
    assert parameters(built(name)) == _count(built(name)) - _count(still)


def _running(node: object) -> bool:
    return isinstance(node, Running | Tables)


def _count(tree: object) -> int:
    return sum(leaf.size for leaf in jax.tree.leaves(tree) if jnp.issubdtype(leaf.dtype, jnp.inexact))


def test_words_stand_in_the_tape_as_given():
    assert TAPE.words(VOCABULARY).to_list() == WORDS


@pytest.mark.parametrize("name", ALL)
def test_the_most_probable_words_are_the_first_of_all(name: str):
    model, longest = lived_in(name), 4
    words = ["".join(word) for length in range(1, longest + 1) for word in product("abcd", repeat=length)]
    encoded = EncodedWords.of(words, VOCABULARY)
    every = sum_by_word(surprisals(model, encoded), encoded)
    found = top_words(model, VOCABULARY, Known({}), Top(count=60), longest=longest)
    nats = dict(zip(words, every.tolist(), strict=True))
    assert [sample.nats for sample in found] == pytest.approx(sorted(every)[:60], rel=1e-4)
    assert [sample.nats for sample in found] == pytest.approx([nats[sample.word] for sample in found], rel=1e-4)
    assert len({sample.word for sample in found}) == 60
