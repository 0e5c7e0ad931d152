"""What a picture is made of: rectangles, curves, arrow heads and words, for any painter."""

from typing import NamedTuple


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


Point = tuple[float, float]
Parts = tuple[tuple[Point, ...], ...]
"""A point to begin at, then each time a point to go straight to, or the three of a cubic curve."""


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


class Words(NamedTuple):
    """Text on a base line; `anchor`, "start", "middle" or "end", is the part of it that is at x."""

    x: float
    y: float
    text: str
    colour: str
    anchor: str = "start"
    bold: bool = False


Shape = Box | Curve | Head | Words


class Group(NamedTuple):
    """Shapes that belong together, and what they are in words; "" where there is nothing to say."""

    title: str
    shapes: tuple[Shape, ...]


class Sheet(NamedTuple):
    """All that is to be painted, in order."""

    title: str
    width: float
    height: float
    groups: tuple[Group, ...]
