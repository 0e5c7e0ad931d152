"""Parts of a list decided by each word's own hash."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.hashed_split import hash_text, part_of
from moregrad.errors import DataError

WORDS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), max_size=20)


def mix_one(x: int) -> int:
    """SplitMix64's output function in Python's own integers."""
    mask = 2**64 - 1
    x = (x + 1) * 0x9E3779B97F4A7C15 & mask
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & mask
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & mask
    return x ^ (x >> 31)


def hash_one(word: str) -> int:
    """The hash of one word in Python's own integers."""
    numbers = (mix_one(256 * place + byte) for place, byte in enumerate(f"{word}\n".encode()))
    return mix_one(sum(numbers) % 2**64)


@given(WORDS)
def test_hashes_are_those_computed_byte_by_byte(words):
    assert hash_text(pl.Series(words, dtype=pl.String)).tolist() == [hash_one(word) for word in words]


def test_hashes_never_change():
    words = pl.Series(["", "a", "emma", "Zoë", "日本", "x" * 100])
    assert hash_text(words).tolist() == [
        17701749859804305852,
        18241491227722870300,
        5174841398984560538,
        9920931109313777458,
        481372442513028200,
        14550811338922784034,
    ]


def test_a_hash_does_not_depend_on_the_words_around_it():
    words = pl.Series([f"word {number}" for number in range(40_000)])
    mixed = words.sample(fraction=1, shuffle=True, seed=1)
    assert dict(zip(words, hash_text(words), strict=True)) == dict(zip(mixed, hash_text(mixed), strict=True))


def test_parts_are_of_the_shares_asked_for_and_dealt_anew_by_another_seed():
    hashes = hash_text(pl.Series([f"{number}" for number in range(100_000)]))
    first, second = part_of(hashes), part_of(hashes, seed=1)
    for parts in (first, second):
        assert np.bincount(parts) / len(parts) == pytest.approx([0.8, 0.1, 0.1], abs=0.004)
    assert (first == second).mean() == pytest.approx(0.8**2 + 2 * 0.1**2, abs=0.01)
    assert np.bincount(part_of(hashes, shares=(0, 0, 1)), minlength=3).tolist() == [0, 0, 100_000]


@pytest.mark.parametrize("shares", [(0.8, 0.2), (0.8, 0.3, -0.1), (0.5, 0.1, 0.1)])
def test_shares_that_are_none_are_refused(shares):
    with pytest.raises(DataError, match="must be three"):
        part_of(np.zeros(1, np.uint64), shares=shares)


def test_a_negative_seed_is_refused():
    with pytest.raises(DataError, match="seed -1"):
        part_of(np.zeros(1, np.uint64), seed=-1)
