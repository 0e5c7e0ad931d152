"""The graph in the language of Graphviz, read back by a small parser."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.scalar import Value
from moregrad.scalar.picture.dot import dot, escaped
from moregrad.scalar.picture.scene import scene
from scalar.picture.graphs import readme, values

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
    a, b = Value(2.0, label="a"), Value(-3.0)
    value = a * b
    value.label = "y"
    value.backward()
    assert (
        dot(scene(value, 150), "LR")
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
    assert "rankdir=TB;" in statements(dot(scene(Value(1.0), 9), "TB"))


def test_notes_are_the_label_of_the_graph():
    text = dot(scene(readme(), 5), "LR")
    (note,) = (s for s in statements(text) if s.startswith("label="))
    assert note == (
        r'label="5 of 33 values shown; draw(value, limit=...) shows more'
        r'\ngradients are not computed yet: call backward()";'
    )


def test_an_input_used_twice_has_two_edges():
    a = Value(1.0)
    assert edges(dot(scene(a + a, 9), "LR")) == [("v0", "op0"), ("v0", "op0"), ("op0", "v1")]


@pytest.mark.parametrize("label", ['a"<|&{}\\', "\\", '"', "&amp;", "a | b", "{x}", "<b>", r"\N", "[1]; -> v0"])
def test_a_label_comes_back_as_it_was(label: str):
    assert fields(labels(dot(scene(Value(1.0, label=label), 9), "LR"))["v0"])[0] == label


@given(st.text())
def test_no_label_breaks_the_text(label: str):
    statements(dot(scene(Value(1.0, label=label) + 1, 9), "LR"))


def test_separators_of_records_are_escaped():
    assert escaped("a | b") == r"a \| b"


@given(values(), st.integers(1, 30))
def test_every_edge_joins_nodes_that_there_are(value: Value, limit: int):
    text = dot(scene(value, limit), "LR")
    assert {end for edge in edges(text) for end in edge} <= set(labels(text))
