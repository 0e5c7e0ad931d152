"""draw_graph: from nodes to a picture and to a file."""

import doctest
import re
import subprocess
import sys
from base64 import b64decode
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import moregrad.drawing
from drawing.graphs import lecture
from moregrad.drawing import Drawing, Node, draw_graph
from moregrad.errors import DrawingError


def read_texts(drawing: Drawing) -> list[str]:
    return [text for text in ElementTree.fromstring(drawing.svg.encode()).itertext() if text.strip()]


def test_a_small_network_is_drawn_in_a_few_lines(tmp_path: Path):
    inputs = [Node(f"x{i}") for i in range(3)]
    hidden = [Node(f"h{i}", inputs=inputs) for i in range(4)]
    drawing = draw_graph([*inputs, *hidden, Node("y", inputs=hidden)], title="Network")
    drawing.save(tmp_path / "network.svg")
    assert repr(drawing) == "Drawing of 8 nodes"
    assert read_texts(drawing) == ["Network: 8 nodes", "x0", "x1", "x2", "h0", "h1", "h2", "h3", "y"]
    assert drawing.svg.count('Z"') == 3 * 4 + 4  # arrow heads
    assert drawing.dot.count("->") == 3 * 4 + 4


def test_contents_title_and_notes_can_be_given():
    drawing = draw_graph(lecture(), title="First\nlecture", contents="7 numbers", notes=["one", "two\t"])
    assert repr(drawing) == "Drawing of 7 numbers"
    assert read_texts(drawing)[0] == r"First\nlecture: 7 numbers"
    assert read_texts(drawing)[-2:] == ["one", r"two\t"]


def test_jupyter_gets_the_svg():
    drawing = draw_graph(lecture())
    assert drawing._repr_svg_() == drawing.svg


def test_a_notebook_shows_the_svg_no_wider_than_the_page_and_no_smaller_than_can_be_read():
    drawing = draw_graph(lecture(), contents="<7> numbers")
    shown = drawing._repr_html_()
    (encoded,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', shown)
    assert b64decode(encoded).decode() == drawing.svg
    assert 'alt="&lt;7&gt; numbers"' in shown
    most, least = (int(number) for number in re.findall(r"m(?:ax|in)-width: (\d+)px", shown))
    assert (most, least) == (round(drawing.sheet.width), round(0.6 * drawing.sheet.width))


def test_the_two_directions_are_different_pictures():
    wide, high = draw_graph(lecture(), direction="LR"), draw_graph(lecture(), direction="TB")
    assert wide.sheet.width > wide.sheet.height
    assert high.sheet.height > high.sheet.width


def test_a_direction_is_one_of_two():
    wrong: Any = "RL"
    with pytest.raises(DrawingError, match="direction 'RL': it is 'LR' or 'TB'"):
        draw_graph(lecture(), direction=wrong)


def test_no_nodes_are_refused():
    with pytest.raises(DrawingError, match="draw_graph of no nodes"):
        draw_graph([])


@pytest.mark.parametrize(
    ("name", "begins"), [("g.svg", b"<svg "), ("g.dot", b"digraph {"), ("g.PNG", b"\x89PNG\r\n\x1a\n")]
)
def test_a_drawing_is_saved_in_the_format_its_suffix_names(tmp_path: Path, name: str, begins: bytes):
    path = draw_graph(lecture()).save(tmp_path / name)
    assert path == tmp_path / name
    assert path.read_bytes().startswith(begins)
    assert list(tmp_path.iterdir()) == [path]


def test_text_is_saved_as_utf8(tmp_path: Path):
    drawing = draw_graph([Node("größe 重み")])
    assert drawing.save(str(tmp_path / "g.svg")).read_bytes() == drawing.svg.encode()
    assert drawing.save(str(tmp_path / "g.dot")).read_bytes() == drawing.dot.encode()


@pytest.mark.parametrize("name", ["graph.pdf", "graph", ".svg"])
def test_another_suffix_is_refused_by_name(tmp_path: Path, name: str):
    with pytest.raises(DrawingError, match=r"a picture is saved as \.svg, \.dot or \.png"):
        draw_graph(lecture()).save(tmp_path / name)


def test_a_folder_that_does_not_exist_is_said_to_be_missing(tmp_path: Path):
    with pytest.raises(DrawingError, match=r"there is no folder .*pictures"):
        draw_graph(lecture()).save(tmp_path / "pictures" / "g.svg")


def test_a_path_that_cannot_be_written_is_said_to_be_so(tmp_path: Path):
    (tmp_path / "g.svg").mkdir()
    with pytest.raises(DrawingError, match=r"g\.svg: cannot be written"):
        draw_graph(lecture()).save(tmp_path / "g.svg")


def test_drawing_knows_no_value_and_loads_nothing_heavy():
    code = (
        "import sys; from moregrad.drawing import Node, draw_graph; draw_graph([Node('x')])\n"
        "print(*sorted({'jax', 'matplotlib', 'numpy', 'moregrad.scalar'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "\n"


@pytest.mark.parametrize("module", ["moregrad.drawing", "moregrad.drawing.text"])
def test_the_examples_give_what_is_written_under_them(module: str):
    results = doctest.testmod(import_module(module))
    assert results.attempted > 0
    assert results.failed == 0


def test_public_names_belong_to_the_package():
    homes = {name: getattr(moregrad.drawing, name).__module__ for name in dir(moregrad.drawing)}
    assert homes == dict.fromkeys(("Drawing", "Node", "draw_graph"), "moregrad.drawing")
