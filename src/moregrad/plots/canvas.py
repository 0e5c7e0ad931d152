"""The axes and colours that all figures share."""

from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.ticker import MaxNLocator

from moregrad.plots.saving import to_png

# From the palette of Okabe and Ito, https://jfly.uni-koeln.de/color/, which colour-blind people can tell apart.
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
PALETTE = (BLUE, VERMILION, GREEN, PURPLE)
# They also differ in lightness, for black-and-white print.
PALE_BLUE, PALE_VERMILION = "#A3CBE3", "#FBE4D3"
GUIDE, FAINT = "#D0D0D0", "#767676"
DARK_BLUE, DARK_VERMILION, INK, WHITE = "#00304D", "#6B2F00", "#222222", "#FFFFFF"

SHADES = LinearSegmentedColormap.from_list("from white to blue", [WHITE, PALE_BLUE, BLUE, DARK_BLUE])
HEAT = LinearSegmentedColormap.from_list("from white to vermilion", [WHITE, PALE_VERMILION, VERMILION])
SIGNS = LinearSegmentedColormap.from_list("from blue to vermilion", [DARK_BLUE, BLUE, WHITE, VERMILION, DARK_VERMILION])
DEPTH = LinearSegmentedColormap.from_list("from dark blue to orange", [DARK_BLUE, BLUE, "#56B4E9", PURPLE, "#E69F00"])
"""The order of layers, the first the darkest."""

SMALL, TEXT = 7.5, 9.0
"""Sizes of letters in points: labels in cells, and everything else."""
DASHES = ("-", "--", "-.", ":")


class Picture(Axes):
    """Axes that a notebook shows when they are the value of a cell."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """Returns the picture in twice as many pixels as it is shown in, for sharp screens."""
        figure = self.get_figure(root=True)
        assert isinstance(figure, Figure)
        width, height = (round(inches * 100) for inches in figure.get_size_inches())
        return to_png(self, dpi=200), {"width": width, "height": height}


def make_axes(width: float, height: float) -> Axes:
    """Empty axes in a new figure of that size in inches, which pyplot does not know and so does not keep alive."""
    axes = Figure((width, height), layout="constrained").add_subplot(axes_class=Picture)
    axes.set_prop_cycle(color=PALETTE)
    return axes


def draw_grid(axes: Axes) -> None:
    """Draws a pale grid behind the data."""
    axes.grid(color=GUIDE, linewidth=0.5)
    axes.set_axisbelow(True)


def draw_steps(axes: Axes) -> None:
    """Draws the axis of the steps of a training, and a grid."""
    draw_grid(axes)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=9, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel("step", fontsize=TEXT)
    axes.tick_params(labelsize=TEXT)


def draw_scale(image: AxesImage) -> None:
    """Draws beside an image what its colours mean."""
    axes = image.axes
    assert axes is not None
    axes.figure.colorbar(image, ax=axes, shrink=0.7, aspect=30, pad=0.02).ax.tick_params(labelsize=SMALL)


def line_styles(count: int) -> list[dict[str, Any]]:
    """Returns the colours and dashes of `count` lines in order: from the palette, or from dark to light if more."""
    if count <= len(PALETTE):
        return [{"color": colour, "linestyle": dash} for colour, dash in zip(PALETTE, DASHES, strict=True)][:count]
    return [{"color": DEPTH(i / (count - 1)), "linestyle": DASHES[i % len(DASHES)]} for i in range(count)]


def beside_legend(rows: int) -> float:
    """Returns the height in inches of a figure beside which a legend of that many rows has room."""
    return max(4.0, 0.17 * rows + 1.0)


def draw_legend(axes: Axes, title: str = "") -> None:
    """Puts the legend to the right of the axes, in letters of one width, so that figures stand below each other."""
    style: dict[str, Any] = {"family": "monospace", "size": SMALL}
    legend = axes.legend(
        title=title,
        prop=style,
        title_fontproperties=style,
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        borderaxespad=0,
        frameon=False,
        handlelength=3.4,
        handletextpad=0.8,
        alignment="left",
    )
    legend.get_title().set_position((0, 0))


def ink_on(colours: Callable[[float], tuple[float, ...]], shade: float) -> str:
    """Returns the colour of text that can be read on `shade` of a colour map: dark on light, white on dark."""
    red, green, blue = colours(shade)[:3]
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else WHITE
