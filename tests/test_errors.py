"""The tree of errors."""

import inspect
import re

import pytest

import moregrad
from moregrad import errors
from moregrad.errors import ConfigurationError, MoregradError, ScalarError

ERRORS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_is_public_and_has_the_one_root(kind: type[Exception]):
    assert issubclass(kind, MoregradError)
    assert getattr(moregrad, kind.__name__) is kind


def test_the_tree_of_the_docstring_is_that_of_the_classes():
    parents: dict[int, str] = {}
    told = {}
    for line in (errors.__doc__ or "").splitlines():
        if name := re.match(r"([ │├└─]*)(\w+Error)\b", line):
            depth = len(name[1])
            told[name[2]] = next((parents[d] for d in sorted(parents, reverse=True) if d < depth), "Exception")
            parents = {d: parent for d, parent in parents.items() if d < depth} | {depth: name[2]}
    assert told == {kind.__name__: kind.__bases__[0].__name__ for kind in ERRORS}


def test_a_configuration_error_names_the_setting():
    assert ConfigurationError("too hot", setting="heat").setting == "heat"
    assert (str(ConfigurationError("no such")), ConfigurationError("no such").setting) == ("no such", "")


def test_an_error_of_single_numbers_is_a_value_error_as_in_pythons_math():
    assert issubclass(ScalarError, ValueError)
