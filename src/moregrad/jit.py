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


KEPT = 100
"""Programs that a process keeps; some take 30 MiB."""

_made = 0


def trim() -> None:
    """Lets go of all compiled programs once there are more than KEPT, so that a process that goes on does not grow.

    What is needed again is compiled again. Called where no program is running: before training, sampling and scoring.
    """
    global _made
    if _made > KEPT:
        _made = 0
        jax.clear_caches()


def jit(function: Callable[P, R]) -> Callable[P, R]:
    """Compiles `function` as `equinox.filter_jit` does, with the options for the kind of device.

    JAX is asked for the device at the first call, not at import.
    """

    @wraps(function)
    def traced(*args: P.args, **kwargs: P.kwargs) -> R:
        global _made
        _made += 1
        return function(*args, **kwargs)

    @cache
    def program() -> Callable[P, R]:
        # Equinox passes further arguments on to `jax.jit`, which its types do not say.
        filter_jit: Any = eqx.filter_jit
        return filter_jit(traced, compiler_options=OPTIONS.get(jax.default_backend()))

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return program()(*args, **kwargs)

    return call
