"""From along and across the flow to x and y."""

from typing import NamedTuple

from moregrad.scalar.picture.shapes import Point

Size = tuple[float, float]
"""Width and height."""


class Flow(NamedTuple):
    """A direction, "LR" or "TB", and where on the sheet the flow begins."""

    direction: str
    left: float = 0.0
    top: float = 0.0

    def point(self, along: float, across: float) -> Point:
        """x and y of what is so far along the flow and across it."""
        x, y = (along, across) if self.direction == "LR" else (across, along)
        return self.left + x, self.top + y

    def turned(self, size: Size) -> Size:
        """Length and breadth of a width and a height, or the other way about."""
        return size if self.direction == "LR" else (size[1], size[0])
