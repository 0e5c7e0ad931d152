"""Histograms of what flows through a network."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import activations, gradients, weight_gradients
from plots.figures import legend, render

RNG = np.random.default_rng(0)
LAYERS = {f"layers[{index}]": np.tanh(RNG.normal(0, 1 + index, (32, 1, 50))) for index in range(3)}


def test_there_is_one_line_for_each_layer_and_its_area_is_one():
    axes = activations(LAYERS)
    assert len(axes.get_lines()) == len(LAYERS)
    for line in axes.get_lines():
        x, y = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
        assert np.sum(y) * (x[1] - x[0]) == pytest.approx(1)
    assert render(axes)


def test_the_legend_has_mean_deviation_and_the_share_that_is_saturated():
    (line,) = legend(activations({"tanh": [-0.5, 0.5, 0.98, -0.98]}))
    assert line.split() == ["tanh", "+0.00", "0.90", "50.00%"]


def test_what_exceeds_one_is_no_tanh_and_has_no_share():
    (line,) = legend(activations({"linear": [-2.0, 2.0]}))
    assert line.split() == ["linear", "+0.00", "2.83", "-"]


def test_the_legend_of_weights_has_the_ratio_of_the_deviations():
    (line,) = legend(weight_gradients({"head.weight": [[1, -1], [1, -1]]}, {"head.weight": [[10, -10], [10, -10]]}))
    assert line.split() == ["head.weight", "+0.0e+00", "1.2e+00", "1.0e-01"]


def test_a_wide_layer_does_not_narrow_the_others():
    layers = {f"layers[{index}]": RNG.normal(0, 1, 1000) for index in range(4)}
    low, high = gradients({**layers, "head": RNG.normal(0, 100, 1000)}).get_xlim()
    assert -9 < low < high < 9


@pytest.mark.parametrize("array", [[3.0], [0.0, 0.0], np.full((4, 4), -7.0), np.float64(2.0)])
def test_layers_that_are_constant_are_drawn(array):
    assert render(activations({"layer": array}))
    assert render(gradients({"layer": array}))
    assert render(weight_gradients({"layer": array}, {"layer": array}))


def test_many_layers_have_a_legend_as_high_as_the_figure():
    axes = activations({f"body.layers[{index}].inner": [index, index + 1] for index in range(40)})
    render(axes)
    found = axes.get_legend()
    assert found is not None
    assert found.get_window_extent().y0 >= 0


def test_layers_that_are_none_and_weights_of_other_shapes_are_refused():
    for draw in (activations, gradients, lambda arrays: weight_gradients(arrays, arrays)):
        with pytest.raises(DataError, match="of head must be finite"):
            draw({"head": [1, np.nan]})
        with pytest.raises(DataError, match="give one"):
            draw({})
    with pytest.raises(
        DataError, match=r"gradients of a of shape \(1,\), weights of shape \(2,\): must be of one shape"
    ):
        weight_gradients({"a": [1]}, {"a": [1, 2]})
    with pytest.raises(DataError, match=r"gradients of a of shape \(1,\), no weights"):
        weight_gradients({"a": [1]}, {"b": [1]})
