"""Lines from Values to operations, and from operations to the Values they made."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from moregrad.scalar.picture.cards import inset
from moregrad.scalar.picture.flow import Flow, Size
from moregrad.scalar.picture.layout import Bend, Route, Spot
from moregrad.scalar.picture.scene import Card
from moregrad.scalar.picture.shapes import Curve, Head, Point
from moregrad.scalar.picture.style import ARROW, ARROW_WIDTH, BEHIND, LINES


class Piece(NamedTuple):
    """A card, the sizes of its box and of its operation, and its place."""

    card: Card
    size: Size
    op: Size  # (0, 0) where there is none
    spot: Spot


def draw_lines(routes: Iterable[Route], pieces: Sequence[Piece], flow: Flow) -> list[Curve | Head]:
    """All lines; a stretch that several share is drawn once, so that it looks no heavier than the others."""
    drawn: set[tuple[int, Bend]] = set()
    shapes = []
    for route in routes:
        shared = sum((route.source, bend) in drawn for bend in route.bends)
        drawn.update((route.source, bend) for bend in route.bends)
        shapes += _route(route, shared, pieces, flow)
    for piece in pieces:
        if piece.card.op:
            along, across = piece.spot
            shapes += _arrow([(flow.point(along - BEHIND, across),)], along, across, flow, dashed=False)
    return shapes


def _route(route: Route, shared: int, pieces: Sequence[Piece], flow: Flow) -> list[Curve | Head]:
    """The line from a Value to an operation it goes into, without its first bends if they are `shared`."""
    source, user = pieces[route.source], pieces[route.user]
    start = (source.spot.along + flow.turned(source.size)[0], source.spot.across)
    if shared:
        start = route.bends[shared][:2]
    parts: list[tuple[Point, ...]] = [(flow.point(*start),)]
    for leaves, before, arrives, behind in route.bends[shared:]:
        middle = (leaves + arrives) / 2
        parts.append((flow.point(leaves, before),))
        parts.append((flow.point(middle, before), flow.point(middle, behind), flow.point(arrives, behind)))
    tip = user.spot.along - BEHIND - flow.turned(user.op)[0] + inset(flow.turned(user.op)[1], route.port)
    return _arrow(parts, tip, user.spot.across + route.port, flow, dashed=source.card.role == "cut")


def _arrow(
    parts: list[tuple[Point, ...]], tip: float, across: float, flow: Flow, *, dashed: bool
) -> list[Curve | Head]:
    """A line of `parts` that goes on, straight along the flow, to a head at `tip`."""
    curve = Curve((*parts, (flow.point(tip - ARROW + 1.0, across),)), LINES, dashed=dashed)
    sides = [flow.point(tip - ARROW, across + side * ARROW_WIDTH / 2) for side in (-1, 1)]
    return [curve, Head((flow.point(tip, across), *sides), LINES)]
