"""From nodes to cards."""

import pytest

from drawing.graphs import lecture
from moregrad.drawing import Node
from moregrad.drawing.graph import make_cards
from moregrad.errors import DrawingError


def test_cards_refer_to_their_inputs_by_position():
    cards = make_cards(lecture())
    assert [card.inputs for card in cards] == [(), (), (0, 1), (), (2, 3), (), (4, 5)]
    assert [card.op for card in cards] == ["", "", "*", "", "+", "", "*"]


def test_a_role_follows_from_the_arrows_unless_it_is_given():
    assert [card.role for card in make_cards(lecture())] == [
        *("input", "input", "inner", "input", "inner", "input", "output")
    ]
    assert make_cards([Node("x", role="inner")])[0].role == "inner"
    assert make_cards([Node("alone")])[0].role == "output"


def test_equal_nodes_are_different_nodes():
    a, b = Node("a"), Node("a")
    assert a != b
    assert make_cards([a, b, Node(inputs=[b, a])])[2].inputs == (1, 0)


def test_all_text_is_made_printable():
    (card,) = make_cards([Node("a\nb", op="\t", fields=[("\0", "\r")], title="\ud800")])
    assert (card.label, card.op, card.fields, card.title) == (r"a\nb", r"\t", ((r"\x00", r"\r"),), r"\ud800")


def test_a_node_before_its_input_is_refused_with_both():
    x = Node("x")
    for nodes in ([Node("y", inputs=[x]), x], [Node("y", inputs=[x])]):
        with pytest.raises(DrawingError, match="node 'y' has the input 'x', which is not before it: list inputs first"):
            make_cards(nodes)


def test_a_node_listed_twice_is_refused():
    x = Node("x")
    with pytest.raises(DrawingError, match="node 'x' is listed twice"):
        make_cards([x, x])
