"""The expression graph of a Value as a picture."""

from collections import deque
from typing import Literal

import moregrad.drawing as drawing
from moregrad.drawing.text import clip, count_nouns
from moregrad.errors import ScalarError
from moregrad.scalar.graph import order
from moregrad.scalar.value import Value

NOT_COMPUTED = "gradients are not computed yet: call backward()"


def draw(value: Value, *, direction: Literal["LR", "TB"] = "LR", limit: int = 150) -> "drawing.Drawing":
    """Draws the graph that `value` was computed from, from left to right ("LR") or from top to bottom ("TB").

    Each Value is a card with its label, `data` and, once backward has been called, `grad`; a round node before it names
    the operation that made it. Leaves are blue, `value` itself is amber. Of a graph with more than `limit` Values only
    the nearest to `value` are drawn, and a note says so.

        >>> a, b = Value(2.0, label="a"), Value(-3.0, label="b")
        >>> draw(a * b + a)
        Drawing of 4 values and 2 operations

    In a notebook that is the picture; elsewhere `draw(x).save("graph.png")` writes one, as .svg or .dot too.
    """
    _check(value, limit)
    nodes = make_nodes(value, limit)
    shown, total = sum(node.role != "omitted" for node in nodes), len(order(value))
    operations = sum(node.op != "" for node in nodes)
    notes = [f"{shown:,} of {total:,} values shown; draw(value, limit=...) shows more"] if shown < total else []
    return drawing.draw_graph(
        nodes,
        direction=direction,
        title=f"Expression graph of {clip(value.label)}" if value.label else "Expression graph",
        contents=f"{count_nouns(shown, 'value')} and {count_nouns(operations, 'operation')}",
        notes=notes if value.reached else [*notes, NOT_COMPUTED],
    )


def _check(value: object, limit: object) -> None:
    if not isinstance(value, Value):
        raise ScalarError(f"draw takes a Value, not {type(value).__name__}: {value!r:.60}")
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise ScalarError(f"limit {limit!r}: it is a whole number from 1 on")


def make_nodes(root: Value, limit: int) -> list["drawing.Node"]:
    """A node for each of the `limit` Values nearest to `root`, inputs first, and stubs for inputs that are left out."""
    nodes: list[drawing.Node] = []
    made: dict[int, drawing.Node] = {}
    for v in _sort(root, _find_nearest(root, limit)):
        inputs = [made[id(x)] for x in v.inputs if id(x) in made]
        missing = len(v.inputs) - len(inputs)
        if missing:
            inputs.append(_make_stub(missing))
            nodes.append(inputs[-1])
        made[id(v)] = _make_node(v, inputs, root.reached)
        nodes.append(made[id(v)])
    return nodes


def _find_nearest(root: Value, limit: int) -> set[int]:
    """The identities of the first `limit` Values, counted outwards from `root`."""
    kept = {id(root)}
    waiting = deque([root])
    while waiting:
        for x in waiting.popleft().inputs:
            if len(kept) == limit:
                return kept
            if id(x) not in kept:
                kept.add(id(x))
                waiting.append(x)
    return kept


def _sort(root: Value, kept: set[int]) -> list[Value]:
    """The Values of `kept` in the order in which a reader would compute them, first inputs first."""
    ordered: list[Value] = []
    entered: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        v, ready = waiting.pop()
        if ready:
            ordered.append(v)
        elif id(v) not in entered:
            entered.add(id(v))
            waiting.append((v, True))
            waiting += [(x, False) for x in reversed(v.inputs) if id(x) in kept]
    return ordered


def _make_node(v: Value, inputs: list["drawing.Node"], with_grad: bool) -> "drawing.Node":
    fields, exact = [("data", format_number(v.data))], f"data {v.data!r}"
    if with_grad:
        fields.append(("grad", format_number(v.grad) if v.reached else "–"))
        exact += f", grad {v.grad!r}" if v.reached else ", no gradient"
    op = (v.op or "by hand") if inputs else ""
    title = f"{clip(v.label)}: {exact}" if v.label else exact
    return drawing.Node(v.label, inputs=inputs, op=op, fields=fields, title=title)


def _make_stub(missing: int) -> "drawing.Node":
    inputs = count_nouns(missing, "input")
    return drawing.Node("…" if missing == 1 else f"… {inputs}", title=f"{inputs} not drawn", role="omitted")


def format_number(x: float) -> str:
    """Four decimals, as in micrograd; four digits where those would say nothing.

    >>> format_number(24.70408), format_number(-0.0), format_number(1e-7), format_number(1e9)
    ('24.7041', '0.0000', '1e-07', '1e+09')
    """
    if x == 0:
        return "0.0000"
    return f"{x:.4g}" if abs(x) < 1e-3 or abs(x) >= 1e6 else f"{x:.4f}"
