"""What all figures share: where they are drawn, in which colours, and that none is shown."""

import math
import subprocess
import sys

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from moregrad.data.points import moons
from moregrad.plots import canvas, curve, decision_boundary, scatter
from plots.pixels import drawn

DEMO = moons(100, noise=0.1, seed=1337)
DRAWINGS = {
    "curve": lambda axes=None: curve(math.tanh, -5, 5, axes=axes),
    "scatter": lambda axes=None: scatter(*DEMO, axes=axes),
    "decision_boundary": lambda axes=None: decision_boundary(lambda points: points[:, 0] - 0.5, *DEMO, axes=axes),
}

every_drawing = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)


@every_drawing
def test_a_picture_has_a_figure_of_its_own_that_can_be_written(draw):
    axes = draw()
    assert isinstance(axes.figure, Figure)
    assert len(set(drawn(axes))) > 10


@every_drawing
def test_a_picture_can_be_drawn_into_axes_that_are_there(draw):
    axes = Figure().add_subplot()
    assert draw(axes=axes) is axes
    assert axes.has_data()


@every_drawing
def test_the_same_numbers_give_the_same_pixels(draw):
    assert drawn(draw()) == drawn(draw())


def test_pictures_never_load_pyplot_and_moregrad_never_loads_matplotlib():
    code = (
        "import sys, moregrad; assert 'matplotlib' not in sys.modules;"
        "import math, moregrad.plots; moregrad.plots.curve(math.tanh, -1, 1);"
        "assert 'matplotlib.pyplot' not in sys.modules and 'jax' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_blank_axes_have_a_figure_of_the_size_asked_for():
    axes = canvas.blank(3, 2)
    assert axes.figure.get_size_inches().tolist() == [3, 2]
    assert not axes.has_data()


def test_colours_differ_in_lightness_too():
    """By the relative luminance of WCAG 2, without its gamma: enough to tell them apart in grey."""
    pale, other = (
        0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(to_rgb, (canvas.PALE_BLUE, canvas.PALE_VERMILION))
    )
    assert abs(pale - other) > 0.1
