"""Sizes and shapes of cards."""

import pytest

from moregrad.drawing import Node
from moregrad.drawing.cards import draw_card, draw_op, find_inset, measure_card, measure_op, measure_width
from moregrad.drawing.graph import Card, make_cards
from moregrad.drawing.shapes import Box, Curve, Text


def card(node: Node) -> Card:
    return make_cards([*dict.fromkeys(node.inputs), node])[-1]


def test_one_width_serves_the_widest_text_and_no_omitted_node():
    narrow, wide = card(Node("ab")), card(Node("abcdef"))
    stub = card(Node("much longer than any other", role="omitted"))
    assert measure_width([narrow, wide, stub]) == measure_width([wide]) > measure_width([narrow])
    assert measure_card(narrow, 99.0)[0] == 99.0
    assert measure_card(stub, 99.0)[0] > 99.0


def test_each_field_and_the_label_add_a_line():
    one, two = (card(Node(fields=[("data", "1.0000")] * n)) for n in (1, 2))
    both = card(Node("x", fields=[("data", "1.0000")]))
    heights = [measure_card(c, 99.0)[1] for c in (one, two, both)]
    assert heights == [28.0, 45.0, 48.0]


def test_a_label_alone_has_no_rule_under_it():
    alone, above = card(Node("x")), card(Node("x", fields=[("data", "1.0000")]))
    kinds = [[type(shape) for shape in draw_card(c, (0.0, 0.0), (80.0, 40.0)).shapes] for c in (alone, above)]
    assert kinds == [[Box, Text], [Box, Text, Curve, Text, Text]]


def test_roles_differ_in_colour_and_only_an_omitted_node_is_dashed():
    frames = [draw_card(card(Node("x", role=role)), (0.0, 0.0), (80.0, 40.0)).shapes[0] for role in
              ("input", "inner", "output", "omitted")]  # fmt: skip
    assert len({frame.fill for frame in frames if isinstance(frame, Box)}) == 4
    assert [frame.dashed for frame in frames if isinstance(frame, Box)] == [False, False, False, True]


def test_an_operation_grows_with_its_name_and_its_inputs():
    x = Node("x")
    assert measure_op(card(x), "LR") == (0.0, 0.0)
    assert measure_op(card(Node(op="+", inputs=[x])), "LR") == (26.0, 26.0)
    assert measure_op(card(Node(op="logsumexp", inputs=[x])), "LR")[0] > 26.0
    assert measure_op(card(Node(op="+", inputs=[x] * 6)), "LR") == (26.0, 54.0)
    assert measure_op(card(Node(op="+", inputs=[x] * 6)), "TB") == (54.0, 26.0)


def test_an_operation_has_its_name_in_its_middle():
    group = draw_op(card(Node(op="+", inputs=[Node("x")])), (10.0, 20.0), (26.0, 26.0))
    (text,) = [shape for shape in group.shapes if isinstance(shape, Text)]
    assert (group.title, text.text, text.x, text.anchor) == ("+", "+", 23.0, "middle")


@pytest.mark.parametrize(("port", "inset"), [(0.0, 0.0), (5.0, 1.0), (13.0, 13.0), (-13.0, 13.0)])
def test_a_circle_draws_back_from_its_middle(port: float, inset: float):
    assert find_inset(26.0, port) == pytest.approx(inset)
    assert find_inset(100.0, port) == 0.0
