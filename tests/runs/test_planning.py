"""Settings that follow from the size of a list."""

import pytest

from moregrad.models.architecture import NAMES
from moregrad.models.mlp import MLP
from moregrad.models.ngram import NGram
from moregrad.models.stack import Stack
from moregrad.recipe import Recipe
from moregrad.runs.planning import FOLLOWING, MOST, TUNED, passes, plan, plan_start

RECIPE = Recipe(steps=1500, eval_every=125)


@pytest.mark.parametrize(
    ("words", "expected"), [(1, 60), (98, 60), (300, 40.8), (1000, 26.7), (NAMES, 8.8), (10**7, 2)]
)
def test_long_lists_are_gone_through_less_often(words: int, expected: float):
    assert passes(words) == pytest.approx(expected, abs=0.3)


def test_the_recipe_is_that_of_the_list_that_it_was_fitted_to():
    assert plan(Stack(), RECIPE, NAMES, given=())[1] == RECIPE


def test_steps_follow_from_the_words_up_to_a_most():
    steps = [plan(Stack(), RECIPE, words, given=())[1].steps for words in (10, 100, 1000, 10_000, 10**6, 10**8)]
    assert steps == sorted(steps)
    assert 1 <= steps[0] < 10
    assert steps[-1] == MOST * RECIPE.steps


def test_a_training_is_evaluated_a_dozen_times():
    for words in (50, 1000, 50_000):
        course = plan(Stack(), RECIPE, words, given=())[1]
        assert 11 <= -(-course.steps // course.eval_every) <= 12 or course.steps < 12


def test_small_lists_drop_more_and_stop_early_unless_validation_words_are_too_few():
    found = {words: plan(Stack(), RECIPE, words, given=()) for words in (100, 1000, 5000, 20_000)}
    shares = [shape.to_dict()["members"][0]["dropout"] for shape, _ in found.values()]
    assert shares == [0.5, 0.3, 0.2, 0.0]
    assert [course.patience for _, course in found.values()] == [0, 4, 4, 0]


def test_what_is_given_stays():
    shape, course = plan(Stack().replace(dropout=0.1), RECIPE, 100, given=FOLLOWING)
    assert (shape, course) == (Stack().replace(dropout=0.1), RECIPE)
    course = plan(Stack(), RECIPE.replace(steps=240), 100, given=["steps"])[1]
    assert (course.steps, course.eval_every, course.patience) == (240, 20, 0)


def test_a_model_without_dropout_or_steps_is_left_alone():
    assert plan(NGram(), NGram.recipe, 100, given=())[0] == NGram()
    assert plan(NGram(), NGram.recipe, 100, given=())[1].steps == 0
    assert plan(MLP(), MLP.recipe, 10**6, given=())[0] == MLP()


def test_trained_weights_are_moved_in_fewer_steps_and_at_a_lower_rate():
    for words in (30, 100, 1000, 10_000):
        (shape, new), (started_shape, started) = (
            plans(Stack(), Stack.recipe, words, given=()) for plans in (plan, plan_start)
        )
        assert started_shape == shape
        assert started.steps <= new.steps
        assert started.optimizer == "adamw"
        assert started.learning_rate < Stack.recipe.learning_rate
        assert started.eval_every <= new.eval_every


def test_what_is_given_of_a_started_training_stays():
    assert plan_start(Stack(), RECIPE, 100, given=(*FOLLOWING, *TUNED)) == (Stack(), RECIPE)
    course = plan_start(Stack(), RECIPE.replace(steps=240, learning_rate=0.5), 100, given=["steps", "learning_rate"])[1]
    assert (course.steps, course.learning_rate, course.optimizer) == (240, 0.5, "adamw")
