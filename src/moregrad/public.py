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
    submodules, homes = _read(Path(file).with_suffix(".pyi"))
    load, listed, names = lazy_loader.attach(package, submodules, homes)

    def __getattr__(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {', '.join(names)}")
        found = load(name)
        _claim(package, homes)
        return found

    return __getattr__, listed, names


def _read(stub: Path) -> tuple[list[str], dict[str, list[str]]]:
    """Returns the submodules that `stub` imports, and the names that it imports by the module that defines them."""
    submodules: list[str] = []
    homes: dict[str, list[str]] = {}
    for node in ast.parse(stub.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            imported = homes.setdefault(node.module, []) if node.module else submodules
            imported.extend(alias.name for alias in node.names)
    return submodules, homes


def _claim(package: str, homes: Mapping[str, list[str]]) -> None:
    """Sets `__module__` of every public class and function whose module has been imported so far."""
    for home, names in homes.items():
        module = sys.modules.get(f"{package}.{home}")
        for found in (getattr(module, name, None) for name in names):
            # An instance, such as an Op, only shows the `__module__` of its class.
            if hasattr(found, "__qualname__") and found.__module__ == f"{package}.{home}":
                found.__module__ = package
