"""What all figures have in common."""

import math
import subprocess
import sys

import pytest
from matplotlib.figure import Figure

import moregrad.plots
from moregrad.plots import curve, decision_boundary, scatter
from plots.figures import DEMO, render, rightness

DRAWINGS = {
    "curve": lambda axes=None: curve(math.tanh, -5, 5, axes=axes),
    "scatter": lambda axes=None: scatter(*DEMO, axes=axes),
    "decision_boundary": lambda axes=None: decision_boundary(rightness, *DEMO, axes=axes),
}

every_drawing = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)


@every_drawing
def test_a_picture_has_a_figure_of_its_own_that_can_be_written(draw):
    axes = draw()
    assert isinstance(axes.figure, Figure)
    assert len(set(render(axes))) > 10


@every_drawing
def test_a_picture_can_be_drawn_into_axes_that_are_there(draw):
    axes = Figure().add_subplot()
    assert draw(axes=axes) is axes
    assert axes.has_data()


@every_drawing
def test_the_same_numbers_give_the_same_pixels(draw):
    assert render(draw()) == render(draw())


def test_pictures_never_load_pyplot_and_moregrad_never_loads_matplotlib():
    code = (
        "import sys, moregrad; assert 'matplotlib' not in sys.modules;"
        "import math, moregrad.plots; moregrad.plots.curve(math.tanh, -1, 1);"
        "assert 'matplotlib.pyplot' not in sys.modules and 'jax' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_public_names_belong_to_the_package():
    homes = {name: getattr(moregrad.plots, name).__module__ for name in moregrad.plots.__all__}
    assert homes == dict.fromkeys(("curve", "decision_boundary", "scatter"), "moregrad.plots")
