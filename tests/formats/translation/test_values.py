"""Arrays as what computes their elements."""

from moregrad.formats.translation.expressions import INDEX, constant, name
from moregrad.formats.translation.program import Program
from moregrad.formats.translation.values import position, stored, uniform


def test_the_last_axis_runs_fastest():
    index = [constant(each, INDEX) for each in (1, 2, 3)]
    assert position(index, (2, 3, 4)) == constant(1 * 12 + 2 * 4 + 3, INDEX)


def test_other_views_of_a_stored_array_read_the_same_elements():
    value = stored(Program().buffer("temporary", "float32", 6), (2, 3), "float32")
    one, two = constant(1, INDEX), constant(2, INDEX)
    assert value.size == 6
    assert value.reshaped((6,)).element([constant(5, INDEX)]) == value.element([one, two])
    assert value.remapped((3, 2), lambda index: index[::-1]).element([two, one]) == value.element([one, two])


def test_a_uniform_array_reads_nothing():
    assert uniform(name("x", "float32"), (2, 3)).element([constant(0, INDEX)] * 2) == name("x", "float32")
