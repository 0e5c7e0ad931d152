"""The sizes of cards and operations, and the shapes that make them."""

from collections.abc import Iterable

from moregrad.drawing import style
from moregrad.drawing.graph import Card
from moregrad.drawing.shapes import Box, Curve, Group, Point, Shape, Size, Text
from moregrad.drawing.style import CAP, CELL, FAINT, INK, LINE, LONGEST, PAD, SIZE
from moregrad.drawing.text import count_cells, shorten

BASE = 0.36 * SIZE  # from the middle of a line of text down to where its letters stand
RULE = 3.0  # the rule under a label, with the space around it


def measure_width(cards: Iterable[Card]) -> float:
    """The width of all cards but omitted ones, which is the same for all so that they stand in columns."""
    texts = (text for card in cards if card.role != "omitted" for text in _list_texts(card))
    return max(map(count_cells, texts), default=0) * CELL + 2 * PAD


def _list_texts(card: Card) -> list[str]:
    return [shorten(card.label, LONGEST), *(f"{name}  {figure}" for name, figure in card.fields)]


def measure_card(card: Card, width: float) -> Size:
    """The size of a card, which is of that width unless it is omitted."""
    if card.role == "omitted":
        return count_cells(card.label) * CELL + 2 * PAD, CAP
    lines = len(card.fields) + (card.label != "")
    return width, lines * LINE + PAD + (RULE if card.label and card.fields else 0.0)


def measure_op(card: Card, direction: str) -> Size:
    """The size of a circle, drawn out for a long name and for many inputs; (0, 0) for no operation."""
    if not card.op:
        return 0.0, 0.0
    name = max(CAP, count_cells(shorten(card.op, LONGEST)) * CELL + 14.0)
    inputs = max(CAP, min(8.0 * len(card.inputs) + 6.0, 4 * CAP))
    return (name, inputs) if direction == "LR" else (max(name, inputs), CAP)


def find_inset(breadth: float, port: float) -> float:
    """The distance by which the edge of an operation of this breadth draws back, `port` away from its middle."""
    radius = CAP / 2
    beyond = min(max(0.0, abs(port) - (breadth / 2 - radius)), radius)
    return radius - (radius**2 - beyond**2) ** 0.5


def draw_op(card: Card, corner: Point, size: Size) -> Group:
    """The operation, from its upper left corner."""
    frame = Box(*corner, *size, CAP / 2, style.OP_FILL, style.OP_EDGE)
    return Group(card.op, (frame, _centre(shorten(card.op, LONGEST), corner, size, style.OP_INK)))


def draw_card(card: Card, corner: Point, size: Size) -> Group:
    """The card, from its upper left corner."""
    omitted = card.role == "omitted"
    thickness = 1.8 if card.role == "output" else 1.2
    frame = Box(*corner, *size, style.RADIUS, style.FILLS[card.role], style.EDGES[card.role], thickness, omitted)
    inside = [_centre(card.label, corner, size, FAINT)] if omitted else _draw_lines(card, corner, size)
    return Group(card.title, (frame, *inside))


def _centre(text: str, corner: Point, size: Size, colour: str) -> Text:
    return Text(corner[0] + size[0] / 2, corner[1] + size[1] / 2 + BASE, text, colour, "middle")


def _draw_lines(card: Card, corner: Point, size: Size) -> list[Shape]:
    x, y = corner[0], corner[1] + PAD / 2
    right = x + size[0]
    shapes: list[Shape] = []
    if card.label:
        label = shorten(card.label, LONGEST)
        shapes.append(Text((x + right) / 2, y + LINE / 2 + BASE, label, INK, "middle", bold=True))
        if card.fields:
            rule = y + LINE + 1.0
            shapes.append(Curve((((x, rule),), ((right, rule),)), style.EDGES[card.role], 0.8))
        y += LINE + RULE
    for name, figure in card.fields:
        base = y + LINE / 2 + BASE
        shapes.append(Text(x + PAD, base, name, FAINT))
        shapes.append(Text(right - PAD, base, figure, style.ACCENTS.get(name, INK), "end"))
        y += LINE
    return shapes
