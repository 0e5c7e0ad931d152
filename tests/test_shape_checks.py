"""The checks of shapes and types are on."""

from typing import Any, Self

import jax.numpy as jnp
import pytest
import shape_checks
from jaxtyping import TypeCheckError

from moregrad.recipe import Recipe
from moregrad.training.loss import surprisal


def test_a_wrong_shape_is_noticed():
    with pytest.raises(TypeCheckError, match="logits"):
        surprisal(jnp.zeros((2, 3)), jnp.zeros((2, 3), int))


def test_axes_of_one_name_are_of_one_size():
    with pytest.raises(TypeCheckError, match="targets"):
        surprisal(jnp.zeros((2, 3, 5)), jnp.zeros((4, 3), int))


def test_a_wrong_type_is_noticed():
    wrong: Any = "fastest"
    with pytest.raises(TypeCheckError, match="holds"):
        Recipe().require("schedule", wrong, "one of the known")


@pytest.mark.usefixtures("untyped_caller")
def test_an_untyped_caller_is_not_checked():
    wrong: Any = "fastest"
    Recipe().require("schedule", wrong, "one of the known")


class Pear:
    def again(self, other: Any) -> tuple[int, Self]:
        return 1, other


def test_self_is_an_instance_of_the_class():
    again: Any = shape_checks.check(Pear.again)
    pear = Pear()
    assert again(pear, pear) == (1, pear)
    with pytest.raises(Exception, match="Pear"):
        again(pear, "apple")
