"""Tables on screens of any width."""

import io

import pytest

from moregrad.cli.screen import Screen, table

NAMES = ("run", "model", "steps", "train", "validation")
ROWS = [("runs/mixture-first-names-1", "mixture", 600, 1.9876, 2.0123), ("runs/gru", "gru", 600, 2.0, None)]


def lay_out(width: int) -> list[str]:
    """Returns the lines of the table on a screen of `width` columns."""
    screen = Screen(file=io.StringIO(), width=width)
    with screen.capture() as capture:
        screen.print(table(NAMES, ROWS))
    return [line.rstrip() for line in capture.get().splitlines()]


def test_a_wide_screen_shows_a_line_per_row():
    assert lay_out(80)[1].split() == ["runs/mixture-first-names-1", "mixture", "600", "1.9876", "2.0123"]


def test_a_narrower_one_shows_names_on_lines_of_their_own():
    lines = lay_out(45)
    assert lines[:2] == ["run", "model    steps   train  validation"]
    assert lines[2:4] == ["runs/mixture-first-names-1", "mixture    600  1.9876      2.0123"]


def test_a_very_narrow_one_shows_a_line_per_cell():
    assert "validation  2.0123" in lay_out(30)


@pytest.mark.parametrize("width", [26, 30, 40, 50, 60, 80, 200])
def test_no_name_or_number_is_broken(width: int):
    words = " ".join(lay_out(width)).split()
    assert {"runs/mixture-first-names-1", "validation", "1.9876", "2.0123"} <= set(words)
