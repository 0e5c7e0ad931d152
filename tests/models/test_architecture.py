"""Architectures as plain data: what they refuse and what they say of themselves."""

import math
from dataclasses import fields

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from contract.small import logits, quickly_compiled
from jaxtyping import Array, PRNGKeyArray

from moregrad.errors import ConfigurationError
from moregrad.layers.layer import parameters
from moregrad.models.catalogue import CATALOGUE
from moregrad.models.gru import GRU
from moregrad.models.mlp import MLP
from moregrad.models.model import Model
from moregrad.models.transformer import Transformer


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_number_of_every_kind_has_a_least_value(name: str):
    for field in fields(CATALOGUE[name]):
        if type(field.default) in (int, float):
            with pytest.raises(ConfigurationError, match=f"{name}: {field.name} is -1; it must be"):
                CATALOGUE[name](**{field.name: -1})


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        (MLP, {"hidden": -3}, "mlp: hidden is -3; it must be a whole number of at least 1"),
        (MLP, {"context": -1}, "mlp: context is -1; it must be a whole number of at least 0"),
        (MLP, {"depth": 1.5}, "mlp: depth is 1.5; it must be a whole number"),
        (MLP, {"depth": True}, "mlp: depth is True; it must be a whole number"),
        (MLP, {"dropout": 1.0}, "mlp: dropout is 1.0; it must be a finite number of at least 0 and below 1"),
        (MLP, {"dropout": math.nan}, "mlp: dropout is nan; it must be a finite number of at least 0 and below 1"),
        (MLP, {"activation": "swish"}, "mlp: activation is 'swish'; it must be one of tanh, relu, gelu"),
        (MLP, {"residual": 1}, "mlp: residual is 1; it must be true or false"),
        (GRU, {"tied": True, "hidden": 32}, "gru: embedding is 64; it must be hidden, 32, if tied"),
        (Transformer, {"heads": 5}, "transformer: heads is 5; it must be a divisor of embedding, 64"),
        (Transformer, {"embedding": 20, "heads": 4}, "transformer: embedding is 20; it must be twice a multiple of"),
    ],
)
def test_a_field_out_of_range_is_refused_with_what_is_allowed(kind: type, fields: dict, message: str):
    with pytest.raises(ConfigurationError) as caught:
        kind(**fields)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_kind_says_in_one_line_what_it_is(name: str):
    summary = CATALOGUE[name].summary()
    assert "\n" not in summary
    assert summary.endswith(".")
    assert len(summary) < 120


@quickly_compiled
def observe(model: Model, tokens: Array, key: PRNGKeyArray) -> Array:
    """The logits of a step of training."""
    return model.observe(tokens, key=key)[0]


@pytest.mark.parametrize("name", ["gru", "cnn", "transformer", "mlp"])
def test_dropout_disturbs_what_is_trained_and_not_what_is_predicted(name: str):
    model = CATALOGUE[name]().replace(dropout=0.5).build(5, 8, key=jr.key(0))
    tokens = jnp.asarray([[0, 1, 2, 3, 4, 0, 1, 2]])
    first, second = (observe(model, tokens, jr.key(seed)) for seed in (1, 2))
    assert not np.allclose(first, second)
    assert not np.allclose(first, logits(model, tokens))


@pytest.mark.parametrize("name", ["bigram", "mlp", "gru", "transformer"])
def test_parameters_are_counted_without_building_the_model(name: str):
    architecture = CATALOGUE[name]().replace(**CATALOGUE[name].tiny)
    assert architecture.parameters(5, 8) == parameters(architecture.build(5, 8, key=jr.key(0)))


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_record_begins_with_the_name(name: str):
    assert next(iter(CATALOGUE[name]().to_dict().items())) == ("name", name)
