"""Pictures of a search."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import importance, parallel_coordinates
from plots.figures import render

SETTINGS = {"hidden": [32, 64, 64], "optimizer": ["adamw", "sgd", "adamw"], "learning_rate": [0.001, 0.01, 0.1]}
LOSSES = [2.2, 2.0, 2.4]


def test_the_largest_share_is_on_top():
    axes = importance({"hidden": 0.1, "learning_rate": 0.7, "depth": 0.2})
    widths = [bar.get_width() for bar in axes.patches]  # pyright: ignore[reportAttributeAccessIssue]
    assert widths == [0.1, 0.2, 0.7]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["hidden", "depth", "learning_rate"]
    assert render(axes)


def test_each_trial_is_a_line_and_the_best_is_drawn_last():
    axes = parallel_coordinates(SETTINGS, LOSSES)
    lines = [np.asarray(line.get_ydata()) for line in axes.get_lines()[:3]]
    np.testing.assert_allclose(lines[2], [1, 0.75, 0.5, 0])
    np.testing.assert_allclose(lines[0], [1, 0.25, 1, 1])
    assert [label.get_text() for label in axes.get_xticklabels()] == [*SETTINGS, "loss (nats)"]
    assert render(axes)


def test_a_single_trial_and_equal_values_are_drawn():
    assert render(parallel_coordinates({"hidden": [8]}, [2.0]))


@pytest.mark.parametrize(
    ("settings", "losses", "message"),
    [
        ({"hidden": [8]}, [1.0, 2.0], "1 values of hidden for 2 losses"),
        ({}, [1.0], "no settings to draw"),
        ({"hidden": [8]}, [np.nan], "losses"),
    ],
)
def test_what_cannot_be_drawn_is_told(settings: dict[str, list[int]], losses: list[float], message: str):
    with pytest.raises(DataError, match=message):
        parallel_coordinates(settings, losses)


def test_without_shares_there_is_nothing_to_draw():
    with pytest.raises(DataError, match="no settings to compare"):
        importance({})
