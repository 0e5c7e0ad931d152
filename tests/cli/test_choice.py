"""Commands whose options are those of the chosen model; tests of train and lrfind type them."""

import pytest

from moregrad.cli.choice import changed, chosen, unknown_option
from moregrad.errors import ModelError
from moregrad.models.gru import GRU


def test_a_preset_has_models_of_its_own():
    assert chosen("gru", None).name == "gru"
    assert chosen("gru", "makemore") != chosen("gru", None)
    with pytest.raises(ModelError, match="the preset makemore has no model 'cnn'; choose one of"):
        chosen("cnn", "makemore")


def test_only_what_was_changed_is_handed_on():
    assert changed({"hidden": GRU().hidden, "embedding": 7}, GRU()) == {"embedding": 7}


def test_an_unknown_option_is_answered_with_the_nearest():
    told = unknown_option("--hiden", "train", "training", GRU(), GRU.recipe.options())
    assert "the model gru has no option --hiden; did you mean --hidden?" in told
    assert "every training has --steps" in told
    assert told.endswith("`moregrad train --model gru --help` explains all")
