"""Lines between cards, and from operations to the cards they belong to."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from moregrad.drawing.cards import find_inset
from moregrad.drawing.graph import Card
from moregrad.drawing.layout import Bend, Route, Spot
from moregrad.drawing.shapes import Curve, Flow, Head, Point, Size
from moregrad.drawing.style import ARROW, ARROW_WIDTH, BEHIND, LINES


class Piece(NamedTuple):
    """A card, the sizes of its box and of its operation, and its spot."""

    card: Card
    size: Size
    op: Size  # (0, 0) for none
    spot: Spot


def draw_lines(routes: Iterable[Route], pieces: Sequence[Piece], flow: Flow) -> list[Curve | Head]:
    """All lines; a stretch that several share is drawn once, so that it looks no heavier than the others."""
    drawn: set[tuple[int, Bend]] = set()
    shapes = []
    for route in routes:
        shared = sum((route.source, bend) in drawn for bend in route.bends)
        drawn.update((route.source, bend) for bend in route.bends)
        shapes += _draw_route(route, shared, pieces, flow)
    for piece in pieces:
        if piece.card.op:
            along, across = piece.spot
            shapes += _draw_arrow([(flow.locate(along - BEHIND, across),)], along, across, flow, dashed=False)
    return shapes


def _draw_route(route: Route, shared: int, pieces: Sequence[Piece], flow: Flow) -> list[Curve | Head]:
    """The line from a card to one it feeds, without the first bends, as many as are `shared`."""
    source, user = pieces[route.source], pieces[route.user]
    start = (source.spot.along + flow.orient(source.size)[0], source.spot.across)
    if shared:
        start = route.bends[shared][:2]
    parts: list[tuple[Point, ...]] = [(flow.locate(*start),)]
    for leaves, before, arrives, behind in route.bends[shared:]:
        middle = (leaves + arrives) / 2
        parts.append((flow.locate(leaves, before),))
        parts.append((flow.locate(middle, before), flow.locate(middle, behind), flow.locate(arrives, behind)))
    tip = user.spot.along
    if user.card.op:
        length, breadth = flow.orient(user.op)
        tip += find_inset(breadth, route.port) - BEHIND - length
    return _draw_arrow(parts, tip, user.spot.across + route.port, flow, dashed=source.card.role == "omitted")


def _draw_arrow(
    parts: list[tuple[Point, ...]], tip: float, across: float, flow: Flow, *, dashed: bool
) -> list[Curve | Head]:
    """A line of `parts` that goes on, straight along the flow, to a head at `tip`."""
    curve = Curve((*parts, (flow.locate(tip - ARROW + 1.0, across),)), LINES, dashed=dashed)
    sides = [flow.locate(tip - ARROW, across + side * ARROW_WIDTH / 2) for side in (-1, 1)]
    return [curve, Head((flow.locate(tip, across), *sides), LINES)]
