"""Lines between cards."""

from drawing.graphs import sheet
from moregrad.drawing import Node
from moregrad.drawing.shapes import Curve, Head
from moregrad.drawing.style import BEHIND


def shapes(nodes: list[Node], direction: str = "LR") -> tuple[list[Curve], list[Head]]:
    drawn = sheet(nodes, direction).groups[1].shapes
    return [s for s in drawn if isinstance(s, Curve)], [s for s in drawn if isinstance(s, Head)]


def test_an_operation_is_joined_to_its_box_by_a_short_arrow():
    x = Node("x")
    curves, heads = shapes([x, Node("y", op="tanh", inputs=[x])])
    assert len(curves) == len(heads) == 2
    start, tip = curves[1].parts[0][0], heads[1].corners[0]
    assert (tip[0] - start[0], tip[1] - start[1]) == (BEHIND, 0.0)


def test_lines_run_down_from_top_to_bottom():
    x = Node("x")
    for direction, along in (("LR", 0), ("TB", 1)):
        (curve,), (head,) = shapes([x, Node("y", inputs=[x])], direction)
        assert head.corners[0][along] > curve.parts[0][0][along]
        assert head.corners[0][1 - along] == curve.parts[0][0][1 - along]


def test_a_stretch_that_two_lines_share_is_drawn_once():
    a = Node("a")
    b = Node("b", inputs=[a])
    c = Node("c", inputs=[b])
    curves, _ = shapes([a, b, c, Node("d", inputs=[c, a]), Node("e", inputs=[c, a])])
    starts = [curve.parts[0] for curve in curves]
    assert starts.count(starts[0]) == 2  # from a: to b, and once for both d and e


def test_only_lines_out_of_omitted_nodes_are_dashed():
    stub, x = Node("…", role="omitted"), Node("x")
    curves, _ = shapes([stub, x, Node("y", op="+", inputs=[stub, x])])
    assert [curve.dashed for curve in curves] == [True, False, False]
