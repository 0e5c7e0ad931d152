"""Expressions of numbers."""

import pytest

from moregrad.formats.translation.expressions import (
    INDEX,
    ZERO,
    constant,
    name,
    operation,
    plus,
    read,
    times,
    within,
)

PLACE = name("i", INDEX)


def test_equal_expressions_are_one():
    first, second = (
        operation("add", "float32", read("array", PLACE, "float32"), constant(0.5, "float32")) for _ in "ab"
    )
    assert first == second
    assert len({first, second}) == 1
    assert first != operation("add", "float32", read("other", PLACE, "float32"), constant(0.5, "float32"))
    assert constant(0.0, "float32") != constant(-0.0, "float32")
    assert constant(1, "int32") != constant(True, "bool")


def test_an_expression_knows_what_it_depends_on():
    expression = operation("mul", "float32", read("array", plus(PLACE, PLACE), "float32"), name("x", "float32"))
    assert expression.names == {"i", "x"}
    assert expression.arrays == {"array"}


def test_places_are_computed_where_they_are_known():
    assert plus(ZERO, PLACE) is plus(PLACE, ZERO) is times(PLACE, 1) is PLACE
    assert plus(constant(2, INDEX), constant(3, INDEX)) == constant(5, INDEX)
    assert times(PLACE, 0) == ZERO
    assert times(constant(2, INDEX), 3) == constant(6, INDEX)


@pytest.mark.parametrize(("value", "kept"), [(-3, 0), (2, 2), (9, 4)])
def test_a_place_is_kept_within_an_array(value: int, kept: int):
    assert within(constant(value, INDEX), 4) == constant(kept, INDEX)
    assert within(PLACE, 0) == ZERO
