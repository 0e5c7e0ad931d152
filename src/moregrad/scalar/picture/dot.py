"""A scene in the language of Graphviz, as records and ellipses."""

from collections.abc import Sequence
from itertools import count

from moregrad.scalar.picture.scene import Card, Scene
from moregrad.scalar.picture.style import EDGES, FILLS, LINES, OP_EDGE, OP_FILL, PAPER


def dot(scene: Scene, direction: str) -> str:
    """The text of a DOT file: v0, v1, ... are Values, op0, ... operations, cut0, ... stand for what is left out."""
    names = _names(scene)
    lines = [f"rankdir={direction};", f'bgcolor="{PAPER}";']
    if scene.notes:
        note = r"\n".join(escaped(note) for note in scene.notes)
        lines.append(f'label="{note}";')
    lines.append('node [fontname="monospace", fontsize=11, style="filled,rounded"];')
    lines.append(f'edge [color="{LINES}", arrowsize=0.7];')
    operations = count()
    for card, name in zip(scene.cards, names, strict=True):
        lines.append(_node(card, name))
        if card.op:
            lines += _operation(card, f"op{next(operations)}", name, [names[x] for x in card.inputs])
    return "\n".join(["digraph {", *(f"  {line}" for line in lines), "}"]) + "\n"


def _names(scene: Scene) -> list[str]:
    values, cuts = count(), count()
    return [f"cut{next(cuts)}" if card.role == "cut" else f"v{next(values)}" for card in scene.cards]


def _node(card: Card, name: str) -> str:
    colours = f'fillcolor="{FILLS[card.role]}", color="{EDGES[card.role]}"'
    if card.role == "cut":
        return f'{name} [shape=box, style="dashed,rounded", label="{escaped(card.label)}", {colours}];'
    fields = [escaped(card.label)] if card.label else []
    fields += [f"{key} {figure}" for key, figure in card.fields]
    return f'{name} [shape=record, label="{{ {" | ".join(fields)} }}", {colours}];'


def _operation(card: Card, op: str, name: str, inputs: Sequence[str]) -> list[str]:
    colours = f'fillcolor="{OP_FILL}", color="{OP_EDGE}"'
    node = f'{op} [shape=ellipse, style=filled, label="{escaped(card.op)}", {colours}];'
    return [node, *(f"{x} -> {op};" for x in inputs), f"{op} -> {name};"]


def escaped(text: str) -> str:
    """`text` for a label: nothing in it ends the string, divides a record or is taken for an entity."""
    text = text.replace("&", "&amp;")
    return "".join(f"\\{c}" if c in '\\"{}|<>' else c for c in text)
