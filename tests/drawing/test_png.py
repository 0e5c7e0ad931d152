"""The picture painted by matplotlib."""

import struct

import matplotlib
import pytest

from drawing.graphs import lecture, sheet
from moregrad.drawing import Node
from moregrad.drawing.png import write_png
from moregrad.drawing.shapes import Sheet


def size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", data[16:24])


def test_there_are_two_pixels_for_each_unit():
    drawn = sheet(lecture())
    width, height = size(write_png(drawn))
    assert width == pytest.approx(2 * drawn.width, abs=1)
    assert height == pytest.approx(2 * drawn.height, abs=1)


@pytest.mark.parametrize(("width", "height"), [(100_000.0, 100.0), (100.0, 100_000.0), (8_000.0, 8_000.0)])
def test_a_huge_picture_is_coarser(width: float, height: float):
    pixels = size(write_png(Sheet("huge", width, height, ())))
    assert max(pixels) <= 65_535
    assert pixels[0] * pixels[1] <= 30e6
    assert pixels[0] / pixels[1] == pytest.approx(width / height, rel=0.02)


def test_the_same_sheet_gives_the_same_bytes():
    assert write_png(sheet(lecture(), "TB")) == write_png(sheet(lecture(), "TB"))


def test_dollars_and_the_users_settings_do_not_matter():
    drawn = sheet([Node(r"$x^2$ \frac{")])
    plain = write_png(drawn)
    with matplotlib.rc_context({"text.usetex": True, "font.size": 30, "figure.dpi": 10, "savefig.dpi": 10}):
        assert write_png(drawn) == plain
