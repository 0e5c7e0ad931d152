"""Counts of n-grams against counts of tuples."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given

from moregrad.data import read_corpus
from moregrad.ngrams import counting
from moregrad.ngrams.counting import ABSENT, Grams, count_grams
from ngrams.encoded_lists import LIST, VOCAB, WORDS, encode

ORDER = 4


def spell(levels: Sequence[Grams]) -> list[list[tuple[int, ...]]]:
    """The tokens of every n-gram, level by level, put together from histories and last tokens."""
    spelled: list[list[tuple[int, ...]]] = [[()]]
    for grams in levels[1:]:
        spelled.append(
            [(*spelled[-1][h], t) for h, t in zip(grams.history.tolist(), grams.token.tolist(), strict=True)]
        )
    return spelled


def grams_of(word: Sequence[int], order: int) -> list[tuple[int, ...]]:
    """All n-grams of a word with its boundaries that end at a prediction."""
    row = (0, *word, 0)
    return [row[end - order + 1 : end + 1] for end in range(1, len(row)) if end >= order - 1]


def assert_same_grams(ours: Sequence[Grams], theirs: Sequence[Grams]):
    for one, other in zip(ours, theirs, strict=True):
        for name in ("history", "token", "suffix", "count", "opening", "start"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.fixture(scope="module")
def names(names_path):
    """The 32,033 names, repeated ones included."""
    return read_corpus(names_path, keep_duplicates=True).encode()


@given(WORDS)
def test_counts_are_those_of_tuples(words):
    levels = count_grams(encode(words), VOCAB, ORDER)
    for order, (grams, spelled) in enumerate(zip(levels, spell(levels), strict=True)):
        expected = Counter(gram for word in words for gram in grams_of(word, order))
        counted = Counter({gram: n for gram, n in zip(spelled, grams.count.tolist(), strict=True) if n})
        assert counted == expected
        assert grams.distinct == len(expected)


@given(WORDS)
def test_every_gram_knows_its_suffix_and_whether_it_opens_a_word(words):
    levels = count_grams(encode(words), VOCAB, ORDER)
    spelled = spell(levels)
    for length in range(1, ORDER + 1):
        grams = levels[length]
        assert [spelled[length - 1][suffix] for suffix in grams.suffix] == [gram[1:] for gram in spelled[length]]
        assert grams.opening.tolist() == [gram[0] == 0 for gram in spelled[length]]
        assert grams.start == (spelled[1].index((0,)) if length == 1 else ABSENT)
        assert spelled[length] == sorted(set(spelled[length]))


@given(WORDS)
def test_a_table_and_a_search_index_the_same_grams(words):
    expected = count_grams(encode(words), VOCAB, ORDER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "LARGEST_TABLE", 0)
        assert_same_grams(count_grams(encode(words), VOCAB, ORDER), expected)


def test_counting_in_small_chunks_changes_nothing(monkeypatch):
    expected = count_grams(encode(LIST), VOCAB, ORDER)
    monkeypatch.setattr(counting, "CHUNK", 3)
    assert_same_grams(count_grams(encode(LIST), VOCAB, ORDER), expected)


def test_a_list_without_words_has_only_boundaries():
    levels = count_grams(encode([]), VOCAB, 2)
    assert [(len(grams), grams.distinct) for grams in levels[1:]] == [(1, 0), (0, 0)]


@pytest.mark.parametrize("largest_table", [0, counting.LARGEST_TABLE], ids=["search", "table"])
def test_nothing_opens_with_two_boundaries(largest_table, monkeypatch):
    monkeypatch.setattr(counting, "LARGEST_TABLE", largest_table)
    levels = count_grams(encode([[1, 2], [1]]), VOCAB, 5)
    found = [
        dict(zip(grams, level.count.tolist(), strict=True)) for grams, level in zip(spell(levels), levels, strict=True)
    ]
    assert found[2:] == [
        {(0, 1): 2, (1, 0): 1, (1, 2): 1, (2, 0): 1},
        {(0, 1, 0): 1, (0, 1, 2): 1, (1, 2, 0): 1},
        {(0, 1, 2, 0): 1},
        {},
    ]


def test_a_word_without_characters_is_a_boundary_and_an_end():
    levels = count_grams(encode([[], [1]]), VOCAB, 3)
    assert [set(grams) for grams in spell(levels)[1:]] == [{(0,), (1,)}, {(0, 0), (0, 1), (1, 0)}, {(0, 1, 0)}]


def test_grams_come_with_their_counts():
    _, single, pairs = count_grams(encode([[1, 2], [1]]), VOCAB, 2)
    assert dict(zip(single.token.tolist(), single.count.tolist(), strict=True)) == {0: 2, 1: 2, 2: 1}
    assert pairs.distinct == 4
