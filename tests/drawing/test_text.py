"""Text that fits into a box."""

from moregrad.drawing.text import LONGEST, clip, count_cells, count_nouns, escape_unprintable, shorten


def test_what_cannot_be_printed_is_spelled_out():
    assert escape_unprintable("two\nlines\t\x00\ud800") == r"two\nlines\t\x00\ud800"
    assert escape_unprintable("wörter 重み |<>") == "wörter 重み |<>"


def test_wide_letters_take_two_cells_and_accents_none():
    assert count_cells("ab重") == 4
    assert count_cells("e\u0301") == 1


def test_what_is_too_long_ends_in_an_ellipsis():
    assert shorten("abcdef", 6) == "abcdef"
    assert shorten("abcdefg", 6) == "abcde…"
    assert count_cells(shorten("重" * 20, 6)) <= 6


def test_one_thing_is_singular():
    assert [count_nouns(n, "value") for n in (0, 1, 2)] == ["0 values", "1 value", "2 values"]


def test_a_text_that_no_box_has_room_for_is_cut_and_says_how_much_is_left_out():
    assert clip("a" * LONGEST) == "a" * LONGEST
    assert clip("a" * 10_000) == "a" * LONGEST + "… (9,800 characters left out)"
