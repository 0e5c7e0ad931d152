"""What tests of figures share."""

from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from moregrad.data.points import moons

DEMO = moons(100, noise=0.1, seed=1337)


def rightness(points: np.ndarray) -> np.ndarray:
    """A score: how far right of 0.5 each point lies."""
    return points[:, 0] - 0.5


def render(axes: Axes) -> bytes:
    """The picture, pixel by pixel."""
    picture = BytesIO()
    assert isinstance(axes.figure, Figure)
    axes.figure.savefig(picture, format="rgba")
    return picture.getvalue()
