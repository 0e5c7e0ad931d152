"""The options of all models at once."""

from moregrad.cli.every_model import EveryModel
from moregrad.models.catalogue import CATALOGUE


def test_every_option_of_every_model_is_there_with_all_its_choices():
    options = EveryModel().options()
    for kind in CATALOGUE.values():
        for name, setting in kind().options().items():
            assert set(setting.choices) <= set(options[name].choices)


def test_the_help_of_an_option_begins_with_the_models_that_have_it():
    assert EveryModel().options()["heads"].help.startswith("(transformer) ")


def test_a_model_lacks_what_it_does_not_have():
    assert {"heads", "order"} <= set(EveryModel().lacking("gru"))
    assert "hidden" not in EveryModel().lacking("gru")
