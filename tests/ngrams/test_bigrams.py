"""The table of pairs against the figures of the first lecture and of two lists of names."""

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad import torch_random
from moregrad.data import read_corpus
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError, DataError
from moregrad.ngrams import Bigrams
from moregrad.ngrams import bigrams as module

SEED = 2147483647
FIRST_LETTERS = (
    "0 .1377 .0408 .0481 .0528 .0478 .0130 .0209 .0273 .0184 .0756 .0925 .0491 .0792 .0358 .0123 .0161 .0029 .0512 "
    ".0642 .0408 .0024 .0117 .0096 .0042 .0167 .0290"
)
PRINTED = """
n. 6763 a. 6640 an 5438 .a 4410 e. 3983 ar 3264 el 3248 ri 3033 na 2977 .k 2963
le 2921 en 2675 la 2623 ma 2590 .m 2538 al 2528 i. 2489 li 2480 ia 2445 .j 2422
"""
PUBLISHED = {
    "multinomial_cumulative": ["mor", "axx", "minaymoryles", "kondlaisah", "anchshizarie"],
    "multinomial_race": ["cexze", "momasurailezitynn", "konimittain", "llayn", "ka"],
    "multinomial_mkl_race": ["junide", "janasah", "p", "cony", "a"],
}


@pytest.fixture(scope="module")
def names(names_words: list[str]) -> Bigrams:
    return Bigrams.of(names_words)


@pytest.fixture(scope="module")
def indian(indian_names_path) -> Bigrams:
    return Bigrams.of(read_corpus(indian_names_path, lower=True, alphabet="a-z").words)


def test_the_table_of_names_is_the_lectures(names: Bigrams):
    assert names.characters == ".abcdefghijklmnopqrstuvwxyz"
    assert names.counts[0].sum() == names.counts[:, 0].sum() == 32_033
    assert names.counts.sum() == 228_146
    assert np.count_nonzero(names.counts == 0) == 102


def test_the_pairs_of_names_are_the_lectures(names: Bigrams):
    pairs = names.pairs()
    assert len(pairs) == 627
    printed = PRINTED.split()
    assert list(pairs.items())[:20] == [
        (pair, int(count)) for pair, count in zip(printed[::2], printed[1::2], strict=True)
    ]


def test_first_letters_are_as_likely_as_printed(names: Bigrams):
    np.testing.assert_allclose(names.probabilities()[0], np.array(FIRST_LETTERS.split(), float), atol=5e-5)


@pytest.mark.parametrize("smoothing", [0, 1, 0.5])
def test_rows_of_probabilities_add_up_to_one(smoothing: float, names: Bigrams):
    np.testing.assert_allclose(names.probabilities(smoothing).sum(axis=1), 1, rtol=1e-14)


def test_adding_one_adds_one_to_every_cell(names: Bigrams):
    smoothed = (names.counts + 1) / (names.counts + 1).sum(axis=1)[:, None]
    np.testing.assert_array_equal(names.probabilities(1), smoothed)


@given(st.lists(st.text("abc", min_size=1, max_size=5), min_size=1))
def test_pairs_are_those_counted_by_hand(words: list[str]):
    by_hand = Counter(a + b for word in words for a, b in pairwise(f".{word}."))
    pairs = Bigrams.of(words).pairs()
    assert pairs == by_hand
    assert list(pairs.values()) == sorted(pairs.values(), reverse=True)


def test_the_boundary_may_be_written_with_marks_of_start_and_end():
    found = Bigrams.of(["ab", "b"])
    assert found.pairs(start="<", end=">") == {"b>": 2, "<a": 1, "<b": 1, "ab": 1}
    table = found.labelled(found.counts, start="<", end=">")
    assert (table["before"].to_list(), table.columns) == (["<", "a", "b"], ["before", ">", "a", "b"])


def test_a_mark_that_the_list_has_as_a_character_is_refused():
    domains = Bigrams.of(["a.b"])
    with pytest.raises(DataError, match=r"'\.' is a character of the list; give other marks"):
        domains.pairs()
    assert domains.pairs(start="<", end=">")["a."] == 1


def test_a_labelled_matrix_has_a_cell_for_every_pair(names: Bigrams):
    table = names.labelled(names.counts)
    assert table.shape == (27, 28)
    assert table.filter(before="a")["n"].item() == 5438


def test_the_pairs_of_indian_names_are_the_published_ones(indian: Bigrams):
    assert indian.counts.sum() == 545_276
    assert np.count_nonzero(indian.counts == 0) == 116
    firsts, lasts = indian.counts[0], indian.counts[:, 0]
    for letter, count in {"a": 7017, "s": 6316, "k": 4798, "m": 4416, "v": 4394, "n": 3863}.items():
        assert firsts[indian.characters.index(letter)] == count
    for letter, count in {"a": 18200, "n": 13899, "i": 10249, "h": 4854}.items():
        assert lasts[indian.characters.index(letter)] == count


def test_indian_names_cost_what_was_computed_in_float64(indian_names_path, indian: Bigrams):
    words = read_corpus(indian_names_path, lower=True, alphabet="a-z").words
    assert indian.report(words, smoothing=1).mean == pytest.approx(2.2093539, abs=5e-8)


@pytest.mark.parametrize("draw", PUBLISHED)
def test_names_drawn_as_each_torch_draws_are_the_published_ones(draw: str, names: Bigrams):
    assert names.sample(5, SEED, smoothing=1, draw=getattr(torch_random, draw)) == PUBLISHED[draw]


def test_the_same_seed_draws_the_same_names_however_many(names: Bigrams):
    assert names.sample(3, seed=1) == names.sample(20, seed=1)[:3]
    assert names.sample(20, seed=1) != names.sample(20, seed=2)


def test_drawn_names_have_the_frequencies_of_the_table():
    table = Bigrams.of(["a"] * 3 + ["b"])
    drawn = Counter(table.sample(4000))
    assert drawn.keys() == {"a", "b"}
    assert drawn["a"] / 4000 == pytest.approx(0.75, abs=0.02)


def test_no_empty_name_is_drawn():
    drawn = Bigrams.uniform("ab").sample(500)
    assert len(drawn) == 500
    assert all(drawn)


def test_guessing_costs_the_logarithm_of_the_vocabulary(names: Bigrams, names_words: list[str]):
    assert Bigrams.uniform(names.characters).report(names_words).mean == pytest.approx(3.295837, abs=5e-7)
    assert math.log(27) == pytest.approx(3.295837, abs=5e-7)


def test_a_row_without_counts_is_told():
    table = Bigrams.of(["ab"], vocabulary=Vocabulary("abz"))
    with pytest.raises(DataError, match=r"nothing was counted after 'z'.*smoothing above 0"):
        table.probabilities()
    assert table.probabilities(1)[3] == pytest.approx([0.25] * 4)


def test_names_that_never_end_are_told():
    endless = Bigrams(Vocabulary("a"), np.array([[0, 1], [0, 1]]))
    with pytest.raises(DataError, match="has not ended after"):
        endless.sample(1)


@pytest.mark.parametrize("smoothing", [-1, math.nan, math.inf])
def test_smoothing_below_nought_or_without_end_is_refused(smoothing: float):
    with pytest.raises(DataError, match="must be 0 or more"):
        Bigrams.of(["ab"]).probabilities(smoothing)


def test_a_count_below_nought_is_refused():
    with pytest.raises(DataError, match="count is -1"):
        Bigrams.of(["ab"]).sample(-1)


def test_one_text_and_unknown_characters_are_refused():
    with pytest.raises(DataError, match="give a list of words"):
        Bigrams.of("emma")
    with pytest.raises(AlphabetError, match="'x' at position 2"):
        Bigrams.of(["ab"]).report(["ax"])


def test_a_vocabulary_too_large_for_a_table_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_CHARACTERS", 2)
    with pytest.raises(DataError, match="ngram with order=2"):
        Bigrams.of(["abc"])


def test_it_shows_the_most_frequent_pairs(names: Bigrams):
    lines = repr(names).splitlines()
    assert lines[1].split() == ["n.", "6,763"]
    assert lines[-1].startswith("627 kinds of 729; 228,146 pairs of 27 characters")
    assert "6,763" in names._repr_html_()


@pytest.mark.parametrize("bigrams", [Bigrams.of([""]), Bigrams.uniform("")])
def test_no_name_is_drawn_from_empty_words(bigrams: Bigrams):
    with pytest.raises(DataError, match="every word of the list is empty"):
        bigrams.sample(1)
