"""Symbols of one vocabulary among those of another."""

import pytest

from moregrad.data.vocabulary import Vocabulary
from moregrad.models.symbol_rows import FRESH, Rows


def vocabulary(characters: str) -> Vocabulary:
    return Vocabulary("".join(sorted(set(characters))))


@pytest.mark.parametrize(
    ("symbol", "known", "expected"),
    [
        ("é", "eéE", "é"),
        ("É", "eéE", "é"),
        ("É", "eE", "E"),
        ("É", "e", "e"),
        ("ő", "o", "o"),
        ("e", "E", "E"),
        ("Ά", "αβ", "α"),
        ("Й", "й", "й"),
        ("ß", "s", None),
        ("İ", "i", "i"),
        ("-", "ab", None),
        ("🙂", "ab", None),
    ],
)
def test_a_symbol_begins_as_itself_or_the_most_similar_letter(symbol: str, known: str, expected: str | None):
    there = vocabulary(known)
    rows = Rows.between(vocabulary(symbol + "qx"), there)
    found = rows.ids[1 + "".join(sorted({*symbol, "q", "x"})).index(symbol)]
    assert found == (-1 if expected is None else there.ids(expected)[0])


def test_the_boundary_begins_as_the_boundary():
    assert Rows.between(vocabulary("xyz"), vocabulary("ab")).ids.tolist() == [0, -1, -1, -1]


def test_a_list_in_capitals_begins_as_one_in_lower_case():
    there = vocabulary("ABab")
    assert there.decode(Rows.between(vocabulary("AB -"), there).ids[3:]) == "ab"
    assert there.decode(Rows.between(vocabulary("ABa"), there).ids[1:]) == "ABa"
    whole = vocabulary("ABCDEFGHIJKLMNOPabcdefghijklmnopñ")
    assert whole.decode(Rows.between(vocabulary("ABCDEFGHIJKLMNOPñ"), whole).ids[1:]) == "abcdefghijklmnopñ"


def test_symbols_are_counted_by_how_they_begin():
    rows = Rows.between(vocabulary("aAéz🙂"), vocabulary("ae"))
    assert (rows.shared, rows.alike, rows.fresh, len(rows)) == (1, 2, 2, 6)


def test_letters_without_case_are_themselves():
    rows = Rows.between(vocabulary("אבג"), vocabulary("אבגד"))
    assert (rows.shared, rows.alike, rows.fresh) == (3, 0, 0)


def test_symbols_that_mean_something_else_begin_fresh():
    rows = Rows.between(Vocabulary("ab\ue000"), Vocabulary("abc\ue000"), apart="\ue000")
    assert rows.ids.tolist() == [0, 1, 2, FRESH]
    assert (rows.shared, rows.alike, rows.fresh) == (2, 0, 1)
