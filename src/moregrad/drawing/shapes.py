"""Points and shapes of a picture, for any painter: boxes, curves, arrow heads and text."""

from typing import NamedTuple

Point = tuple[float, float]
Size = tuple[float, float]
"""Width and height."""

Parts = tuple[tuple[Point, ...], ...]
"""The point to begin at, then for each part the point that a straight line goes to or the three of a cubic curve."""


class Box(NamedTuple):
    """A rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    fill: str
    edge: str
    thickness: float = 1.2
    dashed: bool = False


class Curve(NamedTuple):
    """A line."""

    parts: Parts
    colour: str
    thickness: float = 1.3
    dashed: bool = False


class Head(NamedTuple):
    """The head of an arrow: a filled triangle."""

    corners: tuple[Point, ...]
    colour: str


class Text(NamedTuple):
    """Text on a base line; `anchor`, "start", "middle" or "end", is the part of it that is at x."""

    x: float
    y: float
    text: str
    colour: str
    anchor: str = "start"
    bold: bool = False


Shape = Box | Curve | Head | Text


class Group(NamedTuple):
    """Shapes that belong together, and the tooltip that explains them; "" for none."""

    title: str
    shapes: tuple[Shape, ...]


class Sheet(NamedTuple):
    """Groups in the order in which they are painted."""

    title: str
    width: float
    height: float
    groups: tuple[Group, ...]


class Flow(NamedTuple):
    """A direction, "LR" or "TB", and where on the sheet the flow begins."""

    direction: str
    left: float = 0.0
    top: float = 0.0

    def locate(self, along: float, across: float) -> Point:
        """x and y of a point given by its coordinates along and across the flow."""
        x, y = (along, across) if self.direction == "LR" else (across, along)
        return self.left + x, self.top + y

    def orient(self, size: Size) -> Size:
        """Length and breadth from width and height, or the reverse."""
        return size if self.direction == "LR" else (size[1], size[0])
