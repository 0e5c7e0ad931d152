"""Pruned n-grams against KenLM's figures and against their own promises."""

import json
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.errors import ConfigurationError
from moregrad.models.ngram import NGram
from moregrad.models.stack import Stack

PRUNED = json.loads((Path(__file__).parents[1] / "reference/kenlm.json").read_text(encoding="utf-8"))["pruned"]
SMOOTHINGS = ("kneser-ney", "witten-bell", "add-k")


@pytest.mark.parametrize("figure", PRUNED, ids=lambda figure: f"{figure['order']}, {figure['prune']}")
def test_pruned_kneser_ney_loses_what_kenlms_loses(figure, names):
    train, validation, vocab = names
    model = NGram(figure["order"], prune=tuple(figure["prune"])).count(train, vocab)
    assert -model.log_probabilities(validation).mean() == pytest.approx(figure["losses"], abs=2e-5)
    # KenLM lists <unk> and the start of a word as tokens as well; here, the empty and the missing one.
    assert len(model.tables.trie.token) == figure["ngrams"]


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_pruned_probabilities_add_up_to_one(smoothing, names):
    train, _, vocab = names
    model = NGram(4, smoothing, prune=(0, 2, 5)).count(train.first(2000), vocab)
    whole = NGram(4, smoothing).count(train.first(2000), vocab)
    assert len(model.tables.trie.token) < len(whole.tables.trie.token) / 3
    logits = model(jnp.asarray(train.tokens[:400], jnp.int32)[None])
    np.testing.assert_allclose(jnp.exp(logits).sum(-1), 1, rtol=1e-5)


@pytest.mark.parametrize("prune", [(1,), (0, 2, 1), (0, -1)])
def test_thresholds_that_prune_no_sound_model_are_refused(prune):
    for architecture in (NGram, Stack):
        with pytest.raises(ConfigurationError, match="prune"):
            architecture(prune=prune)
