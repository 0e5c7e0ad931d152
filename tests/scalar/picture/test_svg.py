"""The picture as SVG, read back by an XML parser."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.scalar import Value
from moregrad.scalar.picture.scene import scene
from moregrad.scalar.picture.sheet import compose
from moregrad.scalar.picture.svg import svg
from scalar.picture.graphs import lecture

SVG = "{http://www.w3.org/2000/svg}"


def parsed(value: Value) -> ElementTree.Element:
    return ElementTree.fromstring(svg(compose(scene(value, 150), "LR")).encode())


def texts(value: Value) -> list[str]:
    return [element.text or "" for element in parsed(value).iter(f"{SVG}text")]


def test_it_has_a_size_a_title_and_a_page_of_its_own():
    root = parsed(lecture())
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.findtext(f"{SVG}title") == "Expression graph of L: 7 values and 3 operations"
    page = next(root.iter(f"{SVG}rect"))
    assert page.get("fill") == "#fbfcfd"
    assert float(page.get("width", 0)) == pytest.approx(float(root.get("width", 0)) - 1, abs=0.01)


def test_label_data_and_gradient_are_there_to_read():
    value = lecture()
    value.backward()
    shown = texts(value)
    assert shown[:5] == ["a", "data", "2.0000", "grad", "6.0000"]
    assert shown[-6:] == ["*", "L", "data", "-8.0000", "grad", "1.0000"]


@pytest.mark.parametrize("label", ['a"<|&{}\\', "</text>", "<!--", "]]>", "&amp;"])
def test_a_label_comes_back_as_it_was(label: str):
    assert texts(Value(1.0, label=label))[0] == label


@given(st.text())
def test_no_label_breaks_the_xml(label: str):
    parsed(Value(1.0, label=label) + 1)


def test_there_is_nothing_that_could_clash_on_a_page_of_many_pictures():
    for element in parsed(lecture()).iter():
        assert not element.tag.endswith("style")
        assert not {"id", "class", "style"} & set(element.attrib)


def test_hovering_tells_all_digits():
    titles = [element.text for element in parsed(Value(1 / 3, label="third")).iter(f"{SVG}title")]
    assert f"third: data {1 / 3!r}" in titles
