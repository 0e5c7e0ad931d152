"""The picture painted by matplotlib."""

import struct

import matplotlib
import pytest

from moregrad.scalar import Value
from moregrad.scalar.picture.png import png
from moregrad.scalar.picture.scene import scene
from moregrad.scalar.picture.shapes import Sheet
from moregrad.scalar.picture.sheet import compose
from scalar.picture.graphs import lecture


def size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", data[16:24])


def test_there_are_two_dots_for_each_unit():
    sheet = compose(scene(lecture(), 150), "LR")
    width, height = size(png(sheet))
    assert width == pytest.approx(2 * sheet.width, abs=1)
    assert height == pytest.approx(2 * sheet.height, abs=1)


@pytest.mark.parametrize(("width", "height"), [(100_000.0, 100.0), (100.0, 100_000.0), (8_000.0, 8_000.0)])
def test_a_huge_picture_is_coarser(width: float, height: float):
    dots = size(png(Sheet("huge", width, height, ())))
    assert max(dots) <= 65_535
    assert dots[0] * dots[1] <= 30e6
    assert dots[0] / dots[1] == pytest.approx(width / height, rel=0.02)


def test_the_same_sheet_gives_the_same_bytes():
    assert png(compose(scene(lecture(), 150), "TB")) == png(compose(scene(lecture(), 150), "TB"))


def test_dollars_and_the_users_settings_do_not_matter():
    value = Value(1.0, label=r"$x^2$ \frac{")
    plain = png(compose(scene(value, 9), "LR"))
    with matplotlib.rc_context({"text.usetex": True, "font.size": 30, "figure.dpi": 10, "savefig.dpi": 10}):
        assert png(compose(scene(value, 9), "LR")) == plain
