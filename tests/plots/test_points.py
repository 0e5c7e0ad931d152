"""Scatter plots and decision boundaries."""

import math
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from moregrad.data.points import circles
from moregrad.errors import DataError
from moregrad.plots import decision_boundary, scatter
from moregrad.plots.canvas import PALE_BLUE, PALE_VERMILION
from moregrad.scalar import MLP, Program, Value
from plots.figures import DEMO, render, rightness


def colour_at(axes: Axes, x: float, y: float) -> str | None:
    """The colour of the region that contains a place."""
    (regions,) = [found for found in axes.collections if hasattr(found, "levels")]
    paths = zip(regions.get_paths(), np.asarray(regions.get_facecolor()), strict=True)
    inside = [colour for path, colour in paths if path.contains_point((x, y))]
    names = {to_rgba(pale): pale for pale in (PALE_BLUE, PALE_VERMILION)}
    return names[tuple(inside[0])] if inside else None


def test_both_classes_are_drawn_each_with_a_colour_and_a_marker_of_its_own():
    axes = scatter(*DEMO)
    for label, group in enumerate(axes.collections):
        assert np.array_equal(group.get_offsets(), DEMO.positions[DEMO.labels == label])
    first, second = axes.collections
    assert not np.array_equal(first.get_facecolor(), second.get_facecolor())
    assert np.shape(first.get_paths()[0].vertices) != np.shape(second.get_paths()[0].vertices)
    assert axes.get_aspect() == 1


def test_the_labels_of_the_hinge_give_the_same_picture():
    positions, labels = circles(30)
    assert render(scatter(positions, labels)) == render(scatter(positions.tolist(), 2 * labels - 1))


def test_a_figure_is_as_high_as_its_points_need():
    positions, labels = circles(30)
    pictures = [scatter(positions * [1.0, 0.6], labels), scatter(positions, labels)]
    figures: list[Any] = [axes.figure for axes in pictures]
    assert 3 < figures[0].get_figheight() < 4 < figures[1].get_figheight() <= 6
    for axes, figure in zip(pictures, figures, strict=True):
        figure.draw_without_rendering()
        assert axes.get_window_extent().height > 0.85 * figure.bbox.height


def test_one_class_alone_can_be_render():
    assert render(scatter([[0, 0], [1, 2]], [1, 1]))
    assert render(decision_boundary(rightness, [[0, 0]], [0]))


def test_the_mesh_is_that_of_the_demo_of_micrograd():
    axes = decision_boundary(rightness, *DEMO)
    assert axes.get_ylim() == (-1.548639298268643, 1.951360701731357)  # As printed in demo.ipynb.
    assert axes.get_aspect() == 1


def test_regions_part_where_the_score_is_0_and_points_are_on_top():
    axes = decision_boundary(rightness, *DEMO)
    assert colour_at(axes, 0.45, 0) == PALE_BLUE
    assert colour_at(axes, 0.55, 0) == PALE_VERMILION
    assert axes.collections[0].get_zorder() < min(group.get_zorder() for group in axes.collections[1:])


@pytest.mark.parametrize(
    ("score", "colour"), [(0.0, PALE_BLUE), (-1e300, PALE_BLUE), (1e300, PALE_VERMILION), (1e-300, PALE_VERMILION)]
)
def test_a_score_that_is_everywhere_the_same_fills_the_picture(score, colour):
    axes = decision_boundary(lambda points: np.full(len(points), score), *DEMO)
    assert colour_at(axes, 0.1, 0.1) == colour
    assert render(axes)


@given(st.floats(0.3, 3), st.floats(0, 3))
def test_the_mesh_reaches_the_margin_beyond_the_points_and_leaves_none_out(step, margin):
    asked = []
    axes = decision_boundary(lambda points: asked.append(points) or points[:, 0], *DEMO, step=step, margin=margin)
    (mesh,) = asked
    assert mesh.min(axis=0) == pytest.approx(DEMO.positions.min(axis=0) - max(step, margin))
    assert (mesh.max(axis=0) > DEMO.positions.max(axis=0) + max(step, margin) - step - 1e-9).all()
    assert np.diff(np.unique(mesh[:, 0])) == pytest.approx(step)
    assert axes.get_xlim() == (mesh[:, 0].min(), mesh[:, 0].max())


def test_a_program_and_the_network_it_was_recorded_from_have_the_same_regions():
    model = MLP(2, [4, 1], rng=random.Random(1))
    x, y = Value(0.0), Value(0.0)
    recorded = decision_boundary(Program(model([x, y]), [x, y]), *DEMO)
    asked = decision_boundary(lambda points: [model(point) for point in points], *DEMO)
    assert render(recorded) == render(asked)


@pytest.mark.parametrize(
    ("positions", "labels", "message"),
    [
        ([[0, 0, 0]], [0], r"positions \(1, 3\), labels \(1,\): must be \(count, 2\) and \(count,\)"),
        ([[0, 0], [1, 1]], [0], r"positions \(2, 2\), labels \(1,\): must be"),
        (np.zeros((0, 2)), [], r"positions \(0, 2\), labels \(0,\): must be"),
        ([[0, math.nan]], [0], "positions must be finite"),
        ([[0, 0], [1, 1]], [0, 2], r"labels \[0, 2\]: must be 0 and 1, or -1 and 1"),
    ],
)
def test_points_that_are_none_are_refused(positions, labels, message):
    for draw in (scatter, lambda *points: decision_boundary(rightness, *points)):
        with pytest.raises(DataError, match=message):
            draw(positions, labels)


@pytest.mark.parametrize("wrong", [{"step": 0}, {"step": -1}, {"step": math.nan}, {"margin": -1}, {"margin": math.inf}])
def test_a_mesh_that_is_none_is_refused(wrong):
    with pytest.raises(DataError, match="the step must be a finite number above 0, the margin 0 or more"):
        decision_boundary(rightness, *DEMO, **wrong)


def test_scores_of_another_number_and_scores_that_are_none_are_refused():
    with pytest.raises(DataError, match=r"scores of shape \(3,\) for \d+ points: must be"):
        decision_boundary(lambda points: [1, 2, 3], *DEMO)
    with pytest.raises(DataError, match="scores must be finite"):
        decision_boundary(lambda points: points[:, 0] * math.nan, *DEMO)
