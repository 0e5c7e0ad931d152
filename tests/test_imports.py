"""What importing loads: nothing is imported before it is asked for."""

import subprocess
import sys

from test_structure import PACKAGES

HEAVY = {"jax", "equinox", "optax", "jaxtyping", "numpy", "polars", "matplotlib"}


def imported_by(statement: str) -> set[str]:
    """The modules that a fresh Python has after `statement`."""
    code = f"{statement}; import sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_importing_the_packages_loads_nothing_heavy():
    loaded = imported_by(f"import {', '.join(PACKAGES)}")
    assert set(PACKAGES) <= loaded
    assert loaded.isdisjoint(HEAVY)


def test_import_moregrad_loads_no_command_line_either():
    assert imported_by("import moregrad").isdisjoint({*HEAVY, "cyclopts", "rich"})


def test_the_command_line_loads_nothing_heavy():
    assert imported_by("import moregrad.cli").isdisjoint(HEAVY)


def test_reading_a_list_does_not_load_jax():
    assert imported_by("import moregrad; moregrad.read_corpus").isdisjoint({"jax", "matplotlib"})


def test_the_scalar_engine_and_its_pictures_load_nothing_heavy():
    assert imported_by("from moregrad.scalar import Value, draw; draw(Value(1.0) * 2).svg").isdisjoint(HEAVY)


def test_points_are_drawn_without_tables_and_without_jax():
    assert imported_by("import moregrad.data.points").isdisjoint(HEAVY - {"numpy", "jaxtyping"})
    assert imported_by("from moregrad.data import points; points.moons(4)").isdisjoint(HEAVY - {"numpy", "jaxtyping"})


def test_words_are_read_split_and_encoded_without_jax():
    code = "from moregrad.data import read_corpus, split; c = read_corpus(map(str, range(20))); c.encode(split(c).test)"
    assert imported_by(code).isdisjoint({"jax", "equinox", "optax", "matplotlib"})


def test_a_name_is_reached_from_a_bare_import():
    assert "moregrad.data.vocabulary" in imported_by("import moregrad.data; moregrad.data.Vocabulary('ab')")


def test_split_is_the_function_and_splits_its_module():
    from moregrad.data import split, splits

    assert split is splits.split
