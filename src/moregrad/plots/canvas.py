"""What all pictures share: where to draw, and in which colours."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

# From the palette of Okabe and Ito, https://jfly.uni-koeln.de/color/, made to be told apart by colour-blind people too.
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
# Of different lightness as well, for a printer without colours.
PALE_BLUE, PALE_VERMILION = "#A3CBE3", "#FBE4D3"
GUIDE = "#D0D0D0"


def blank(width: float, height: float) -> Axes:
    """Empty axes in a figure of their own, in inches, unknown to pyplot: it is freed when nobody holds it any more."""
    axes = Figure((width, height), layout="constrained").add_subplot()
    axes.set_prop_cycle(color=[BLUE, VERMILION, GREEN, PURPLE])
    return axes
