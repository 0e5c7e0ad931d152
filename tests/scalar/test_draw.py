"""draw: from a Value to a picture and to a file."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given

from moregrad.errors import ScalarError
from moregrad.scalar import MLP, Value
from moregrad.scalar.draw import Drawing, draw
from scalar.picture.graphs import lecture, neuron, readme, values


def shown(drawing: Drawing) -> str:
    return " ".join(ElementTree.fromstring(drawing.svg.encode()).itertext())


def test_the_readme_expression_of_micrograd_is_drawn_with_its_numbers():
    value = readme()
    value.backward()
    drawing = draw(value)
    assert repr(drawing) == "Drawing of 33 values and 25 operations"
    assert all(number in shown(drawing) for number in ("24.7041", "138.8338", "645.5773"))
    assert "g | data 24.7041 | grad 1.0000" in drawing.dot
    assert "a | data -4.0000 | grad 138.8338" in drawing.dot


@pytest.mark.parametrize("build", [readme, lecture, neuron])
@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_the_same_graph_built_twice_gives_the_same_bytes(build: Any, direction: str):
    assert draw(build(), direction=direction) == draw(build(), direction=direction)


def test_another_process_gives_the_same_bytes(tmp_path: Path):
    code = (
        "from moregrad.scalar import Value; from moregrad.scalar.draw import draw\n"
        "a = Value(2.0, label='a'); b = Value(3.0); print(draw((a * b + a).tanh() / b).svg, end='')"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout.startswith(b"<svg")


def test_the_picture_is_of_the_moment_it_was_drawn():
    value = lecture()
    before = draw(value)
    value.backward()
    assert "not computed yet" in before.svg
    assert "not computed yet" not in draw(value).svg


def test_before_backward_gradients_are_not_shown_as_zeros():
    drawing = draw(lecture())
    assert "gradients are not computed yet: call backward()" in shown(drawing)
    assert "grad" not in shown(drawing).replace("gradients are not computed yet", "")


def test_jupyter_gets_the_svg_and_a_prompt_one_short_line():
    drawing = draw(lecture())
    assert drawing._repr_svg_() == drawing.svg
    assert repr(drawing) == "Drawing of 7 values and 3 operations"
    assert repr(draw(Value(1.0))) == "Drawing of 1 value and 0 operations"


def test_a_drawing_cannot_be_changed():
    drawing: Any = draw(Value(1.0))
    with pytest.raises(AttributeError):
        drawing.svg = ""


def test_a_network_on_a_point_is_drawn():
    output = MLP(2, [3, 1], activation="tanh")([1.0, -2.0])
    output.backward()
    assert repr(draw(output)) == "Drawing of 40 values and 21 operations"


def test_a_graph_beyond_the_limit_is_cut_with_a_note():
    drawing = draw(readme(), limit=10)
    assert "10 of 33 values shown; draw(value, limit=...) shows more" in shown(drawing)
    assert repr(drawing).startswith("Drawing of 10 values")
    assert "stroke-dasharray" in drawing.svg
    assert "stroke-dasharray" not in draw(readme()).svg


def test_a_chain_of_two_hundred_thousand_additions_is_drawn():
    value = Value(0.0)
    for _ in range(200_000):
        value = value + 1
    assert "150 of 400,001 values shown" in shown(draw(value))


@given(values())
def test_any_graph_can_be_drawn_before_and_after_backward(value: Value):
    before = draw(value)
    value.backward()
    after = draw(value, direction="TB")
    assert repr(before) == repr(after)


# Files


@pytest.mark.parametrize(
    ("name", "begins"), [("g.svg", b"<svg "), ("g.dot", b"digraph {"), ("g.PNG", b"\x89PNG\r\n\x1a\n")]
)
def test_a_drawing_is_saved_in_the_format_its_suffix_names(tmp_path: Path, name: str, begins: bytes):
    path = draw(lecture()).save(tmp_path / name)
    assert path == tmp_path / name
    assert path.read_bytes().startswith(begins)


def test_text_is_saved_as_utf8(tmp_path: Path):
    drawing = draw(Value(1.0, label="größe 重み"))
    assert drawing.save(str(tmp_path / "g.svg")).read_bytes() == drawing.svg.encode()
    assert drawing.save(str(tmp_path / "g.dot")).read_bytes() == drawing.dot.encode()


@pytest.mark.parametrize("name", ["graph.pdf", "graph", ".svg"])
def test_another_suffix_is_refused_by_name(tmp_path: Path, name: str):
    with pytest.raises(ScalarError, match=r"a picture is saved as \.svg, \.dot or \.png"):
        draw(Value(1.0)).save(tmp_path / name)


def test_a_folder_that_does_not_exist_is_said_to_be_missing(tmp_path: Path):
    with pytest.raises(ScalarError, match=r"there is no folder .*pictures"):
        draw(Value(1.0)).save(tmp_path / "pictures" / "g.svg")


def test_a_path_that_cannot_be_written_is_said_to_be_so(tmp_path: Path):
    (tmp_path / "g.svg").mkdir()
    with pytest.raises(ScalarError, match=r"g\.svg: cannot be written"):
        draw(Value(1.0)).save(tmp_path / "g.svg")


# What may be given


def test_a_direction_is_one_of_two():
    with pytest.raises(ScalarError, match="direction 'RL': it is 'LR' or 'TB'"):
        draw(Value(1.0), direction="RL")


@pytest.mark.parametrize("limit", [0, -1, 2.5, True, None])
def test_a_limit_is_a_whole_number_from_one_on(limit: Any):
    with pytest.raises(ScalarError, match="it is a whole number from 1 on"):
        draw(Value(1.0), limit=limit)


@pytest.mark.parametrize("wrong", [1.0, [Value(1.0)], None])
def test_only_values_are_drawn(wrong: Any):
    with pytest.raises(ScalarError, match=f"draw takes a Value, not {type(wrong).__name__}"):
        draw(wrong)


def test_drawing_loads_nothing_heavy():
    code = (
        "import sys; from moregrad.scalar import Value; from moregrad.scalar.draw import draw; draw(Value(1.0) * 2)\n"
        "print(*sorted({'jax', 'matplotlib', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "\n"
