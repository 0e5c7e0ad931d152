"""Figures as their pixels."""

from io import BytesIO

from matplotlib.axes import Axes


def drawn(axes: Axes) -> bytes:
    """The picture, pixel by pixel."""
    picture = BytesIO()
    axes.figure.savefig(picture, format="rgba")
    return picture.getvalue()
