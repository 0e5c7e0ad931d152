"""Commands whose options are those of the chosen model; tests of train and lrfind type them."""

import pytest

from moregrad.cli.choice import changed, chosen, following, unknown_option
from moregrad.errors import ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.gru import GRU
from moregrad.models.ngram import NGram


def test_a_preset_has_models_of_its_own():
    assert chosen("gru", None).name == "gru"
    assert chosen("gru", "makemore") != chosen("gru", None)
    with pytest.raises(ModelError, match="the preset makemore has no model 'cnn'; choose one of"):
        chosen("cnn", "makemore")


def test_only_what_was_changed_is_handed_on():
    assert changed({"hidden": GRU().hidden, "embedding": 7}, GRU()) == {"embedding": 7}


@pytest.mark.parametrize(("base", "preset"), [(GRU(), "makemore"), (NGram(), None)])
def test_the_help_says_what_follows_from_the_number_of_words_and_what_does_not(base: Architecture, preset: str | None):
    steps = base.recipe.steps
    assert following(base.recipe.options(), base, preset)["steps"].help.endswith(f"By default {steps}.")
    assert "Follows from" in following(GRU.recipe.options(), GRU(), None)["steps"].help


def test_an_unknown_option_is_answered_with_the_nearest():
    told = unknown_option("--hiden", "train", "training", GRU(), ["--hidden", "--steps", "--out"])
    assert "the model gru has no option --hiden; did you mean --hidden?" in told
    assert "every training has --steps --out; " in told
    assert told.endswith("`moregrad train --model gru --help` explains all")
