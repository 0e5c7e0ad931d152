"""A scene laid out on a sheet: a page, lines, cards and notes."""

from collections.abc import Sequence

from moregrad.scalar.picture.cards import card_size, draw_card, draw_op, op_size, value_width
from moregrad.scalar.picture.flow import Flow, Size
from moregrad.scalar.picture.layout import Block, lay_out
from moregrad.scalar.picture.lines import Piece, draw_lines
from moregrad.scalar.picture.scene import Card, Scene
from moregrad.scalar.picture.shapes import Box, Group, Sheet, Words
from moregrad.scalar.picture.style import BEHIND, CELL, FAINT, FRAME, LINE, MARGIN, PAPER, RUN, TO_NOTES
from moregrad.scalar.picture.words import cells


def compose(scene: Scene, direction: str) -> Sheet:
    """The sheet of `scene`, with the flow from left to right ("LR") or from top to bottom ("TB")."""
    flow = Flow(direction)
    value = value_width(scene.cards)
    sizes = [card_size(card, value) for card in scene.cards]
    ops = [op_size(card, direction) if card.op else (0.0, 0.0) for card in scene.cards]
    layout = lay_out([_block(*drawn, flow) for drawn in zip(scene.cards, sizes, ops, strict=True)])
    pieces = [Piece(*drawn) for drawn in zip(scene.cards, sizes, ops, layout.spots, strict=True)]

    width, height = flow.turned((layout.length, layout.breadth))
    full = max(width, *(cells(note) * CELL for note in scene.notes), 0.0) + 2 * MARGIN
    flow = Flow(direction, (full - width) / 2, MARGIN)
    lines = Group("", tuple(draw_lines(layout.routes, pieces, flow)))
    notes = _notes(scene.notes, MARGIN + height + TO_NOTES)
    bottom = height + 2 * MARGIN + (TO_NOTES + len(notes) * LINE - 4.0 if notes else 0.0)
    page = Group("", (Box(0.5, 0.5, full - 1, bottom - 1, 10.0, PAPER, FRAME, 1.0),))
    return Sheet(scene.title, full, bottom, (page, lines, *_drawn(pieces, flow), *notes))


def _block(card: Card, size: Size, op: Size, flow: Flow) -> Block:
    """A card as the layout sees it: its operation is the lead."""
    length, breadth = flow.turned(size)
    lead, op_breadth = flow.turned(op)
    return Block(
        lead + BEHIND + RUN if card.op else 0.0, length, max(breadth, op_breadth), op_breadth / 2 - 4.0, card.inputs
    )


def _drawn(pieces: Sequence[Piece], flow: Flow) -> list[Group]:
    groups = []
    for card, size, op, (along, across) in pieces:
        if card.op:
            length, breadth = flow.turned(op)
            groups.append(draw_op(card, flow.point(along - BEHIND - length, across - breadth / 2), op))
        groups.append(draw_card(card, flow.point(along, across - flow.turned(size)[1] / 2), size))
    return groups


def _notes(notes: Sequence[str], top: float) -> list[Group]:
    """From the left, where a picture that is too wide for the screen begins."""
    return [Group("", (Words(MARGIN, top + (i + 0.7) * LINE, note, FAINT),)) for i, note in enumerate(notes)]
