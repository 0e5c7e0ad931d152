"""The picture as SVG, read back by an XML parser."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.graphs import graph, lecture
from moregrad.drawing import Node
from moregrad.drawing.sheet import compose
from moregrad.drawing.svg import write_svg

SVG = "{http://www.w3.org/2000/svg}"


def parse(*nodes: Node) -> ElementTree.Element:
    return ElementTree.fromstring(write_svg(compose(graph(*nodes, title="Expression of L"), "LR")).encode())


def texts(*nodes: Node) -> list[str]:
    return [element.text or "" for element in parse(*nodes).iter(f"{SVG}text")]


def test_it_has_a_size_a_title_and_a_page_of_its_own():
    root = parse(*lecture())
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.findtext(f"{SVG}title") == "Expression of L"
    page = next(root.iter(f"{SVG}rect"))
    assert page.get("fill") == "#fbfcfd"
    assert float(page.get("width", 0)) == pytest.approx(float(root.get("width", 0)) - 1, abs=0.01)


def test_label_data_and_gradient_are_there_to_read():
    x = Node("x", fields=[("data", "2.0000"), ("grad", "6.0000")])
    shown = texts(x, Node("L", op="*", inputs=[x], fields=[("data", "-8.0000"), ("grad", "1.0000")]))
    assert shown[:5] == ["x", "data", "2.0000", "grad", "6.0000"]
    assert shown[-6:] == ["*", "L", "data", "-8.0000", "grad", "1.0000"]


@pytest.mark.parametrize("label", ['a"<|&{}\\', "</text>", "<!--", "]]>", "&amp;"])
def test_a_label_comes_back_as_it_was(label: str):
    assert texts(Node(label))[0] == label


@given(st.text())
def test_no_label_breaks_the_xml(label: str):
    x = Node(label, title=label)
    parse(x, Node(op=label, inputs=[x], fields=[(label, label)]))


def test_there_is_nothing_that_could_clash_on_a_page_of_many_pictures():
    for element in parse(*lecture()).iter():
        assert not element.tag.endswith("style")
        assert not {"id", "class", "style"} & set(element.attrib)


def test_the_title_of_a_node_is_its_tooltip():
    titles = [element.text for element in parse(Node("third", title="third: 0.3333333333333333")).iter(f"{SVG}title")]
    assert "third: 0.3333333333333333" in titles
