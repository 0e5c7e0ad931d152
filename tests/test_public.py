"""What `import moregrad` offers."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import moregrad


def imported_by(statement: str) -> set[str]:
    """The modules that a fresh Python has after `statement`."""
    code = f"{statement}; import sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_import_moregrad_loads_nothing_heavy():
    assert imported_by("import moregrad").isdisjoint({"jax", "numpy", "polars", "matplotlib", "cyclopts", "rich"})


def test_the_command_line_loads_nothing_heavy():
    assert imported_by("import moregrad.cli").isdisjoint({"jax", "numpy", "polars", "matplotlib"})


def test_reading_a_list_does_not_load_jax():
    assert imported_by("import moregrad; moregrad.read_corpus").isdisjoint({"jax", "matplotlib"})


def test_the_scalar_engine_loads_nothing_heavy():
    heavy = {"jax", "numpy", "polars", "matplotlib", "equinox", "jaxtyping"}
    assert imported_by("import moregrad.scalar").isdisjoint(heavy)
    drawn = "from moregrad.scalar import Value, draw; draw(Value(1.0) * 2).svg"
    assert imported_by(drawn).isdisjoint(heavy)


def test_public_names_can_all_be_had():
    assert sorted(moregrad.__all__) == dir(moregrad)
    assert all(hasattr(moregrad, name) for name in moregrad.__all__)


def test_every_architecture_is_public():
    from moregrad import models
    from moregrad.models.catalogue import CATALOGUE

    ours = [kind for kind in CATALOGUE.values() if kind.__module__.startswith("moregrad.")]
    assert {kind.__name__ for kind in ours} <= set(models.__all__)


def test_every_public_name_has_a_docstring():
    # A dataclass without one has its signature in its place.
    docstrings = {name: getattr(moregrad, name).__doc__ or "" for name in moregrad.__all__}
    assert [name for name, text in docstrings.items() if not text or text.startswith(f"{name}(")] == []


def test_the_version_is_that_of_the_package():
    assert moregrad.__version__ == version("moregrad")


def test_an_unknown_name_is_an_attribute_error_that_names_the_known_ones():
    with pytest.raises(AttributeError, match=r"has no attribute 'trian'.*train"):
        moregrad.trian  # noqa: B018
