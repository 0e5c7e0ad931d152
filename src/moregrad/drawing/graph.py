"""The graph to draw: nodes, each of which refers to its inputs."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal, NamedTuple

from moregrad.drawing.text import LONGEST, clip, escape_unprintable
from moregrad.errors import DrawingError

TITLE = 4 * LONGEST
"""Characters of a title, which may quote a label and add to it."""

Role = Literal["input", "inner", "output", "omitted"]


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """A box with a label and, under it, named figures; an arrow leads to it from each of `inputs`.

    With `op`, the arrows meet in a round node of that name before the box. `title` is shown when the mouse rests on the
    box. `role` selects the colours; by default a node that feeds no other is an "output", one without inputs an
    "input", any other "inner". "omitted" is a dashed stub that stands for nodes that are not drawn.
    """

    label: str = ""
    _: KW_ONLY
    inputs: Sequence["Node"] = field(default=(), repr=False)
    op: str = ""
    fields: Sequence[tuple[str, str]] = ()
    title: str = ""
    role: Role | None = None


class Card(NamedTuple):
    """A node ready to be drawn: its text is printable, its role known, its inputs are positions of earlier cards."""

    role: Role
    label: str
    fields: tuple[tuple[str, str], ...]
    title: str
    op: str
    inputs: tuple[int, ...]


class Graph(NamedTuple):
    """Cards, each after its inputs; a title and notes for the whole."""

    cards: tuple[Card, ...]
    title: str
    notes: tuple[str, ...]


def make_cards(nodes: Sequence[Node]) -> tuple[Card, ...]:
    """The cards of `nodes`, in their order; raises DrawingError if an input does not come before the node it feeds."""
    used = {id(x) for node in nodes for x in node.inputs}
    positions: dict[int, int] = {}
    cards = []
    for node in nodes:
        missing = next((x for x in node.inputs if id(x) not in positions), None)
        if missing is not None:
            raise DrawingError(
                f"node {node.label!r} has the input {missing.label!r}, which is not before it: list inputs first"
            )
        if id(node) in positions:
            raise DrawingError(f"node {node.label!r} is listed twice: list each node once")
        positions[id(node)] = len(cards)
        cards.append(_make_card(node, tuple(positions[id(x)] for x in node.inputs), id(node) in used))
    return tuple(cards)


def _make_card(node: Node, inputs: tuple[int, ...], used: bool) -> Card:
    role = node.role or ("output" if not used else "inner" if inputs else "input")
    fields = tuple((prepare(name), prepare(figure)) for name, figure in node.fields)
    label, op, title = prepare(node.label), prepare(node.op), prepare(node.title, most=TITLE)
    return Card(role, label, fields, title, op, inputs)


def prepare(text: str, *, most: int = LONGEST) -> str:
    """Cuts a text before it is escaped, so that the time does not grow with its length."""
    return escape_unprintable(clip(text, most))
