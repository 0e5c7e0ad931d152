"""Trained weights in a model for other symbols: what is shared predicts as before."""

import dataclasses
from typing import Any, cast

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from contract.small import BLOCK, VARIATIONS, VOCABULARY, lived_in, logits, small

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ModelError
from moregrad.layers.layer import partition
from moregrad.layers.norm import BatchNorm
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.models.composite import Composite
from moregrad.models.counts import Counts
from moregrad.models.gru import GRU
from moregrad.models.model import Model
from moregrad.models.similar import networks
from moregrad.models.stack import Stack
from moregrad.models.symbol_rows import Rows
from moregrad.models.transfer import Start, transfer

NETWORKS = [name for name in (*CATALOGUE, *VARIATIONS) if networks(small(name))]


def start_of(name: str) -> Start:
    return Start("the start", small(name), VOCABULARY, BLOCK, lived_in(name))


def moved(name: str, characters: str, block: int = BLOCK, **settings: Any) -> Any:
    rows = Rows.between(Vocabulary(characters), VOCABULARY)
    return transfer(start_of(name), small(name).replace(**settings), rows, block, key=jr.key(7))


@pytest.mark.parametrize("name", NETWORKS)
def test_with_the_same_symbols_and_lengths_it_is_the_start(name: str):
    model = moved(name, VOCABULARY.characters)
    for found, given in zip(
        jax.tree.leaves(partition(model)[0]), jax.tree.leaves(partition(lived_in(name))[0]), strict=True
    ):
        np.testing.assert_array_equal(found, given)


LISTS = [("bd", BLOCK), ("Zabcdé", BLOCK + 3)]
CASES = [
    (name, *each)
    for name in NETWORKS
    if not isinstance(small(name), Composite)
    for each in LISTS
    # The window of one grows with the longest word, and its new places begin fresh.
    if (name, each[1]) != ("mlp with blanks", BLOCK + 3)
]


@pytest.mark.parametrize(("name", "characters", "block"), CASES)
def test_networks_predict_what_is_shared_as_the_start_does(name: str, characters: str, block: int):
    vocabulary = Vocabulary(characters)
    shared = [".", *(set(characters) & set("abcd"))]
    before, after = ([0 if s == "." else int(each.ids(s)[0]) for s in shared] for each in (VOCABULARY, vocabulary))
    word = list("dbbd")
    rows = [jnp.asarray([[0, *each.ids("".join(word)[: BLOCK - 1])]]) for each in (VOCABULARY, vocabulary)]
    expected = logits(lived_in(name), rows[0])[..., np.array(before)]
    found = logits(moved(name, characters, block), rows[1])[..., np.array(after)]
    positions = min(found.shape[1], expected.shape[1])
    np.testing.assert_allclose(found[:, -positions:], expected[:, -positions:], rtol=1e-4, atol=1e-5)


def test_similar_letters_begin_alike_and_new_ones_fresh():
    model, start, fresh = (
        moved("gru", "Aabzà"),
        cast("Any", lived_in("gru")),
        cast("Any", small("gru").build(6, BLOCK, key=jr.key(7))),
    )
    table, old = (np.asarray(each.embedding.weight) for each in (model, start))
    np.testing.assert_array_equal(table[[1, 2, 3, 5]], old[[1, 1, 2, 1]])
    np.testing.assert_array_equal(table[4], np.asarray(fresh.embedding.weight)[4])


@pytest.mark.parametrize("copies", [1, 2, 3, 5])
def test_networks_of_a_stack_take_turns_with_those_of_the_start(copies: int):
    model = moved("stack", "abcdz", copies=copies)
    heads, old = (
        np.asarray(each.groups[0].stacked.network.head.weight) for each in (model, cast("Any", lived_in("stack")))
    )
    assert len(heads) == copies
    for number, head in enumerate(heads):
        np.testing.assert_array_equal(head[:5], old[number % 2, :5])
        np.testing.assert_array_equal(head[6:], old[number % 2, 5:])
    assert len({head[5].tobytes() for head in heads}) == copies
    np.testing.assert_allclose(model.log_weights.value, -np.log(copies), rtol=1e-6)


def test_counts_are_of_the_new_list_alone():
    words = EncodedWords.of(["zz", "za"], Vocabulary("az"))
    counted = moved("stack", "az").count(words).counts
    fresh = Counts.build((1, 2), "kneser-ney", 3).count(words)
    tokens = jnp.asarray([[0, 2, 2]])
    np.testing.assert_array_equal(counted.read(tokens).log_p, fresh.read(tokens).log_p)


def test_rates_are_those_that_are_asked_for():
    built: Any = GRU(dropout=0.1).build(5, 5, key=jr.key(0))
    start = Start("it", GRU(dropout=0.1), VOCABULARY, 5, built)
    rows = Rows.between(VOCABULARY, VOCABULARY)
    for rate in (0.0, 0.5):
        model: Any = transfer(start, GRU(dropout=rate), rows, 5, key=jr.key(1))
        layer = model.body.layers[1]
        assert (0.0 if layer.rate is None else float(layer.rate.value)) == rate
        np.testing.assert_array_equal(model.head.weight, built.head.weight)


def test_what_observation_has_moved_is_taken_over():
    name = "mixture of networks"
    # The noise of `lived_in` moves weights alone, so statistics are moved here.
    start = start_of(name)
    norm = _norm(start.model)
    shifted = eqx.tree_at(_norm, start.model, norm.with_statistics(norm.mean.value + 2, norm.variance.value + 3))
    start = dataclasses.replace(start, model=shifted)
    model = transfer(start, small(name), Rows.between(VOCABULARY, VOCABULARY), BLOCK, key=jr.key(1))
    np.testing.assert_allclose(_norm(model).mean.value, norm.mean.value + 2)
    np.testing.assert_allclose(_norm(model).variance.value, norm.variance.value + 3)


def _norm(model: Model) -> BatchNorm:
    nodes = jax.tree.leaves(model, is_leaf=lambda node: isinstance(node, BatchNorm))
    return next(node for node in nodes if isinstance(node, BatchNorm))


def test_another_number_of_orders_is_refused():
    with pytest.raises(ModelError, match=r"the start cannot be started from: its .* leave out the settings"):
        moved("stack", "ab", orders=(1, 2, 3))


def test_other_networks_are_refused():
    rows = Rows.between(VOCABULARY, VOCABULARY)
    for asked in (architecture("lstm"), GRU(hidden=5), Stack()):
        with pytest.raises(ModelError, match="the start"):
            transfer(start_of("gru"), asked, rows, BLOCK, key=jr.key(0))
