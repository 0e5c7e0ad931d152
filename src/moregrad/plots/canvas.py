"""The axes and colours that all figures share."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

# From the palette of Okabe and Ito, https://jfly.uni-koeln.de/color/, which colour-blind people can tell apart.
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
# They also differ in lightness, for black-and-white print.
PALE_BLUE, PALE_VERMILION = "#A3CBE3", "#FBE4D3"
GUIDE = "#D0D0D0"


def make_axes(width: float, height: float) -> Axes:
    """Empty axes in a new figure of that size in inches, which pyplot does not know and so does not keep alive."""
    axes = Figure((width, height), layout="constrained").add_subplot()
    axes.set_prop_cycle(color=[BLUE, VERMILION, GREEN, PURPLE])
    return axes
