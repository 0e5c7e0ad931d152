"""Shapes and types in signatures, checked at every call of the tests.

The scalar engine and its drawings are left out. They have no shapes, no hook reaches compiled modules, and beartype
picks items of sequences at random, which Hypothesis forbids in the strategies that make graphs. Other formats have no
shapes either, and translating a model makes so many small expressions that the checks take four times as long as it.
"""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self, get_args, get_origin

from beartype import BeartypeConf, beartype
from jaxtyping import install_import_hook
from typing_extensions import Doc

UNCHECKED = {"drawing", "formats", "scalar"}

# An int is welcome where a float is asked for, as type checkers have it.
_check_types = beartype(conf=BeartypeConf(is_pep484_tower=True))


def check(function: Callable[..., Any]) -> Callable[..., Any]:
    """Checks a function at every call, but for constructors of configurations, which refuse wrong types themselves."""
    hints = function.__annotations__
    if function.__name__ == "__init__" and any(map(_has_doc, hints.values())):
        return function
    # jaxtyping checks a copy of a method outside its class, where beartype does not take `Self`.
    owner = f"{function.__module__}.{function.__qualname__.rpartition('.')[0]}"
    function.__annotations__ = {name: _name_self(hint, owner) for name, hint in hints.items()}
    return _check_types(function)


def _has_doc(hint: Any) -> bool:
    """Tells whether `hint` is that of a setting."""
    return any(isinstance(note, Doc) for note in getattr(hint, "__metadata__", ()))


def _name_self(hint: Any, owner: str) -> Any:
    """Replaces `Self` by the full name of the class."""
    if hint is Self:
        return owner
    inner = get_args(hint)
    return get_origin(hint)[tuple(_name_self(each, owner) for each in inner)] if Self in inner else hint


def modules() -> Iterator[str]:
    """Yields the packages and modules to check."""
    package = find_spec("moregrad")
    assert package is not None
    for folder in package.submodule_search_locations or ():
        names = {path.stem for path in Path(folder).iterdir() if path.suffix in ("", ".py")}
        yield from (f"moregrad.{name}" for name in sorted(names - UNCHECKED) if not name.startswith("_"))


def install() -> None:
    """Checks every module that is imported from now on."""
    install_import_hook(list(modules()), "shape_checks.check")
