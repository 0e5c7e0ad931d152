"""The public face of a package: each name is written once, in the stub beside its `__init__.py`."""

import ast
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import lazy_loader


def attach(package: str, file: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Returns `__getattr__`, `__dir__` and `__all__` for `package`, whose `__init__.py` is `file`.

    Names and submodules are those of the stub `__init__.pyi` and are imported when they are first asked for. What is
    public says so: its `__module__` is `package`, wherever it is defined.
    """
    load, listed, names = lazy_loader.attach_stub(package, file)
    homes = _read_homes(package, Path(file).with_suffix(".pyi"))

    def __getattr__(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {', '.join(names)}")
        found = load(name)
        _claim(package, homes)
        return found

    return __getattr__, listed, names


def _read_homes(package: str, stub: Path) -> dict[str, str]:
    """Returns the module that defines each public name."""
    imports = [node for node in ast.parse(stub.read_text("utf-8")).body if isinstance(node, ast.ImportFrom)]
    return {alias.name: f"{package}.{node.module}" for node in imports if node.module for alias in node.names}


def _claim(package: str, homes: Mapping[str, str]) -> None:
    """Sets `__module__` of every public class and function whose module has been imported so far."""
    for name, home in homes.items():
        found = getattr(sys.modules.get(home), name, None)
        # An instance, such as an Op, only shows the `__module__` of its class.
        if hasattr(found, "__qualname__") and found.__module__ == home:
            found.__module__ = package
