"""Published models; tests/reference/test_makemore.py holds their logits and gradients against makemore's."""

import equinox as eqx
import jax.random as jr
import pytest

from moregrad.errors import ModelError
from moregrad.models.presets import MAKEMORE, published

# What makemore.py prints for names.txt: 26 letters, words of at most 15.
PARAMETERS = {"bigram": 729, "mlp": 69_147, "rnn": 11_803, "gru": 28_315, "bow": 12_827, "transformer": 204_544}


def test_makemores_types_have_as_many_parameters_as_makemore_prints():
    assert {name: preset.parameters(27, 16) for name, preset in published("makemore").items()} == PARAMETERS


def test_only_makemores_tables_of_positions_limit_the_length_of_words():
    models = {name: eqx.filter_eval_shape(preset.build, 27, 16, key=jr.key(0)) for name, preset in MAKEMORE.items()}
    limits = {name: model.longest for name, model in models.items()}
    assert limits == {"bigram": None, "mlp": None, "rnn": None, "gru": None, "bow": 15, "transformer": 15}


def test_an_unknown_preset_is_met_with_those_there_are():
    with pytest.raises(ModelError, match="there is no preset 'gpt'; choose one of makemore"):
        published("gpt")
