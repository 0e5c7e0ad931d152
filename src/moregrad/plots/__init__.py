"""Figures: each function takes numbers and returns matplotlib Axes; none shows the figure or imports pyplot.

`axes.figure.savefig("figure.png")` saves it; `axes=` draws into axes of your own.
"""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
