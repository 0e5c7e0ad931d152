"""Graphs to draw."""

from hypothesis import strategies as st

from moregrad.drawing import Node
from moregrad.drawing.graph import Graph, make_cards
from moregrad.drawing.shapes import Sheet
from moregrad.drawing.sheet import compose

# The expression in micrograd's README: label, operation and the positions of its inputs.
README = """a|; b|; |+ 0 1; |+ 2 2; |; |+ 3 4; |; |+ 5 6; |+ 5 7; |neg 0; |+ 8 9; |* 0 1; |**3 1; |+ 11 12; |; |* 13 14;
|+ 13 15; |+ 1 0; |ReLU 17; |+ 16 18; |; |* 19 20; |+ 19 21; |neg 0; |+ 1 23; |ReLU 24; |+ 22 25; |- 10 26; |**2 27;
|; |/ 28 29; |; |/ 31 28; g|+ 30 32"""


def read_nodes(text: str) -> list[Node]:
    """Nodes from lines such as `README`, each with a figure."""
    nodes: list[Node] = []
    for i, line in enumerate(text.split(";")):
        label, op = line.strip().split("|")
        name, *inputs = op.split() or [""]
        fields = [("data", f"{i / 7:.4f}")]
        nodes.append(Node(label, op=name, inputs=[nodes[int(x)] for x in inputs], fields=fields))
    return nodes


def readme() -> list[Node]:
    """The expression in micrograd's README."""
    return read_nodes(README)


def lecture() -> list[Node]:
    """The first expression of the first lecture."""
    return read_nodes("a|; b|; e|* 0 1; c|; d|+ 2 3; f|; L|* 4 5")


def neuron() -> list[Node]:
    """The neuron of the first lecture."""
    return read_nodes("x1|; w1|; |* 0 1; x2|; w2|; |* 3 4; |+ 2 5; b|; |+ 6 7; |tanh 8")


def network() -> list[Node]:
    """Layers of 3, 4, 4 and 2 boxes, without operations."""
    layers = [[Node(f"x{i}") for i in range(3)]]
    for name, size in (("h", 4), ("k", 4), ("y", 2)):
        layers.append([Node(f"{name}{i}", inputs=layers[-1]) for i in range(size)])
    return [node for layer in layers for node in layer]


@st.composite
def graphs(draw: st.DrawFn) -> list[Node]:
    """Nodes with and without operations, labels, figures and omitted inputs, one of them the last of all."""
    nodes = [Node("leaf", fields=[("data", "0.5000")]) for _ in range(draw(st.integers(1, 4)))]
    for _ in range(draw(st.integers(0, 25))):
        recent = st.integers(max(0, len(nodes) - 6), len(nodes) - 1)
        inputs = [nodes[i] for i in draw(st.lists(recent, min_size=1, max_size=4))]
        if draw(st.integers(0, 9)) == 0:
            inputs.append(Node("… 2 inputs", title="2 inputs not drawn", role="omitted"))
            nodes.append(inputs[-1])
        label = draw(st.sampled_from(["", "y", "a long label, longer than most"]))
        fields = [("data", "-0.2500"), ("grad", "1e-07")][: draw(st.integers(0, 2))]
        op = draw(st.sampled_from(["", "+", "tanh", "logsumexp"]))
        nodes.append(Node(label, op=op, inputs=inputs, fields=fields))
    return nodes


def graph(*nodes: Node, title: str = "Graph", notes: tuple[str, ...] = ()) -> Graph:
    """A graph ready to be laid out."""
    return Graph(make_cards(nodes), title, notes)


def sheet(nodes: list[Node], direction: str = "LR") -> Sheet:
    """The nodes laid out."""
    return compose(graph(*nodes), direction)
