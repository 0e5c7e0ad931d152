"""Optimizers and schedules by name."""

from typing import get_args

import jax
import jax.numpy as jnp
import pytest

from moregrad.recipe import Optimizer, Recipe, Schedule
from moregrad.training.optimizers import OPTIMIZERS, SCHEDULES, Hyperparameters, optimizer


def rates(recipe: Recipe, *steps: int) -> list[float]:
    hyperparameters = Hyperparameters.of(recipe)
    return [float(hyperparameters.rate(jnp.asarray(step))) for step in steps]


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
    descent = optimizer(Hyperparameters.of(recipe))
    moved, _ = descent.update(jnp.asarray([3.0, 4.0]), descent.init(weight), weight)
    assert moved == pytest.approx([-0.3, -0.4])


def test_a_cosine_ends_at_zero():
    assert rates(Recipe(learning_rate=0.2, schedule="cosine", steps=100), 0, 50, 100) == pytest.approx(
        [0.2, 0.1, 0.0], abs=1e-7
    )


@pytest.mark.parametrize(("end", "half"), [(0.01, 0.02), (1000.0, 0.2 * 1000**0.5)])
def test_an_exponential_schedule_multiplies_by_the_same_factor_at_every_step(end, half):
    recipe = Recipe(learning_rate=0.2, schedule="exponential", steps=100, drop_to=end)
    assert rates(recipe, 0, 50, 100) == pytest.approx([0.2, half, 0.2 * end])


def test_a_warmup_rises_from_nothing_before_the_schedule_begins():
    recipe = Recipe(learning_rate=0.2, schedule="cosine", steps=110, warmup_steps=10)
    assert rates(recipe, 0, 5, 10, 60, 110) == pytest.approx([0.0, 0.1, 0.2, 0.1, 0.0], abs=1e-7)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_lets_weights_decay(name):
    recipe = Recipe(optimizer=name, learning_rate=0.1, schedule="constant", weight_decay=0.01)
    weights = [jnp.full((2, 2), 3.0), jnp.full(2, 3.0)]
    descent = optimizer(Hyperparameters.of(recipe))
    moved, _ = descent.update([jnp.zeros((2, 2)), jnp.zeros(2)], descent.init(weights), weights)
    for move in jax.tree.leaves(moved):
        assert move == pytest.approx(-0.1 * 0.01 * 3.0)


def test_recipes_name_every_optimizer_and_schedule_there_is():
    assert set(OPTIMIZERS) == set(get_args(Optimizer))
    assert set(SCHEDULES) == set(get_args(Schedule))


def test_another_number_is_another_value_of_the_same_program():
    recipes = [Recipe(), Recipe(learning_rate=0.1, weight_decay=0.2, steps=77, warmup_steps=5, drop_at=0.1, seed=3)]
    shapes = [jax.tree.structure(Hyperparameters.of(recipe)) for recipe in recipes]
    assert shapes[0] == shapes[1]
