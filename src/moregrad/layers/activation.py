"""Activation functions, by name."""

from collections.abc import Callable
from typing import Literal

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from moregrad.errors import ModelError
from moregrad.layers.layer import Layer, Positions

ActivationName = Literal["tanh", "relu", "gelu"]

FUNCTIONS: dict[str, Callable[[Array], Array]] = {"tanh": jnp.tanh, "relu": jax.nn.relu, "gelu": jax.nn.gelu}

# The factor on weights that keeps unit deviation through the function, as in the lectures (He et al. 2015).
GAINS = {"tanh": 5 / 3, "relu": 2**0.5, "gelu": 2**0.5}


class Activation(Layer):
    """Applies tanh, relu or gelu (in its tanh form)."""

    name: str = eqx.field(static=True)

    def __check_init__(self) -> None:
        if self.name not in FUNCTIONS:
            raise ModelError(f"no activation {self.name!r}; choose one of {', '.join(FUNCTIONS)}")

    def __call__(self, x: Float[Array, "*axes"], positions: Positions | None = None) -> Float[Array, "*axes"]:
        return FUNCTIONS[self.name](x)
