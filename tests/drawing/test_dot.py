"""The graph in the language of Graphviz, read back by a small parser."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.graphs import graph, graphs
from moregrad.drawing import Node
from moregrad.drawing.dot import escape, write_dot

QUOTED = r'"((?:[^"\\]|\\.)*)"'
ATTRIBUTE = rf"(\w+)=(?:{QUOTED}|(\w+|\d+(?:\.\d+)?))"
LIST = rf"\[{ATTRIBUTE}(?:, {ATTRIBUTE})*\]"


def statements(text: str) -> list[str]:
    """The lines between the braces; each is an attribute, a node or an edge."""
    first, *inner, last = text.splitlines()
    assert (first, last) == ("digraph {", "}")
    for line in inner:
        assert re.fullmatch(rf"  ({ATTRIBUTE}|\w+ {LIST}|\w+ -> \w+);", line), line
    return [line.strip() for line in inner]


def labels(text: str) -> dict[str, str]:
    """The label of each node."""
    found = {}
    for statement in statements(text):
        if match := re.match(rf"((?:v|op|cut)\d+) \[.*?label={QUOTED}", statement):
            found[match[1]] = match[2]
    return found


def fields(label: str) -> list[str]:
    """The fields of a record as Graphviz would show them."""
    assert label.startswith("{ ")
    assert label.endswith(" }")
    parts = re.split(r" \| ", label[2:-2])
    return [re.sub(r"\\(.)", r"\1", part).replace("&amp;", "&") for part in parts]


def edges(text: str) -> list[tuple[str, str]]:
    return [(m[1], m[2]) for m in (re.fullmatch(r"(\w+) -> (\w+);", s) for s in statements(text)) if m]


def test_a_small_graph_is_exactly_this():
    a = Node("a", fields=[("data", "2.0000"), ("grad", "-3.0000")])
    b = Node(fields=[("data", "-3.0000"), ("grad", "2.0000")])
    y = Node("y", op="*", inputs=[a, b], fields=[("data", "-6.0000"), ("grad", "1.0000")])
    assert (
        write_dot(graph(a, b, y), "LR")
        == """digraph {
  rankdir=LR;
  bgcolor="#fbfcfd";
  node [fontname="monospace", fontsize=11, style="filled,rounded"];
  edge [color="#93a0b0", arrowsize=0.7];
  v0 [shape=record, label="{ a | data 2.0000 | grad -3.0000 }", fillcolor="#e8f1fa", color="#98badb"];
  v1 [shape=record, label="{ data -3.0000 | grad 2.0000 }", fillcolor="#e8f1fa", color="#98badb"];
  v2 [shape=record, label="{ y | data -6.0000 | grad 1.0000 }", fillcolor="#fff3d3", color="#d8a432"];
  op0 [shape=ellipse, style=filled, label="*", fillcolor="#eeebfa", color="#a79fd6"];
  v0 -> op0;
  v1 -> op0;
  op0 -> v2;
}
"""
    )


def test_the_direction_is_that_of_the_ranks():
    assert "rankdir=TB;" in statements(write_dot(graph(Node("x")), "TB"))


def test_notes_are_the_label_of_the_graph():
    text = write_dot(graph(Node("x"), notes=("5 of 33 nodes shown", "call backward()")), "LR")
    (note,) = (s for s in statements(text) if s.startswith("label="))
    assert note == r'label="5 of 33 nodes shown\ncall backward()";'


def test_an_input_used_twice_has_two_edges():
    a = Node("a")
    assert edges(write_dot(graph(a, Node(op="+", inputs=[a, a])), "LR")) == [
        ("v0", "op0"),
        ("v0", "op0"),
        ("op0", "v1"),
    ]


def test_without_an_operation_an_edge_goes_straight_to_the_node():
    a = Node("a")
    assert edges(write_dot(graph(a, Node("b", inputs=[a])), "LR")) == [("v0", "v1")]


def test_an_omitted_node_is_a_dashed_stub():
    stub = Node("… 2 inputs", role="omitted")
    text = write_dot(graph(stub, Node("L", op="*", inputs=[stub])), "LR")
    assert 'cut0 [shape=box, style="dashed,rounded", label="… 2 inputs"' in text
    assert edges(text) == [("cut0", "op0"), ("op0", "v0")]


@pytest.mark.parametrize("label", ['a"<|&{}\\', "\\", '"', "&amp;", "a | b", "{x}", "<b>", r"\N", "[1]; -> v0"])
def test_a_label_comes_back_as_it_was(label: str):
    assert fields(labels(write_dot(graph(Node(label)), "LR"))["v0"])[0] == label


@given(st.text())
def test_no_text_breaks_the_file(text: str):
    x = Node(text, fields=[(text, text)])
    statements(write_dot(graph(x, Node(op=text, inputs=[x])), "LR"))


def test_separators_of_records_are_escaped():
    assert escape("a | b") == r"a \| b"


@given(graphs())
def test_every_edge_joins_nodes_that_there_are(nodes: list[Node]):
    text = write_dot(graph(*nodes), "LR")
    assert {end for edge in edges(text) for end in edge} <= set(labels(text))
