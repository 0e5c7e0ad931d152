"""The axes that figures are drawn into."""

import gc
import weakref

from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from moregrad.plots import canvas


def test_new_axes_have_a_figure_of_the_size_asked_for():
    figure = canvas.make_axes(6, 4).figure
    assert isinstance(figure, Figure)
    assert figure.get_size_inches().tolist() == [6, 4]


def test_lines_take_the_colours_of_the_palette_in_turn():
    axes = canvas.make_axes(6, 4)
    colours = [axes.plot([0, 1])[0].get_color() for _ in range(4)]
    assert colours == [canvas.BLUE, canvas.VERMILION, canvas.GREEN, canvas.PURPLE]


def test_a_figure_that_nobody_holds_is_freed():
    held = weakref.ref(canvas.make_axes(6, 4).figure)
    gc.collect()
    assert held() is None


def test_the_two_regions_differ_in_lightness():
    blue, vermilion = (sum(to_rgba(c)[:3]) for c in (canvas.PALE_BLUE, canvas.PALE_VERMILION))
    assert vermilion - blue > 0.25
