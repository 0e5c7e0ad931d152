"""Characters as labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.plots import characters
from moregrad.plots.canvas import make_axes
from moregrad.plots.characters import fonts, label, label_ticks, spell, unknown_note
from plots.figures import render

UNSEEN = "\u0378"
"""A code point that is no character, and so in no font."""


@pytest.mark.parametrize(
    ("character", "expected"),
    [("a", "a"), ("я", "я"), (" ", "␣"), ("\u0301", "◌\u0301"), ("$", r"\$"), ("\t", "00\n09"), ("\u200d", "20\n0D")],
)
def test_every_character_has_a_label_that_can_be_seen(character: str, expected: str):
    assert label(character) == expected


def test_a_character_without_a_form_is_written_as_its_code_point_and_that_is_told():
    assert label(UNSEEN) == "03\n78"
    assert spell(f"a{UNSEEN}") == "a0378"
    assert unknown_note(["a", UNSEEN]) == "\nU+0378: a code point that has no letter in the fonts of this computer"
    assert unknown_note(["a", "я", " "]) == ""


def test_of_many_such_characters_three_are_told():
    assert unknown_note(["\u0378\u0379", "\u0380\u0381"]).startswith("\nU+0378, U+0379, U+0380, ...: code points")


def test_a_font_that_has_the_character_is_taken_where_the_usual_one_has_not(monkeypatch: pytest.MonkeyPatch):
    characters.font_of.cache_clear()
    monkeypatch.setattr(characters, "_has", lambda path, point: "Mono" in path)
    assert "DejaVu Sans Mono" in fonts(["ツ"])
    assert label("ツ") == "ツ"
    monkeypatch.undo()
    characters.font_of.cache_clear()


def test_a_word_with_two_dollars_is_no_formula():
    axes = make_axes(2, 2)
    label_ticks(axes, "x", ["$", "$x$"])
    assert render(axes)


@pytest.mark.parametrize(("count", "labelled"), [(1, 1), (90, 90), (148, 148), (200, 100), (1000, 167)])
def test_ticks_beyond_one_row_stand_in_two_and_beyond_those_are_thinned(count: int, labelled: int):
    axes = make_axes(10, 2)
    label_ticks(axes, "x", ["a"] * count)
    major, minor = axes.xaxis.get_ticklabels(), axes.xaxis.get_ticklabels(minor=True)
    assert len(major) + len(minor) == labelled
    assert (len(minor) > 0) == (labelled > 90)


@given(st.text(max_size=8))
def test_any_text_is_drawn_without_a_warning(text: str):
    axes = make_axes(2, 2)
    axes.text(0, 0, spell(text), fontfamily=fonts(text))
    assert render(axes)
