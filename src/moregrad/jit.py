"""Compilation of functions to programs for the device at hand."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import equinox as eqx
import jax

P = ParamSpec("P")
R = TypeVar("R")

# At its first optimisation level LLVM takes two thirds of the time of the third, and the programs run as fast.
OPTIONS: dict[str, dict[str, Any]] = {"cpu": {"xla_backend_optimization_level": 1}}


def jit(function: Callable[P, R]) -> Callable[P, R]:
    """Compiles `function` as `equinox.filter_jit` does, with the options for the kind of device.

    JAX is asked for the device at the first call, not at import.
    """

    @cache
    def program() -> Callable[P, R]:
        # Equinox passes further arguments on to `jax.jit`, which its types do not say.
        filter_jit: Any = eqx.filter_jit
        return filter_jit(function, compiler_options=OPTIONS.get(jax.default_backend()))

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return program()(*args, **kwargs)

    return call
