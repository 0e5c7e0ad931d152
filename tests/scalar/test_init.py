"""The public face of moregrad.scalar."""

import pickle
import subprocess
import sys

import pytest

import moregrad.scalar as scalar

PUBLIC = [name for name in dir(scalar) if hasattr(getattr(scalar, name), "__qualname__")]


@pytest.mark.parametrize("name", dir(scalar))
def test_each_public_name_is_reachable_after_a_bare_import(name: str):
    code = f"import moregrad.scalar; print(moregrad.scalar.{name}, {name!r} in dir(moregrad.scalar))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).endswith("True\n")


@pytest.mark.parametrize("name", PUBLIC)
def test_public_classes_and_functions_belong_to_the_package(name: str):
    found = getattr(scalar, name)
    assert found.__module__ == "moregrad.scalar"
    assert pickle.loads(pickle.dumps(found)) is found


@pytest.mark.parametrize("name", ["draw", "gradient"])
def test_a_function_is_not_hidden_by_the_module_of_its_name(name: str):
    code = f"import moregrad.scalar.{name}; from moregrad.scalar import {name}; assert callable({name})"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_the_package_imports_no_module_of_it():
    code = "import sys, moregrad.scalar; print([name for name in sys.modules if name.startswith('moregrad.scalar.')])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(AttributeError, match=r"has no attribute 'Valu'; it has .*Value"):
        scalar.Valu  # noqa: B018 # pyright: ignore[reportAttributeAccessIssue]
