"""Dead units."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import dead_units
from plots.figures import render


def test_a_unit_that_is_saturated_for_every_example_is_marked():
    axes = dead_units([[0.5, 1.0, -0.995], [0.2, -0.999, 0.3]])
    (image,) = axes.images
    assert np.asarray(image.get_array()).tolist() == [[False, True, True], [False, True, False]]
    (marks,) = axes.get_lines()
    assert np.asarray(marks.get_xdata()).tolist() == [1]
    assert axes.get_title() == "50.0% of the activations are saturated; 1 of 3 units are so for all 2 examples"
    assert render(axes)


def test_without_dead_units_there_is_no_mark():
    assert not dead_units(np.zeros((3, 4))).get_lines()


@pytest.mark.parametrize(("wrong", "message"), [([1.0], r"must be \(batch, units\)"), ([[np.nan]], "must be finite")])
def test_activations_that_are_none_are_refused(wrong, message):
    with pytest.raises(DataError, match=message):
        dead_units(wrong)
