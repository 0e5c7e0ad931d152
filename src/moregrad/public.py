"""The public face of a package: each name is written once, in the stub beside its `__init__.py`."""

import sys
from collections.abc import Callable
from typing import Any

import lazy_loader


def attach(package: str, file: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Returns `__getattr__`, `__dir__` and `__all__` for `package`, whose `__init__.py` is `file`.

    Names and submodules are those of the stub `__init__.pyi` and are imported when they are first asked for. What is
    public says so: its `__module__` is `package`, wherever it is defined.
    """
    load, listed, names = lazy_loader.attach_stub(package, file)

    def __getattr__(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {', '.join(names)}")
        found = load(name)
        _claim(package, names)
        return found

    return __getattr__, listed, names


def _claim(package: str, names: list[str]) -> None:
    """Sets `__module__` of every public class and function that has been imported so far."""
    for home in [name for name in sys.modules if name.startswith(f"{package}.")]:
        defined = vars(sys.modules[home])
        for name in names:
            found = defined.get(name)
            # An instance, such as an Op, only shows the `__module__` of its class.
            if hasattr(found, "__qualname__") and found.__module__ == home:
                found.__module__ = package
