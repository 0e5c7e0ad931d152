"""Losses over the steps."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import compare_runs, losses
from plots.figures import legend, render, ticks


def test_blocks_of_steps_are_averaged_and_the_rest_is_left_out():
    _, means = losses(np.arange(1, 8), average=3).get_lines()
    assert np.asarray(means.get_ydata()).tolist() == [2, 5]
    assert np.asarray(means.get_xdata()).tolist() == [1, 4]


def test_fewer_steps_than_a_block_have_no_mean():
    assert len(losses([3.0, 2.0]).get_lines()) == 1


def test_the_axis_is_logarithmic_if_all_losses_are_above_0():
    assert losses([3, 2, 1]).get_yscale() == "log"
    assert losses([3, 2, 0]).get_yscale() == "linear"


@pytest.mark.parametrize("values", [[2.4, 2.2], [3.4, 2.0], [2.3461, 2.345]])
def test_ticks_differ_and_have_as_many_decimals_each(values: list[float]):
    axes = losses(values)
    assert render(axes)
    found = ticks(axes, "y")
    assert len(set(found)) == len(found)
    assert len({len(text.partition(".")[2]) for text in found}) == 1


@pytest.mark.parametrize("values", [[2.0], [2.0, 2.0], np.geomspace(1e-9, 1e9, 50), [-1.0, 3.0]])
def test_any_losses_are_drawn(values):
    assert render(losses(values, average=1))


def test_runs_have_a_line_each_and_their_final_losses_in_the_legend():
    axes = compare_runs({"gru": ([0, 10], [3, 2]), "mlp": ([0, 20], [3, 2.5])}, final={"gru": 1.9, "ngram": 2.05})
    assert [line.split() for line in legend(axes)] == [["gru", "1.9000"], ["ngram", "2.0500"], ["mlp", "2.5000"]]
    assert len(axes.get_lines()) == 3
    assert render(axes)


def test_without_final_losses_the_last_of_each_is_told():
    axes = compare_runs({"gru": ([0, 10], [3, 2])})
    found = axes.get_legend()
    assert found is not None
    assert found.get_title().get_text().strip() == "last"
    assert [line.split() for line in legend(axes)] == [["gru", "2.0000"]]


@pytest.mark.parametrize(
    ("curves", "final", "message"),
    [
        ({}, {}, "there are no losses to compare"),
        ({"a": ([1], [1, 2])}, {}, "1 steps for 2 losses of a"),
        ({"a": ([1], [np.nan])}, {}, "losses of a must be finite"),
        ({}, {"a": np.inf}, "the final loss of a must be finite"),
    ],
)
def test_losses_that_cannot_be_compared_are_refused(curves, final, message):
    with pytest.raises(DataError, match=message):
        compare_runs(curves, final=final)


def test_losses_that_are_none_are_refused():
    with pytest.raises(DataError, match="losses must be finite"):
        losses([np.nan])
    with pytest.raises(DataError, match="a mean over 0 steps: must be over at least 1"):
        losses([1.0], average=0)
