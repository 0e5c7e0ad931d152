"""Every architecture has a recipe of its own."""

from moregrad.models.catalogue import CATALOGUE
from moregrad.training.recipes import RECIPES


def test_every_architecture_of_the_catalogue_has_a_recipe():
    assert set(RECIPES) == set(CATALOGUE)
