"""Optimizers and schedules by name."""

import math

import jax.numpy as jnp
import pytest

from moregrad.errors import ModelError
from moregrad.recipe import OPTIMIZERS, Recipe


def rates(recipe: Recipe, *steps: int) -> list[float]:
    return [float(recipe.rates()(step)) for step in steps]


def test_a_constant_rate_stays():
    assert rates(Recipe(learning_rate=0.1, schedule="constant", steps=10), 0, 5, 9) == pytest.approx([0.1, 0.1, 0.1])


def test_a_step_drops_once_where_it_was_told():
    recipe = Recipe(learning_rate=0.1, schedule="step", steps=200_000, drop_at=0.75, drop_to=0.1)
    assert rates(recipe, 149_999, 150_001) == pytest.approx([0.1, 0.01])


def test_the_lectures_drop_begins_with_the_very_step():
    recipe = Recipe(learning_rate=0.1, schedule="step", steps=200_000, drop_at=0.5)
    assert rates(recipe, 99_999, 100_000) == pytest.approx([0.1, 0.01])


def test_a_step_drops_at_its_share_of_all_steps_with_a_warmup_too():
    recipe = Recipe(learning_rate=0.1, schedule="step", steps=1000, warmup_steps=100, drop_at=0.95)
    assert rates(recipe, 949, 951) == pytest.approx([0.1, 0.01])


def test_a_clipped_gradient_has_the_greatest_norm_allowed():
    recipe = Recipe(optimizer="sgd", learning_rate=1.0, schedule="constant", grad_clip=0.5)
    weight = jnp.zeros(2)
    descent = recipe.transformation()
    moved, _ = descent.update(jnp.asarray([3.0, 4.0]), descent.init(weight), weight)
    assert moved == pytest.approx([-0.3, -0.4])


def test_a_cosine_ends_at_zero():
    assert rates(Recipe(learning_rate=0.2, schedule="cosine", steps=100), 0, 50, 100) == pytest.approx(
        [0.2, 0.1, 0.0], abs=1e-7
    )


def test_a_warmup_rises_from_nothing_before_the_schedule_begins():
    recipe = Recipe(learning_rate=0.2, schedule="cosine", steps=110, warmup_steps=10)
    assert rates(recipe, 0, 5, 10, 60, 110) == pytest.approx([0.0, 0.1, 0.2, 0.1, 0.0], abs=1e-7)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_lets_weights_decay(optimizer):
    recipe = Recipe(optimizer=optimizer, learning_rate=0.1, schedule="constant", weight_decay=0.01)
    weights = [jnp.full((2, 2), 3.0), jnp.full(2, 3.0)]
    descent = recipe.transformation()
    moved, _ = descent.update([jnp.zeros((2, 2)), jnp.zeros(2)], descent.init(weights), weights)
    for move in moved:
        assert move == pytest.approx(-0.1 * 0.01 * 3.0)


@pytest.mark.parametrize("field", ["optimizer", "schedule"])
def test_an_unknown_name_is_answered_with_the_known_ones(field):
    with pytest.raises(ModelError, match="must be one of"):
        Recipe(**{field: "fastest"})


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
    with pytest.raises(ModelError, match=next(iter(wrong))):
        Recipe(**wrong)
