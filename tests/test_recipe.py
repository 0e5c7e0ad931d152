"""What a recipe refuses."""

import math
from typing import Any

import pytest

from moregrad.errors import ConfigurationError
from moregrad.recipe import Recipe


@pytest.mark.parametrize("field", ["optimizer", "schedule"])
def test_an_unknown_name_is_answered_with_the_known_ones(field):
    wrong: Any = {field: "fastest"}
    with pytest.raises(ConfigurationError, match="must be one of"):
        Recipe(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": -1},
        {"batch_size": 0},
        {"learning_rate": 0.0},
        {"eval_every": 0},
        {"label_smoothing": 1.0},
        {"steps": 1e4},
        {"learning_rate": math.inf},
        {"seed": 2**32},
    ],
)
def test_a_number_out_of_range_is_an_error(wrong):
    with pytest.raises(ConfigurationError, match=next(iter(wrong))):
        Recipe(**wrong)
