"""Figures written to files."""

import math

import pytest
from matplotlib.figure import Figure

from moregrad.errors import DrawingError
from moregrad.plots import curve, save
from moregrad.plots.canvas import make_axes
from moregrad.plots.saving import check_path, to_png, to_svg


def test_a_png_has_the_pixels_of_its_size(tmp_path):
    path = save(make_axes(3, 2), tmp_path / "a.png", dpi=100)
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)] == [300, 200]


def test_an_svg_is_the_same_each_time(tmp_path):
    path = save(curve(math.tanh, -1, 1), tmp_path / "A.SVG")
    assert path.read_bytes() == to_svg(curve(math.tanh, -1, 1))
    assert b"<svg" in path.read_bytes()


def test_axes_in_a_part_of_a_figure_are_saved_with_all_of_it():
    figure = Figure()
    part = figure.add_subfigure(figure.add_gridspec(1, 1)[0])
    assert to_png(part.add_subplot()).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["a.jpg", "a", ".png"])
def test_other_suffixes_are_refused(tmp_path, name):
    with pytest.raises(DrawingError, match=r"a figure is saved as \.png or \.svg; end its name so"):
        save(make_axes(3, 2), tmp_path / name)


def test_a_folder_that_does_not_exist_is_refused_before_anything_is_drawn(tmp_path):
    with pytest.raises(DrawingError, match="there is no folder"):
        check_path(tmp_path / "nowhere" / "a.png")


def test_a_path_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "a.png").mkdir()
    with pytest.raises(DrawingError, match="cannot be written"):
        save(make_axes(3, 2), tmp_path / "a.png")
