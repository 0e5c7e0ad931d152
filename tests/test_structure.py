"""The house: modules have their tests, files and functions are short, public names can be had and are explained."""

import ast
import inspect
import statistics
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from moregrad.lessons import lessons

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / "moregrad"
MODULES = {path.relative_to(SOURCE).as_posix(): path for path in sorted(SOURCE.rglob("*.py"))}
PACKAGES = [".".join(path.parent.relative_to(SOURCE.parent).parts) for path in sorted(SOURCE.rglob("__init__.pyi"))]

ELSEWHERE = {
    "__init__.py": "test_public.py",
    "__main__.py": "cli/test_main.py",
    "formats/makemore/weights.py": "reference/test_makemore.py",
    "cli/__init__.py": "cli/test_main.py",
    **{f"lessons/{lesson.topic}.py": "lessons/test_lessons.py" for lesson in lessons()},
}
"""Modules whose tests have another name."""

NOTHING_TO_TEST = {
    "drawing/style.py": "colours and sizes",
    "sampling/draws.py": "a type",
    "web/limits.py": "numbers",
    "web/scalar_forms.py": "types",
}
"""Modules without tests of their own, and why: they hold only types, constants or stubs."""


def mirror(module: str) -> Path:
    """The file with the tests of `module`."""
    path = Path(module)
    return TESTS / ELSEWHERE.get(module, (path.parent / f"test_{path.name}").as_posix())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a file with its number of lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_every_module_has_a_file_of_tests():
    rooms = {module for module, path in MODULES.items() if path.name == "__init__.py" and not any(functions(path))}
    missing = [mirror(module) for module in MODULES.keys() - rooms - NOTHING_TO_TEST.keys()]
    assert [str(path.relative_to(TESTS)) for path in sorted(missing) if not path.is_file()] == []


def test_modules_with_nothing_to_test_have_no_functions():
    assert [module for module in NOTHING_TO_TEST if any(functions(MODULES[module]))] == []


def test_trainings_of_minutes_are_tests_of_lectures_where_continuous_integration_looks_for_them():
    marked = [path for path in TESTS.rglob("test_*.py") if "pytest.mark.full" in path.read_text("utf-8")]
    assert {path.relative_to(TESTS).parts[0] for path in marked} == {"lectures", Path(__file__).name}
    assert "\npytest -m full tests/lectures\n" in (TESTS.parent / ".ci" / "run").read_text()


def test_files_are_short():
    lengths = {module: lines(path) for module, path in MODULES.items()}
    assert {module: length for module, length in lengths.items() if length > 400} == {}
    assert statistics.median(lengths.values()) < 100


def test_functions_are_short():
    found = {(module, name): size for module, path in MODULES.items() for name, size in functions(path)}
    assert {name: size for name, size in found.items() if size > 50} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_stub_names_each_public_name_once(package: str):
    path = SOURCE.parent / Path(*package.split(".")) / "__init__.pyi"
    imports = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ImportFrom)]
    names = [alias.asname for node in imports for alias in node.names]
    assert sorted(names, key=str) == dir(import_module(package))
    assert all(alias.asname == alias.name for node in imports for alias in node.names)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_can_be_had_is_explained_and_says_where_it_is_public(package: str):
    room = import_module(package)
    for name in room.__all__:
        found = getattr(room, name)
        if inspect.isclass(found) or inspect.isfunction(found):
            # A dataclass without a docstring has its signature in its place.
            assert not (inspect.getdoc(found) or f"{name}(").startswith(f"{name}("), name
            assert found.__module__ in PACKAGES, name
            assert getattr(import_module(found.__module__), name) is found
        elif isinstance(found, ModuleType):
            assert found.__doc__, name
        else:
            assert name.isupper() or inspect.getdoc(found), name


@pytest.mark.parametrize("package", PACKAGES)
def test_a_name_that_is_not_public_is_refused_with_those_that_are(package: str):
    room = import_module(package)
    with pytest.raises(AttributeError, match=f"has no attribute 'nothing'; it has .*{room.__all__[0]}"):
        room.nothing  # noqa: B018
