from .drawing import Drawing as Drawing
from .drawing import draw_graph as draw_graph
from .graph import Node as Node
