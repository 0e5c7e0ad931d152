"""Expressions that are typed: arithmetic and named functions, and nothing else."""

import math

import pytest

from moregrad.errors import ScalarError
from moregrad.web.expressions import FUNCTIONS, LONGEST, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("a = 2\nb = -3\nc = a * b\nc + 10", 4.0),
        ("a = 2; a ** 3 / 4 - -a", 4.0),
        ("x = -3\nx ** 2", 9.0),
        ("2 ** 0.5", math.sqrt(2)),
        ("a = 2\na ** a", 4.0),
        ("tanh(0.5) + exp(1)", math.tanh(0.5) + math.e),
        ("a = -1\n(a * 3).relu() + a.tanh()", math.tanh(-1)),
        ("max(1, 2, 3) - min(1, 2)", 2.0),
        ("abs(-2)", 2.0),
        ("größe = 2\ngröße + 1  # a remark", 3.0),
        ("+3", 3.0),
    ],
)
def test_arithmetic_is_that_of_python(text: str, value: float):
    assert read(text).data == pytest.approx(value)


def test_every_function_has_the_value_of_the_engine():
    for name, function in FUNCTIONS.items():
        assert read(f"{name}(0.7)").data == float(function(0.7)), name


def test_names_become_labels_the_first_one_stays():
    root = read("a = 2\nb = a\nL = b * 3")
    assert (root.label, [each.label for each in root.inputs]) == ("L", ["a", ""])


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "open('/etc/passwd')",
        "().__class__",
        "a = 2\na.backward()",
        "a = 2\na.data",
        "[1, 2]",
        "lambda: 1",
        "import os",
        "'text'",
        "True",
        "None",
        "1j",
        "x: int = 3",
        "a = b = 2",
        "a, b = 1, 2",
        "tanh(x=1)",
        "tanh(*[1])",
        "1 < 2",
        "1 if 2 else 3",
        "1 // 2",
        "1 % 2",
        "~1",
        "a = 2\na[0]",
        "f'{1}'",
        "while 1: 1",
        "(a := 2)",
        "exp.forward(1)",
    ],
)
def test_nothing_else_is_allowed(text: str):
    with pytest.raises(ScalarError, match=r"line \d.* is not allowed; allowed are numbers, names|takes one number"):
        read(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "there is nothing to compute"),
        ("a +", "line 1 cannot be read"),
        ("a = 1\n b = 2", "line 2 cannot be read"),
        ("a + 1", "'a' has no value before this; there are no names yet: write a = 2 in a line above"),
        ("b = 1\na + 1", "there are b"),
        ("1 / 0", r"1\.0 / 0\.0 is not defined"),
        ("log(-1)", "log takes numbers above 0"),
        ("tanh(1, 2)", "line 1: tanh takes one number"),
        ("tanh()", "line 1: tanh takes one number"),
        ("max()", r"line 1: max takes numbers, such as max\(a, b\)"),
        ("9" * 1000, "this cannot be computed"),
        ("(" * 900 + "1" + ")" * 900, "cannot be read|cannot be computed"),
        ("-" * 1500 + "1", "cannot be read|cannot be computed|more than 60 values"),
        ("1" + "+1" * 61, "more than 60 values"),
        ("1" * (LONGEST + 1), "2,001 characters; an expression may have 2,000"),
        ("a\0", "cannot be read|cannot be computed"),
    ],
)
def test_what_cannot_be_computed_says_why(text: str, told: str):
    with pytest.raises(ScalarError, match=told):
        read(text)
