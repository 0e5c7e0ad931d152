"""Networks stacked on counts."""

from typing import cast

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from contract.small import logits, quickly_compiled
from jaxtyping import Array

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ConfigurationError
from moregrad.evaluation.surprisal import surprisals
from moregrad.layers.layer import Running, parameters, partition
from moregrad.models.catalogue import architecture
from moregrad.models.gru import GRU
from moregrad.models.lstm import LSTM
from moregrad.models.ngram import NGram
from moregrad.models.stack import Stack, StackModel
from moregrad.recipe import Recipe
from moregrad.training.batches import FixedBatches
from moregrad.training.loop import train

WORDS = EncodedWords.of(["dbca", "ab", "c", "badc", "acbd"] * 3, Vocabulary("abcd"))
TOKENS = jnp.asarray([[0, 1, 3, 2, 0, 4, 2]])
TINY = Stack((GRU(embedding=4, hidden=8), LSTM(embedding=4, hidden=8)), copies=2, orders=(2, 3))


def built(shape: Stack = TINY) -> StackModel:
    return shape.build(5, 5, key=jr.key(0)).count(WORDS)


@quickly_compiled
def observe(model: StackModel, tokens: Array) -> Array:
    """The logits of each network for its share of the rows in training."""
    return model.observe(tokens, key=jr.key(0))[0]


def test_probabilities_are_the_weighted_mean_of_its_networks():
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    model = built()
    model = StackModel(Running(jnp.log(weights)), model.counts, model.groups)
    parts = [jax.nn.softmax(logits(part, TOKENS)) for part in model.parts]
    expected = sum(weight * part for weight, part in zip(weights, parts, strict=True))
    np.testing.assert_allclose(jnp.exp(logits(model, TOKENS)), expected, rtol=1e-4)


def test_networks_begin_with_different_weights():
    losses = [surprisals(part, WORDS).mean() for part in built().parts]
    assert len(set(losses)) == 4


def test_each_network_learns_from_rows_of_its_own():
    model, tokens = built(), jnp.asarray(np.random.default_rng(0).integers(0, 5, (8, 6)))
    found = observe(model, tokens)
    for number, part in enumerate(model.parts):
        share = slice(2 * number, 2 * number + 2)
        np.testing.assert_allclose(found[share], logits(part, tokens[share]), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("rows", [1, 3, 5])
def test_rows_too_few_for_equal_shares_are_each_scored_once(rows: int):
    model, tokens = built(), jnp.asarray(np.random.default_rng(0).integers(0, 5, (rows, 6)))
    assert observe(model, tokens).shape == (rows, *logits(model, tokens).shape[1:])


def test_a_network_in_a_group_trains_as_it_would_alone():
    """Side by side two networks that begin alike and read the same rows stay alike, whatever the optimizer."""
    shape = Stack((GRU(embedding=4, hidden=8),), copies=1, orders=(2,))
    alone, examples = built(shape), shape.examples(WORDS, 5)
    group = jax.tree.map(lambda x: jnp.concatenate([x, x]), partition(alone.groups)[0])
    twice = StackModel(
        Running(jnp.log(jnp.full(2, 0.5))),
        alone.counts,
        jax.tree.map(
            lambda new, old: old if new is None else new, group, alone.groups, is_leaf=lambda leaf: leaf is None
        ),
    )
    index = jnp.zeros((20, 2), jnp.int32)
    for optimizer in ("muon", "adamw"):
        recipe = Recipe(steps=20, optimizer=optimizer, learning_rate=0.01)
        (one,) = train(alone, examples, recipe, every=20, batches=FixedBatches(index[:, :1]))
        (two,) = train(twice, examples, recipe, every=20, batches=FixedBatches(index))
        for part in cast(StackModel, two.model).parts:
            np.testing.assert_allclose(logits(part, TOKENS), logits(one.model.inside, TOKENS), rtol=1e-3, atol=1e-4)


def test_examples_carry_counts_that_have_not_counted_them():
    counted, _ = TINY.examples(WORDS, 5).rows(jnp.arange(1))
    seen = built().counts.read(counted.tokens)
    assert not np.allclose(counted.evidence.log_p, seen.log_p, atol=0.01)


def test_settings_go_to_members_and_to_the_stack():
    shape = architecture("stack", hidden=7, copies=3, orders=(5,))
    assert isinstance(shape, Stack)
    assert (shape.copies, shape.orders) == (3, (5,))
    assert [member.to_dict()["hidden"] for member in shape.members] == [7]
    assert architecture(shape.to_dict()) == shape


def test_other_members_are_named_after_a_colon():
    shape = architecture("stack:lstm+gru", hidden=9)
    assert isinstance(shape, Stack)
    assert shape.members == (LSTM(hidden=9), GRU(hidden=9))


def test_more_networks_have_more_parameters():
    one, three = (parameters(built(Stack(copies=copies))) for copies in (1, 3))
    assert three == 3 * one


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ({"members": (NGram(),)}, "networks, not counts"),
        ({"members": ()}, "one or more architectures"),
        ({"orders": ()}, "one order or more"),
        ({"orders": (4, 4)}, "different orders"),
        ({"orders": (0,)}, "of at least 1"),
        ({"copies": 0}, "of at least 1"),
    ],
)
def test_a_stack_that_cannot_be_is_refused(given, allowed: str):
    with pytest.raises(ConfigurationError, match=allowed):
        Stack(**given)
