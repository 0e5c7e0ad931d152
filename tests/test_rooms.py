"""What the packages offer, and what importing them loads."""

import inspect
import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest

ROOMS = ["data", "ngrams", "evaluation", "lectures"]
HEAVY = {"jax", "equinox", "optax", "numpy", "polars", "matplotlib"}


def imported_by(statement: str) -> set[str]:
    """The modules that a fresh Python has after `statement`."""
    code = f"{statement}; import sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_room_loads_nothing_heavy(room):
    assert imported_by(f"import moregrad.{room}").isdisjoint(HEAVY)


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_can_be_had_and_says_where_it_is_public(room):
    package = import_module(f"moregrad.{room}")
    for name in package.__all__:
        found = getattr(package, name)
        if inspect.isclass(found) or inspect.isfunction(found):
            assert found.__module__ in (package.__name__, "moregrad"), name
            # A dataclass without a docstring has its signature in its place.
            assert not (inspect.getdoc(found) or f"{name}(").startswith(f"{name}("), name
        else:
            assert isinstance(found, ModuleType) or name.isupper(), name


@pytest.mark.parametrize("room", ROOMS)
def test_a_name_that_is_not_public_is_refused_with_those_that_are(room):
    package = import_module(f"moregrad.{room}")
    with pytest.raises(AttributeError, match=f"has no attribute 'nothing'; it has .*{package.__all__[0]}"):
        package.nothing  # noqa: B018


def test_points_are_drawn_without_tables_and_without_jax():
    assert imported_by("import moregrad.data.points").isdisjoint(HEAVY - {"numpy"})
    assert imported_by("from moregrad.data import points; points.moons(4)").isdisjoint(HEAVY - {"numpy"})


def test_words_are_read_split_and_encoded_without_jax():
    code = "from moregrad.data import read_corpus, split; c = read_corpus(map(str, range(20))); c.encode(split(c).test)"
    assert imported_by(code).isdisjoint(HEAVY - {"numpy", "polars"})


def test_a_name_is_reached_from_a_bare_import():
    assert "moregrad.data.vocabulary" in imported_by("import moregrad.data; moregrad.data.Vocabulary('ab')")


def test_split_is_the_function_and_splits_its_module():
    from moregrad.data import split, splits

    assert split is splits.split
