"""How big cards and operations are, and the shapes that make them."""

from collections.abc import Iterable

from moregrad.scalar.picture import style
from moregrad.scalar.picture.flow import Size
from moregrad.scalar.picture.scene import Card
from moregrad.scalar.picture.shapes import Box, Curve, Group, Point, Shape, Words
from moregrad.scalar.picture.style import CAP, CELL, FAINT, INK, LINE, LONGEST, PAD, SIZE
from moregrad.scalar.picture.words import cells, shortened

BASE = 0.36 * SIZE  # from the middle of a line of text down to where its letters stand
HEADING = LINE + 3.0  # a label and the rule under it


def value_width(cards: Iterable[Card]) -> float:
    """One width for all Values, so that they stand in columns."""
    widest = max(cells(text) for card in cards if card.role != "cut" for text in _texts(card))
    return widest * CELL + 2 * PAD


def _texts(card: Card) -> list[str]:
    return [shortened(card.label, LONGEST), *(f"{name}  {figure}" for name, figure in card.fields)]


def card_size(card: Card, value_width: float) -> Size:
    """The size of a card; a stub has a width of its own."""
    if card.role == "cut":
        return cells(card.label) * CELL + 2 * PAD, CAP
    return value_width, len(card.fields) * LINE + PAD + (HEADING if card.label else 0.0)


def op_size(card: Card, direction: str) -> Size:
    """A circle, drawn out for a long name and for many inputs."""
    name = max(CAP, cells(shortened(card.op, LONGEST)) * CELL + 14.0)
    inputs = max(CAP, min(8.0 * len(card.inputs) + 6.0, 4 * CAP))
    return (name, inputs) if direction == "LR" else (max(name, inputs), CAP)


def inset(breadth: float, port: float) -> float:
    """How far the edge of an operation of this breadth draws back, `port` away from its middle."""
    radius = CAP / 2
    beyond = min(max(0.0, abs(port) - (breadth / 2 - radius)), radius)
    return radius - (radius**2 - beyond**2) ** 0.5


def draw_op(card: Card, corner: Point, size: Size) -> Group:
    """The operation, from its upper left corner."""
    (x, y), (width, height) = corner, size
    frame = Box(x, y, width, height, CAP / 2, style.OP_FILL, style.OP_EDGE)
    name = Words(x + width / 2, y + height / 2 + BASE, shortened(card.op, LONGEST), style.OP_INK, "middle")
    return Group(card.op, (frame, name))


def draw_card(card: Card, corner: Point, size: Size) -> Group:
    """The card, from its upper left corner."""
    inside = _stub(card, corner, size) if card.role == "cut" else _lines(card, corner, size)
    return Group(card.exact, (_frame(card, corner, size), *inside))


def _frame(card: Card, corner: Point, size: Size) -> Box:
    thickness = 1.8 if card.role == "root" else 1.2
    return Box(*corner, *size, 7.0, style.FILLS[card.role], style.EDGES[card.role], thickness, card.role == "cut")


def _stub(card: Card, corner: Point, size: Size) -> list[Shape]:
    (x, y), (width, height) = corner, size
    return [Words(x + width / 2, y + height / 2 + BASE, card.label, FAINT, "middle")]


def _lines(card: Card, corner: Point, size: Size) -> list[Shape]:
    x, y = corner[0], corner[1] + PAD / 2
    right = x + size[0]
    shapes: list[Shape] = []
    if card.label:
        label = shortened(card.label, LONGEST)
        shapes.append(Words((x + right) / 2, y + LINE / 2 + BASE, label, INK, "middle", bold=True))
        rule = y + LINE + 1.0
        shapes.append(Curve((((x, rule),), ((right, rule),)), style.EDGES[card.role], 0.8))
        y += HEADING
    for name, figure in card.fields:
        base = y + LINE / 2 + BASE
        shapes.append(Words(x + PAD, base, name, FAINT))
        shapes.append(Words(right - PAD, base, figure, style.FIGURES[name], "end"))
        y += LINE
    return shapes
