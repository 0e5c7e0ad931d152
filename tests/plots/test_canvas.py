"""The axes that figures are drawn into."""

import gc
import weakref

import numpy as np
import pytest
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


def test_a_notebook_shows_axes_in_twice_the_pixels_of_their_size():
    axes = canvas.make_axes(3, 2)
    assert isinstance(axes, canvas.Picture)
    content, size = axes._repr_png_()
    assert [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)] == [600, 400]
    assert size == {"width": 300, "height": 200}


@pytest.mark.parametrize("count", [1, 4, 5, 18])
def test_lines_differ_in_colour_and_dashes(count: int):
    styles = canvas.line_styles(count)
    assert len({(to_rgba(style["color"]), style["linestyle"]) for style in styles}) == count


def test_text_on_a_shade_differs_from_it_in_lightness():
    for shade in np.linspace(0, 1, 21):
        background = sum(canvas.SHADES(shade)[:3])
        assert abs(sum(to_rgba(canvas.ink_on(canvas.SHADES, shade))[:3]) - background) > 0.9


def test_letters_are_at_least_seven_points_high():
    assert min(canvas.SMALL, canvas.TEXT) >= 7


def test_a_legend_and_a_scale_stand_beside_the_axes():
    axes = canvas.make_axes(6, 4)
    axes.plot([1, 2], label="loss")
    canvas.draw_legend(axes, "title")
    canvas.draw_grid(axes)
    canvas.draw_scale(axes.imshow([[1, 2]]))
    axes.figure.canvas.draw()
    legend = axes.get_legend()
    assert legend is not None
    assert legend.get_window_extent().x0 > axes.get_window_extent().x1
    assert len(axes.figure.axes) == 2


def test_steps_are_whole_numbers():
    axes = canvas.make_axes(6, 4)
    axes.plot([0, 1, 2], [1, 2, 3])
    canvas.draw_steps(axes)
    assert axes.get_xlabel() == "step"
    assert all(tick == int(tick) for tick in axes.get_xticks())
