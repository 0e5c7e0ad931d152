"""The backward sweep over a graph, one node at a time, each step a picture."""

from dataclasses import dataclass

from moregrad import drawing
from moregrad.errors import ScalarError
from moregrad.scalar.draw import format_number
from moregrad.scalar.graph import order
from moregrad.scalar.value import Value

PENDING = "–"
"""The sign for a gradient that has not begun to arrive."""


@dataclass(frozen=True)
class Step:
    """A step of the sweep: the node that passed its gradient on, if any, what was done, and all gradients then."""

    node: int | None
    told: str
    gradients: tuple[float | None, ...]


def sweep(root: Value) -> tuple[list[Value], list[Step]]:
    """Returns the Values of the graph in their order, and the steps from nothing to the gradients of all.

    Raises ScalarError where a gradient is not a number.
    """
    nodes = order(root)
    names = _name(nodes)
    places = {id(v): place for place, v in enumerate(nodes)}
    gradients: list[float | None] = [None] * len(nodes)
    steps = [Step(None, "Forward: every value was computed from those before it.", tuple(gradients))]
    gradients[-1] = 1.0
    steps.append(Step(len(nodes) - 1, f"The derivative of {names[-1]} by itself is 1.", tuple(gradients)))
    for place in reversed(range(len(nodes))):
        arrived = gradients[place]
        if nodes[place].rule is None or arrived is None:
            continue
        told = []
        for to, partial in zip((places[id(x)] for x in nodes[place].inputs), nodes[place].partials, strict=True):
            # As in backward, a gradient of 0 is not passed on, so that an infinite derivative does no harm.
            share = partial * arrived if arrived else 0.0
            gradients[to] = _add(gradients[to], share, names[to])
            told.append(
                f"{names[to]} gets {' × '.join(map(format_number, (partial, arrived)))} = {format_number(share)}"
            )
        passed = f"{names[place]}, made by {nodes[place].op}, passes its gradient on: {'; '.join(told)}."
        steps.append(Step(place, passed, tuple(gradients)))
    return nodes, steps


def _add(gradient: float | None, share: float, name: str) -> float:
    total = (gradient or 0.0) + share
    if total != total:
        raise ScalarError(f"the gradient of {name} is not a number: infinite derivatives met 0 or each other")
    return total


def draw(nodes: list[Value], steps: list[Step]) -> list[str]:
    """Returns the picture of every step as SVG, all of one size; the node at work is highlighted."""
    figures = [[_figure(gradient) for gradient in step.gradients] for step in steps]
    # One width for all pictures, or the graph would move from step to step.
    width = max(len(figure) for row in figures for figure in row)
    return [
        drawing.draw_graph(_cards(nodes, step.node, [figure.rjust(width) for figure in row]), contents=step.told).svg
        for step, row in zip(steps, figures, strict=True)
    ]


def _cards(nodes: list[Value], at_work: int | None, figures: list[str]) -> list["drawing.Node"]:
    made: dict[int, drawing.Node] = {}
    for place, v in enumerate(nodes):
        role = "output" if place == at_work else "inner" if v.rule else "input"
        fields = [("data", format_number(v.data)), ("grad", figures[place])]
        inputs = [made[id(x)] for x in v.inputs]
        title = f"{v.label}: data {v.data!r}" if v.label else f"data {v.data!r}"
        made[id(v)] = drawing.Node(v.label, inputs=inputs, op=v.op, fields=fields, title=title, role=role)
    return list(made.values())


def _figure(gradient: float | None) -> str:
    return PENDING if gradient is None else format_number(gradient)


def _name(nodes: list[Value]) -> list[str]:
    """Returns for each Value its label, or else its number as it stands in the picture."""
    return [v.label or format_number(v.data) for v in nodes]
