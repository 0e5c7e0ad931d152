"""A graph in the language of Graphviz, as records and ellipses."""

from collections.abc import Sequence
from itertools import count

from moregrad.drawing.graph import Card, Graph
from moregrad.drawing.style import EDGES, FILLS, LINES, OP_EDGE, OP_FILL, PAPER


def write_dot(graph: Graph, direction: str) -> str:
    """The text of a DOT file, in which v0, v1, ... are nodes, op0, ... operations and cut0, ... omitted nodes."""
    names = _name_cards(graph.cards)
    lines = [f"rankdir={direction};", f'bgcolor="{PAPER}";']
    if graph.notes:
        note = r"\n".join(escape(note) for note in graph.notes)
        lines.append(f'label="{note}";')
    lines.append('node [fontname="monospace", fontsize=11, style="filled,rounded"];')
    lines.append(f'edge [color="{LINES}", arrowsize=0.7];')
    operations = count()
    for card, name in zip(graph.cards, names, strict=True):
        lines.append(_write_node(card, name))
        target = name
        if card.op:
            target = f"op{next(operations)}"
            colours = f'fillcolor="{OP_FILL}", color="{OP_EDGE}"'
            lines.append(f'{target} [shape=ellipse, style=filled, label="{escape(card.op)}", {colours}];')
        lines += [f"{names[x]} -> {target};" for x in card.inputs]
        if card.op:
            lines.append(f"{target} -> {name};")
    return "\n".join(["digraph {", *(f"  {line}" for line in lines), "}"]) + "\n"


def _name_cards(cards: Sequence[Card]) -> list[str]:
    shown, omitted = count(), count()
    return [f"cut{next(omitted)}" if card.role == "omitted" else f"v{next(shown)}" for card in cards]


def _write_node(card: Card, name: str) -> str:
    colours = f'fillcolor="{FILLS[card.role]}", color="{EDGES[card.role]}"'
    if card.role == "omitted":
        return f'{name} [shape=box, style="dashed,rounded", label="{escape(card.label)}", {colours}];'
    fields = [escape(card.label)] if card.label else []
    fields += [f"{escape(key)} {escape(figure)}" for key, figure in card.fields]
    return f'{name} [shape=record, label="{{ {" | ".join(fields)} }}", {colours}];'


def escape(text: str) -> str:
    """`text` for a label: nothing in it ends the string, divides a record or is taken for an entity."""
    text = text.replace("&", "&amp;")
    return "".join(f"\\{c}" if c in '\\"{}|<>' else c for c in text)
