"""A network beside counts."""

from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from contract.small import logits, quickly_compiled
from jaxtyping import Array

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.counted_rows import Counted
from moregrad.models.counts import FACTS, Counts, Evidence
from moregrad.models.gated import Gated, Stacked
from moregrad.models.gru import GRU
from moregrad.models.mlp import MLP

WORDS = EncodedWords.of(["dbca", "ab", "c", "badc", "acbd"], Vocabulary("abcd"))
TOKENS = jnp.asarray([[0, 1, 3, 2, 0, 4, 2]])
COUNTS = Counts.build([2, 3], "kneser-ney", 5).count(WORDS)
GATED = Gated.build(GRU(embedding=4, hidden=8), 2, 5, 6, key=jr.key(0))


@quickly_compiled
def read(counts: Counts, tokens: Array) -> Evidence:
    return counts.read(tokens)


@quickly_compiled
def observe(model: Stacked, tokens: Any) -> Array:
    """The logits of a step of training."""
    return model.observe(tokens, key=jr.key(0))[0]


def test_logits_are_those_of_the_network_and_the_gated_counts():
    trust = jnp.asarray(np.random.default_rng(0).normal(size=(2 * FACTS, 2)), jnp.float32)
    gated = Gated(GATED.network, trust, jnp.asarray([0.3, -0.2]))
    evidence = read(COUNTS, TOKENS)
    found = gated(TOKENS, evidence)
    output = np.asarray(logits(gated.network, TOKENS))[:, -evidence.positions :]
    for position in range(evidence.positions):
        facts, log_p = evidence.facts[0, position], evidence.log_p[0, position]
        raw = output[0, position, 5:] + facts @ trust + np.array([0.3, -0.2])
        expected = output[0, position, :5] + np.log1p(np.exp(raw)) @ log_p
        np.testing.assert_allclose(found[0, position], expected, rtol=1e-4, atol=1e-5)


def test_at_first_all_counts_together_are_trusted_as_much_as_one_alone():
    np.testing.assert_allclose(jax.nn.softplus(GATED.bias).sum(), 1, rtol=1e-6)


def test_a_network_that_sees_fewer_positions_is_aligned_to_the_end():
    gated = Gated.build(MLP(context=4, embedding=4, hidden=8), 2, 5, 6, key=jr.key(0))
    stacked = Stacked.of(COUNTS, gated)
    assert stacked.lead == 3
    assert logits(stacked, TOKENS).shape == (1, 4, 5)
    longer = jnp.concatenate([jnp.zeros((1, 3), jnp.int32), TOKENS], axis=1)
    np.testing.assert_allclose(logits(stacked, longer)[:, -4:], logits(stacked, TOKENS), rtol=1e-5, atol=1e-6)


def test_training_sees_the_evidence_that_comes_with_the_tokens():
    stacked, other = Stacked.of(COUNTS, GATED), COUNTS.count(WORDS.first(2))
    counted = Counted(TOKENS, read(other, TOKENS))
    found = observe(stacked, counted)
    np.testing.assert_allclose(found, logits(Stacked.of(other, GATED), TOKENS), rtol=1e-5, atol=1e-6)
    plain = observe(stacked, TOKENS)
    np.testing.assert_allclose(plain, logits(stacked, TOKENS), rtol=1e-5, atol=1e-6)
