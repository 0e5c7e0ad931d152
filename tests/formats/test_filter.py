"""The filter of a list: it knows every word of it, and takes few others for one."""

import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import hash_words
from moregrad.data.vocabulary import Vocabulary
from moregrad.formats.filter import Filter

LETTERS = Vocabulary("abcdefgh")
RNG = np.random.default_rng(0)


def words(count: int) -> EncodedWords:
    """Different words of eight letters."""
    numbers = RNG.permutation(8**7)[:count]
    return EncodedWords.of(
        ["".join("abcdefgh"[number >> 3 * place & 7] for place in range(8)) for number in numbers], LETTERS
    )


def holds(found: Filter, listed: EncodedWords) -> np.ndarray:
    """Looks words up bit by bit, with Python's integers."""
    bits = int.from_bytes(found.bits, "little")
    return np.array(
        [
            all(
                bits >> (((value & 0xFFFFFFFF) + index * (value >> 32)) % (8 * len(found.bits))) & 1
                for index in range(found.hashes)
            )
            for value in map(int, hash_words(listed))
        ]
    )


@pytest.mark.parametrize("error", [0.1, 0.01, 0.001])
def test_it_knows_every_word_and_errs_as_often_as_it_says(error: float):
    every = words(12_000)
    listed, others = every.first(2000), every.take(np.arange(2000, 12_000))
    found = Filter.of([listed.first(1500), listed.take(np.arange(1000, 2000))], error=error)
    assert holds(found, listed).all()
    assert found.error == pytest.approx(error, rel=0.25)
    assert holds(found, others).mean() == pytest.approx(found.error, abs=4 * np.sqrt(found.error / 10_000))
    assert len(found.bits) < 1.45 * -np.log2(error) * 2000 / 8 + 8


def test_no_words_take_no_room():
    assert Filter.of([EncodedWords.of([], LETTERS)]) == Filter(b"", 0, 0.0)
