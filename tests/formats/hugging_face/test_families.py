"""Which Transformers transformers has, and their configurations."""

from typing import Any

import pytest
from runs.prepared import prepared

from formats.hugging_face.folders import GPT2, KINDS, SIZES
from moregrad.errors import ConfigurationError, DataError, ModelError
from moregrad.formats.hugging_face.families import family_of, from_config, to_config

OTHERS = {
    "another model": ("gru", {}),
    "a mixture": ("transformer+ngram", {"embedding": 8, "heads": 2, "order": 2}),
    "no positions": ("transformer", {**SIZES, "positions": "none"}),
    "learned positions with the other norm": ("transformer", {**GPT2, "norm": "rms"}),
    "rotations with the other norm": ("transformer", {**SIZES, "norm": "layer"}),
}


@pytest.mark.parametrize(("model", "settings"), OTHERS.values(), ids=OTHERS)
def test_what_transformers_has_not_is_refused_with_what_it_has(model: str, settings: dict[str, Any]):
    run = prepared(model, **settings)
    with pytest.raises(ModelError, match=r"export those of --model transformer with rotary positions"):
        family_of(run.architecture, run.model, run.block)


def test_attention_that_does_not_reach_the_beginning_is_refused():
    run = prepared("transformer", **SIZES, context=3)
    with pytest.raises(ModelError, match=r"context of 3 is shorter .* train with --context 0"):
        family_of(run.architecture, run.model, run.block)


@pytest.mark.parametrize("kind", KINDS)
def test_an_architecture_is_found_again_in_its_configuration(kind: str):
    run = prepared("transformer", **KINDS[kind])
    family, architecture, _ = family_of(run.architecture, run.model, run.block)
    again = from_config(to_config(family, architecture, 27, 16))
    # GPT-2 has biases in any case, and reaching as far as the longest word is reaching everywhere.
    same = architecture.replace(context=0, dropout=0.0, bias=architecture.bias or kind.startswith("gpt2"))
    assert again == (family, same, 27, 16)


CHANGES = {
    "another model": {"model_type": "llama"},
    "no size": {"hidden_size": None},
    "a size of no number": {"num_hidden_layers": "2"},
    "a size of nothing": {"num_attention_heads": 0},
    "sizes that do not fit": {"intermediate_size": 33},
    "another activation": {"hidden_act": "silu"},
    "fewer heads of keys": {"num_key_value_heads": 1},
    "another norm": {"rms_norm_eps": 1e-6},
    "other wavelengths": {"rope_parameters": {"rope_type": "default", "rope_theta": 5e5}},
    "stretched rotations": {"rope_parameters": {"rope_type": "yarn", "rope_theta": 10000.0}},
    "biases by halves": {"mlp_bias": True},
    "wider heads": {"head_dim": 64},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_configuration_that_moregrad_has_not_is_refused(change: dict[str, Any]):
    run = prepared("transformer", **SIZES)
    family, architecture, _ = family_of(run.architecture, run.model, run.block)
    with pytest.raises(DataError, match="config"):
        from_config(to_config(family, architecture, 27, 16) | change)


def test_sizes_out_of_range_are_refused():
    run = prepared("transformer", **SIZES)
    family, architecture, _ = family_of(run.architecture, run.model, run.block)
    with pytest.raises(ConfigurationError, match="depth"):
        from_config(to_config(family, architecture, 27, 16) | {"num_hidden_layers": 10**6})
