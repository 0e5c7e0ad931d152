"""The examples in the docstrings of the engine; read from the source, since compiled modules hide them from doctest."""

import ast
import doctest
from importlib import import_module
from pathlib import Path

import pytest

import moregrad.scalar

PACKAGE = Path(moregrad.scalar.__file__).parent


def examples() -> list[tuple[str, str]]:
    """The module and the text of every docstring with an example."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        module = ".".join(("moregrad.scalar", *parts)).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = ast.get_docstring(node) or ""
                found += [(module, text)] if ">>>" in text else []
    return found


@pytest.mark.parametrize(("module", "text"), examples(), ids=[f"{m}: {t.split('.')[0]}" for m, t in examples()])
def test_an_example_gives_what_is_written_under_it(module: str, text: str):
    public = {name: getattr(moregrad.scalar, name) for name in dir(moregrad.scalar)}
    names = {**public, **vars(import_module(module))}
    test = doctest.DocTestParser().get_doctest(text, names, module, None, 0)
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert results.attempted > 0
    assert results.failed == 0
