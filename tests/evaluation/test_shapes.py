"""The shapes of words: capitals, lengths, characters, doubled letters."""

import numpy as np
import pytest

from moregrad.evaluation.shapes import Lengths, Shapes, astray, shapes

USUAL = Lengths(3, 8)


@pytest.mark.parametrize(
    ("word", "traits"),
    [
        ("Pidgeot", set()),
        ("pidGeot", {"a capital inside"}),
        ("ΣίσυΦος", {"a capital inside"}),
        ("ab", {"an unusual length"}),
        ("pidgeotto", {"an unusual length", "a doubled letter"}),
        ("Bad Ems", {"a character that is no letter"}),
        ("abc--d", {"a character that is no letter"}),
        ("אבג", set()),
        ("🎉🎉🎉", {"a character that is no letter"}),
        ("", {"an unusual length", "a character that is no letter"}),
    ],
)
def test_a_word_has_the_traits_that_are_seen_in_it(word: str, traits: set[str]):
    assert {name for name, share in shapes([word], USUAL).shares.items() if share == 1} == traits


def test_shares_are_those_of_all_words():
    found = shapes(["anna", "bob", "aBc", "dEf"], USUAL)
    assert (found.words, found.shares["a capital inside"], found.shares["a doubled letter"]) == (4, 0.5, 0.25)
    assert set(shapes([], USUAL).shares.values()) == {0.0}


def test_all_but_a_few_words_are_of_usual_length():
    lengths = np.random.default_rng(0).integers(4, 9, 1000)
    lengths[:4], lengths[4:8] = 1, 40
    assert Lengths.of(["x" * length for length in lengths]) == Lengths(4, 8)
    assert Lengths.of(["abc"]) == Lengths(3, 3)


def having(share: float, words: int) -> Shapes:
    return Shapes(words, {"a capital inside": share})


@pytest.mark.parametrize(
    ("made", "listed", "found"),
    [
        (having(0.1, 800), having(0.0, 118), True),  # One creature in ten
        (having(1 / 140, 800), having(0.0, 118), False),  # and one in 140.
        (having(0.1, 800), having(0.1, 118), False),
        (having(0.0, 800), having(0.3, 118), False),
        (having(0.015, 10**6), having(0.0, 10**6), False),  # Certain, but too few to be seen.
        (having(0.2, 10), having(0.1, 20), False),  # Many, but of too few words.
        (having(0.0, 0), having(0.0, 118), False),
        (having(1.0, 800), having(0.0, 12), True),
    ],
)
def test_what_is_seen_and_no_chance_goes_astray(made: Shapes, listed: Shapes, found: bool):
    assert astray(made, listed) == ["a capital inside"] * found


def test_by_chance_alone_words_hardly_ever_go_astray():
    random = np.random.default_rng(1)
    counts = random.binomial(118, 0.2, 2000).tolist(), random.binomial(800, 0.2, 2000).tolist()
    found = [bool(astray(having(new / 800, 800), having(old / 118, 118))) for old, new in zip(*counts, strict=True)]
    assert np.mean(found) < 0.015
