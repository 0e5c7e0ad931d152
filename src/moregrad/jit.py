"""How functions are compiled."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import equinox as eqx
import jax

P = ParamSpec("P")
R = TypeVar("R")

# LLVM's first level of optimisation takes two thirds of the third level's time, and the programs run as fast.
OPTIONS: dict[str, dict[str, Any]] = {"cpu": {"xla_backend_optimization_level": 1}}


def jit(function: Callable[P, R]) -> Callable[P, R]:
    """`eqx.filter_jit` with what is best for the kind of device there is, which is asked at the first call."""

    @cache
    def program() -> Callable[P, R]:
        # Equinox passes what it does not know on to `jax.jit`, which its types do not say.
        filter_jit: Any = eqx.filter_jit
        return filter_jit(function, compiler_options=OPTIONS.get(jax.default_backend()))

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return program()(*args, **kwargs)

    return call
