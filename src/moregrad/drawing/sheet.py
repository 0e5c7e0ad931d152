"""A graph laid out on a sheet: a page, lines, cards and notes."""

from collections.abc import Sequence

from moregrad.drawing.cards import draw_card, draw_op, measure_card, measure_op, measure_width
from moregrad.drawing.graph import Card, Graph
from moregrad.drawing.layout import Block, lay_out
from moregrad.drawing.lines import Piece, draw_lines
from moregrad.drawing.shapes import Box, Flow, Group, Sheet, Size, Text
from moregrad.drawing.style import BEHIND, CELL, FAINT, FRAME, LINE, MARGIN, PAPER, RADIUS, RUN, TO_NOTES
from moregrad.drawing.text import count_cells


def compose(graph: Graph, direction: str) -> Sheet:
    """The sheet of `graph`, with the flow from left to right ("LR") or from top to bottom ("TB")."""
    flow = Flow(direction)
    card_width = measure_width(graph.cards)
    sizes = [measure_card(card, card_width) for card in graph.cards]
    ops = [measure_op(card, direction) for card in graph.cards]
    layout = lay_out([_make_block(*measured, flow) for measured in zip(graph.cards, sizes, ops, strict=True)])
    pieces = [Piece(*measured) for measured in zip(graph.cards, sizes, ops, layout.spots, strict=True)]

    width, height = flow.orient((layout.length, layout.breadth))
    full = max(width, *(count_cells(note) * CELL for note in graph.notes), 0.0) + 2 * MARGIN
    flow = Flow(direction, (full - width) / 2, MARGIN)
    lines = Group("", tuple(draw_lines(layout.routes, pieces, flow)))
    notes = _draw_notes(graph.notes, MARGIN + height + TO_NOTES)
    bottom = height + 2 * MARGIN + (TO_NOTES + len(notes) * LINE - 4.0 if notes else 0.0)
    page = Group("", (Box(0.5, 0.5, full - 1, bottom - 1, 10.0, PAPER, FRAME, 1.0),))
    return Sheet(graph.title, full, bottom, (page, lines, *_draw_pieces(pieces, flow), *notes))


def _make_block(card: Card, size: Size, op: Size, flow: Flow) -> Block:
    """A card as the layout sees it: its operation is the lead; without one, lines arrive at the card."""
    length, breadth = flow.orient(size)
    if card.op:
        lead, op_breadth = flow.orient(op)
        return Block(lead + BEHIND + RUN, length, max(breadth, op_breadth), op_breadth / 2 - 4.0, card.inputs)
    return Block(RUN if card.inputs else 0.0, length, breadth, breadth / 2 - RADIUS, card.inputs)


def _draw_pieces(pieces: Sequence[Piece], flow: Flow) -> list[Group]:
    groups = []
    for card, size, op, (along, across) in pieces:
        if card.op:
            length, breadth = flow.orient(op)
            groups.append(draw_op(card, flow.locate(along - BEHIND - length, across - breadth / 2), op))
        groups.append(draw_card(card, flow.locate(along, across - flow.orient(size)[1] / 2), size))
    return groups


def _draw_notes(notes: Sequence[str], top: float) -> list[Group]:
    """The notes from the left, where a picture that is too wide for the screen begins."""
    return [Group("", (Text(MARGIN, top + (i + 0.7) * LINE, note, FAINT),)) for i, note in enumerate(notes)]
