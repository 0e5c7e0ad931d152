"""Shapes and types in signatures, checked at every call of the tests.

The scalar engine, drawings, plots and points have no shapes to check, or answer wrong types with messages of their own,
which their tests ask for. So do configurations.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from beartype import BeartypeConf, beartype
from jaxtyping import install_import_hook
from typing_extensions import Doc

import moregrad

ROOMS = ("data", "evaluation", "layers", "lectures", "models", "ngrams", "runs", "sampling", "training")
FILES = ("jit", "parallel", "torch_random")
UNCHECKED = ("moregrad.data.points", "moregrad.runs.experiment")

# An int is welcome where a float is asked for, as type checkers have it.
_check_types = beartype(conf=BeartypeConf(is_pep484_tower=True))


def check(function: Callable[..., Any]) -> Callable[..., Any]:
    """Checks a function at every call, but for constructors of configurations, whose fields have a Doc."""
    notes = [note for hint in function.__annotations__.values() for note in getattr(hint, "__metadata__", ())]
    return function if any(isinstance(note, Doc) for note in notes) else _check_types(function)


def modules() -> Iterator[str]:
    """Yields the modules of the rooms with arrays."""
    root = Path(moregrad.__file__).parent
    for room in ROOMS:
        yield from (f"moregrad.{room}.{path.stem}" for path in sorted((root / room).glob("*.py")))
    yield from (f"moregrad.{name}" for name in FILES)


def install() -> None:
    """Checks every module that is imported from now on."""
    install_import_hook([name for name in modules() if name not in UNCHECKED], "shape_checks.check")
