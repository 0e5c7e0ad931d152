"""Pictures. Each takes numbers and returns matplotlib Axes; none is shown, and none touches pyplot.

`axes.figure.savefig("picture.png")` writes one; `axes=` draws into a picture of your own.
"""

from moregrad.plots.curve import curve as curve
from moregrad.plots.points import decision_boundary as decision_boundary
from moregrad.plots.points import scatter as scatter
