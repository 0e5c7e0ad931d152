"""The parts that all operations share: arrays of either library, and gradients by hand as JAX takes them."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import jax
import numpy as np

Array = jax.Array | np.ndarray
Pullback = Callable[[Any], tuple[Any, ...]]
"""From the gradient by the value to those by the arguments; itself a pytree, which holds the arrays it needs."""

Operation = Callable[..., tuple[Any, Pullback]]


def namespace(array: Array) -> Any:
    """Returns the library of `array`: numpy or jax.numpy, which have functions of the same names."""
    return array.__array_namespace__()


@cache
def differentiable(operation: Operation, **settings: Any) -> Callable[..., Any]:
    """Returns the function of JAX arrays that gives the value of `operation` and has its pullback as gradient.

    `settings` are the keyword arguments of `operation`; JAX does not differentiate by them.

    >>> import jax, jax.numpy as jnp
    >>> from moregrad.backprop import tanh
    >>> float(jax.grad(differentiable(tanh))(jnp.asarray(0.0)))
    1.0
    """
    forward = partial(operation, **settings)
    value = jax.custom_vjp(lambda *arguments: forward(*arguments)[0])
    value.defvjp(forward, lambda pullback, dy: pullback(dy))
    return value
