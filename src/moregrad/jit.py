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

# Loops without emitters of their own and not optimised take a quarter of the time, and run up to four times as long.
QUICK_OPTIONS: dict[str, dict[str, Any]] = {
    "cpu": {"xla_backend_optimization_level": 0, "xla_cpu_use_fusion_emitters": False}
}

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
    return _jit(function, OPTIONS)


def quick_jit(function: Callable[P, R]) -> Callable[P, R]:
    """Does as `jit` for a function that runs once or on few rows, where compiling takes longer than running."""
    return _jit(function, QUICK_OPTIONS)


def _jit(function: Callable[P, R], options: dict[str, dict[str, Any]]) -> Callable[P, R]:
    @wraps(function)
    def traced(*args: P.args, **kwargs: P.kwargs) -> R:
        global _made
        _made += 1
        return function(*args, **kwargs)

    @cache
    def program() -> Callable[P, R]:
        # Equinox passes further arguments on to `jax.jit`, which its types do not say.
        filter_jit: Any = eqx.filter_jit
        return filter_jit(traced, compiler_options=known(options.get(jax.default_backend(), {})) or None)

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return program()(*args, **kwargs)

    return call


def known(options: dict[str, Any]) -> dict[str, Any]:
    """Returns those of the `options` that XLA knows: they come and go with its versions, and without them it works."""
    return {name: value for name, value in options.items() if _is_known(name, value)}


@cache
def _is_known(name: str, value: Any) -> bool:
    try:
        jax.jit(lambda: 0, compiler_options={name: value}).lower().compile()
    except jax.errors.JaxRuntimeError:
        return False
    return True
