"""Encoded words over three letters for the tests of n-grams."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords

VOCAB = 4
LIST = [[1, 2, 1], [1, 2, 2, 3], [3], [2, 1, 1, 2, 3, 3], [1, 2, 3]]
WORDS = st.lists(st.lists(st.integers(1, VOCAB - 1), max_size=6), min_size=1, max_size=12)


def encode(words: Sequence[Sequence[int]]) -> EncodedWords:
    return EncodedWords(np.array([0, *(token for word in words for token in (*word, 0))], np.uint8))
