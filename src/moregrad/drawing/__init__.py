"""Pictures of graphs: boxes with arrows between them, laid out and painted as SVG, PNG or DOT.

    >>> from moregrad.drawing import Node, draw_graph
    >>> inputs = [Node(f"x{i}") for i in range(3)]
    >>> hidden = [Node(f"h{i}", inputs=inputs) for i in range(4)]
    >>> drawing = draw_graph([*inputs, *hidden, Node("y", inputs=hidden)])
    >>> drawing
    Drawing of 8 nodes

Jupyter shows a Drawing as a picture; `drawing.save("network.svg")` writes one.

Read it in this order: `graph`, what a caller gives; `layers`, `ordering`, `coordinates` and `layout`, which find where
boxes and lines go; `cards`, `lines` and `sheet`, which turn them into shapes; `svg` and `png`, which paint shapes; and
`dot`, which leaves all of this to Graphviz.
"""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
