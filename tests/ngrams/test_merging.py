"""Counts of several lists are those of all of them."""

from hypothesis import given
from hypothesis import strategies as st

from moregrad.ngrams import count_grams
from moregrad.ngrams.merging import merge_grams
from ngrams.encoded_lists import VOCAB, WORDS, encode
from ngrams.equal import assert_same_grams


@given(st.lists(WORDS | st.just([]), min_size=1, max_size=4), st.integers(1, 5))
def test_merged_counts_are_those_of_all_words(lists: list[list[list[int]]], order: int):
    counted = [count_grams(encode(words), VOCAB, order) for words in lists]
    whole = count_grams(encode([word for words in lists for word in words]), VOCAB, order)
    assert_same_grams(merge_grams(counted, VOCAB), whole)
