"""Tables for prompts and notebooks."""

import pytest

from moregrad.text_table import BAR, Tabled, TextTable, bar, cell, show_character, width


def test_numbers_stand_on_the_right_and_notes_below():
    table = TextTable(("pair", "count"), [("an", 5438), ("q", 7)], ["two kinds"])
    assert str(table).splitlines() == ["pair  count", "an    5,438", "q         7", "two kinds"]


def test_a_column_has_the_format_given_for_it():
    table = TextTable(("a", "b"), [(0.5, 0.25), ("", 1.0)], formats={"a": ".1%"})
    assert str(table).splitlines() == ["    a       b", "50.0%  0.2500", "       1.0000"]


def test_wide_characters_take_two_columns_and_combining_ones_none():
    rows = [("愛", "x"), ("e\u0301", "x"), ("ab", "x")]
    ends = [line.index("x") + width(line) - len(line) for line in str(TextTable(("", ""), rows)).splitlines()[1:]]
    assert len(set(ends)) == 1


def test_html_is_escaped():
    html = TextTable(("<b>", "n"), [("a&b", 1)], ["<i>"]).to_html()
    assert "&lt;b&gt;" in html
    assert "a&amp;b" in html
    assert "&lt;i&gt;" in html
    assert html.count("<tr>") == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234, "1,234"), (0.5, "0.5000"), (0.0, "0.0000"), (-0.00123456, "-1.235e-03"), (float("inf"), "inf"), ("x", "x")],
)
def test_cells_are_written_for_readers(value: object, text: str):
    assert cell(value) == text


def test_a_bar_is_as_long_as_its_share_to_an_eighth_of_a_character():
    assert bar(1.0) == "█" * BAR
    assert bar(0.0) == ""
    assert bar(1 / BAR / 8) == "▏"
    assert bar(0.5 + 1 / BAR / 2) == "█" * (BAR // 2) + "▌"


def test_characters_that_cannot_be_seen_are_made_visible():
    assert show_character("a") == "a"
    assert show_character("\u0301") == "\u25cc\u0301"
    assert show_character(" ") == "U+0020"
    assert show_character("\u200d") == "U+200D"


class Word(Tabled):
    """A word that is shown as the table of its characters."""

    def table(self) -> TextTable:
        return TextTable(("character",), [("a",), ("<",)])


def test_what_has_a_table_is_shown_as_it():
    assert repr(Word()) == str(Word().table())
    assert Word()._repr_html_() == Word().table().to_html()
