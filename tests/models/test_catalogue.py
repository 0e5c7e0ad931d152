"""Architectures by name."""

import pytest

from moregrad.errors import ConfigurationError, ModelError
from moregrad.models.catalogue import CATALOGUE, architecture, kind
from moregrad.models.gru import GRU
from moregrad.models.mixture import Mixture
from moregrad.models.mlp import MLP
from moregrad.models.ngram import NGram

NAMES = {"bigram", "bow", "cnn", "gru", "lstm", "mixture", "mlp", "ngram", "rnn", "stack", "transformer", "wavenet"}


def test_every_kind_of_model_has_its_name():
    assert {name for name, kind in CATALOGUE.items() if kind.__module__.startswith("moregrad.")} == NAMES
    assert kind("gru") is GRU


def test_a_name_and_settings_make_an_architecture():
    assert architecture("mlp", hidden=7) == MLP(hidden=7)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_architecture_comes_back_from_its_record(name: str):
    original = CATALOGUE[name]()
    assert architecture(original.to_dict()) == original


def test_fields_left_out_of_a_record_have_their_defaults():
    assert architecture({"name": "mlp", "hidden": 7}) == MLP(hidden=7)


def test_joined_names_are_a_mixture():
    assert architecture("gru+ngram", weights=(1.0, 3.0)) == Mixture((GRU(), NGram()), (1.0, 3.0))


def test_an_unknown_name_is_met_with_the_nearest_one():
    with pytest.raises(ModelError, match="there is no model 'transfomer'; did you mean transformer"):
        architecture({"name": "transfomer"})


@pytest.mark.parametrize("name", ["", "gru+", "stack:", "+"])
def test_a_name_that_is_missing_is_told(name: str):
    with pytest.raises(ModelError, match="there is no model ''; give a name such as gru"):
        architecture(name)


def test_an_unknown_setting_is_met_with_those_there_are():
    with pytest.raises(ConfigurationError, match=r"rnn has no setting 'heads'; .* It has embedding, hidden"):
        architecture("rnn", heads=3)
