"""Optimizers and schedules by name."""

import pytest

from moregrad.errors import ModelError
from moregrad.training.recipe import Recipe


def rates(recipe: Recipe, *steps: int) -> list[float]:
    return [float(recipe.rates()(step)) for step in steps]


def test_a_constant_rate_stays():
    assert rates(Recipe(rate=0.1, schedule="constant", steps=10), 0, 5, 9) == pytest.approx([0.1, 0.1, 0.1])


def test_a_step_drops_once_where_it_was_told():
    recipe = Recipe(rate=0.1, schedule="step", steps=200_000, drop_at=0.75, drop_to=0.1)
    assert rates(recipe, 149_999, 150_001) == pytest.approx([0.1, 0.01])


def test_the_lectures_drop_begins_with_the_very_step():
    recipe = Recipe(rate=0.1, schedule="step", steps=200_000, drop_at=0.5)
    assert rates(recipe, 99_999, 100_000) == pytest.approx([0.1, 0.01])


def test_a_cosine_ends_at_zero():
    assert rates(Recipe(rate=0.2, schedule="cosine", steps=100), 0, 50, 100) == pytest.approx([0.2, 0.1, 0.0], abs=1e-7)


def test_a_warmup_rises_from_nothing_before_the_schedule_begins():
    recipe = Recipe(rate=0.2, schedule="cosine", steps=110, warmup=10)
    assert rates(recipe, 0, 5, 10, 60, 110) == pytest.approx([0.0, 0.1, 0.2, 0.1, 0.0], abs=1e-7)


@pytest.mark.parametrize("field", ["optimizer", "schedule"])
def test_an_unknown_name_is_answered_with_the_known_ones(field):
    with pytest.raises(ModelError, match="must be one of"):
        Recipe(**{field: "fastest"})


@pytest.mark.parametrize("wrong", [{"steps": -1}, {"batch": 0}, {"rate": 0.0}, {"every": 0}, {"smoothing": 1.0}])
def test_a_number_out_of_range_is_an_error(wrong):
    with pytest.raises(ModelError, match=next(iter(wrong))):
        Recipe(**wrong)
