"""draw: from a Value to a picture and to a file."""

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import pytest
from hypothesis import given

from moregrad.drawing import Drawing
from moregrad.drawing.graph import Card, make_cards
from moregrad.errors import DrawingError, ScalarError
from moregrad.scalar import MLP, Value, draw
from moregrad.scalar.draw import NOT_COMPUTED, format_number, make_nodes
from scalar.expressions import lecture, neuron, readme, values


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
def test_the_same_graph_built_twice_gives_the_same_bytes(build: Any, direction: Literal["LR", "TB"]):
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


# What may be given


def test_a_direction_is_one_of_two():
    wrong: Any = "RL"
    with pytest.raises(DrawingError, match="direction 'RL': it is 'LR' or 'TB'"):
        draw(Value(1.0), direction=wrong)


def test_a_drawing_can_be_saved(tmp_path: Path):
    drawing = draw(lecture())
    assert drawing.save(tmp_path / "g.svg").read_text(encoding="utf-8") == drawing.svg


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


# What is drawn of a Value


def cards(value: Value, limit: int = 150) -> tuple[Card, ...]:
    return make_cards(make_nodes(value, limit))


def test_cards_come_after_their_inputs_first_inputs_first():
    found = cards(lecture())
    assert [card.label for card in found] == ["a", "b", "e", "c", "d", "f", "L"]
    assert [card.inputs for card in found] == [(), (), (0, 1), (), (2, 3), (), (4, 5)]
    assert [card.op for card in found] == ["", "", "*", "", "+", "", "*"]


def test_leaves_computed_values_and_the_root_have_different_roles():
    roles = [card.role for card in cards(lecture())]
    assert roles == ["input", "input", "inner", "input", "inner", "input", "output"]


def test_before_backward_there_is_a_note_instead_of_gradients():
    value = lecture()
    assert NOT_COMPUTED in shown(draw(value))
    assert cards(value)[-1].fields == (("data", "-8.0000"),)


def test_after_backward_there_are_gradients_and_no_note():
    value = readme()
    value.backward()
    assert shown(draw(value)).strip().endswith("1.0000")
    assert cards(value)[-1].fields == (("data", "24.7041"), ("grad", "1.0000"))
    assert {card.label: dict(card.fields)["grad"] for card in cards(value) if card.label in ("a", "b")} == {
        "a": "138.8338",
        "b": "645.5773",
    }


def test_a_gradient_of_zero_is_shown():
    x = Value(-1.0)
    y = x.relu()
    y.backward()
    assert cards(y)[0].fields == (("data", "-1.0000"), ("grad", "0.0000"))


def test_a_value_that_lost_its_gradient_shows_a_dash():
    x = Value(2.0)
    y = x * 3
    z = y.tanh()
    z.backward()
    y.zero_grad()
    fields = [dict(card.fields)["grad"] for card in cards(z)]
    assert fields == ["–", "–", "–", "1.0000"]


def test_of_a_large_graph_the_values_nearest_to_the_root_are_kept():
    value = lecture()
    value.backward()
    assert [card.label for card in cards(value, 3)] == ["… 2 inputs", "d", "f", "L"]
    drawing = draw(value, limit=3)
    assert shown(drawing).strip().endswith("3 of 7 values shown; draw(value, limit=...) shows more")
    assert drawing.contents == "3 values and 2 operations"


def test_kept_and_cut_inputs_of_one_operation_are_both_drawn():
    found = cards(lecture(), 2)
    assert [(card.role, card.label) for card in found] == [
        ("omitted", "… 2 inputs"),
        ("inner", "d"),
        ("omitted", "…"),
        ("output", "L"),
    ]
    assert found[-1].inputs == (1, 2)


def test_a_limit_that_is_just_enough_cuts_nothing():
    assert all(card.role != "omitted" for card in cards(lecture(), 7))


def test_equal_numbers_are_different_values():
    assert len(cards(Value(1.0) + Value(1.0))) == 3


def test_a_node_made_by_hand_has_an_operation_with_or_without_a_name():
    x = Value(2.0)
    assert cards(Value(4.0, (x,), "twice"))[-1].op == "twice"
    assert cards(Value(4.0, (x,)))[-1].op == "by hand"


def test_all_digits_are_told_too():
    x = Value(1 / 3, label="third")
    x.backward()
    assert cards(x)[0].title == f"third: data {1 / 3!r}, grad 1.0"


@pytest.mark.parametrize(
    ("x", "shown"),
    [
        (24.704081632653, "24.7041"),
        (-6.0, "-6.0000"),
        (0.0, "0.0000"),
        (-0.0, "0.0000"),
        (0.001, "0.0010"),
        (0.00012345, "0.0001234"),
        (1e-7, "1e-07"),
        (-1e-7, "-1e-07"),
        (999999.5, "999999.5000"),
        (1e9, "1e+09"),
        (float("inf"), "inf"),
        (float("-inf"), "-inf"),
        (float("nan"), "nan"),
    ],
)
def test_a_number_has_four_decimals_unless_they_would_say_nothing(x: float, shown: str):
    assert format_number(x) == shown


@pytest.mark.parametrize("label", ["a" * 10_000, "\u0301" * 100_000, "重" * 10_000, "\n" * 10_000])
def test_a_label_without_end_is_cut_and_the_title_says_how_much_is_left_out(label: str):
    drawing = draw(Value(1.0, label=label) * 2.0)
    assert f"({len(label) - 200:,} characters left out)" in drawing.svg
    assert len(drawing.svg) < 20_000
