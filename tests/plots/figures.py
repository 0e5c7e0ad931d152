"""The parts that tests of figures share."""

from collections.abc import Iterable
from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

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


def legend(axes: Axes) -> list[str]:
    """The lines of the legend."""
    found = axes.get_legend()
    assert found is not None
    return [text.get_text() for text in found.get_texts()]


def bars(axes: Axes) -> list[float]:
    """The heights of the bars, in order."""
    return [float(bar.get_height()) for bar in axes.patches if isinstance(bar, Rectangle)]


def inches(axes: Axes) -> tuple[float, float]:
    """The size of the figure."""
    assert isinstance(axes.figure, Figure)
    width, height = axes.figure.get_size_inches().tolist()
    return width, height


def ticks(axes: Axes, which: str) -> list[str]:
    """The labels of an axis."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    return [text.get_text() for text in axis.get_ticklabels()]


def smallest_text(texts: Iterable[Text]) -> float:
    """The size of the smallest letters in points."""
    return min(text.get_fontproperties().get_size_in_points() for text in texts)
