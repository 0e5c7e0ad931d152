"""Numbers and names in a box."""

import pytest

from moregrad.scalar.picture.words import cells, counted, number, printable, shortened


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
    assert number(x) == shown


def test_what_cannot_be_printed_is_spelled_out():
    assert printable("two\nlines\t\x00\ud800") == r"two\nlines\t\x00\ud800"
    assert printable("wörter 重み |<>") == "wörter 重み |<>"


def test_wide_letters_take_two_cells_and_accents_none():
    assert cells("ab重") == 4
    assert cells("e\u0301") == 1


def test_what_is_too_long_ends_in_an_ellipsis():
    assert shortened("abcdef", 6) == "abcdef"
    assert shortened("abcdefg", 6) == "abcde…"
    assert cells(shortened("重" * 20, 6)) <= 6


def test_one_thing_is_singular():
    assert [counted(n, "value") for n in (0, 1, 2)] == ["0 values", "1 value", "2 values"]
