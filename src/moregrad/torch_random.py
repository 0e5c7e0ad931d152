"""torch's CPU random generator in NumPy, so that seeded PyTorch code replays without torch.

    >>> Generator(42).randperm(10).tolist()
    [2, 6, 1, 8, 4, 5, 0, 9, 3, 7]

Integers, permutations and fewer than sixteen `randn` equal torch's bit for bit. Larger `randn` differ by at most three
units in the last place, because torch evaluates logarithm and cosine by its own vectorised polynomials.
"""

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from jaxtyping import Float32, Float64, Int, Int32, Int64, UInt32

PERMUTATION_LIMIT = (2**32 - 1) // 20
"""torch shuffles so many elements and more with 64-bit words."""

_BLOCK = 16
_HALF = _BLOCK // 2

_MKL_MULTIPLIER = 1132489760
_MKL_MODULUS = 2**31 - 1


class Generator:
    """A `torch.Generator` on the CPU, seeded by `manual_seed(seed)`.

    Its words are those of the Mersenne Twister with the scalar initialisation of 2002, which NumPy's RandomState keeps.
    Shapes are given as torch's `rand` and `randn` take them: one integer per axis.
    """

    def __init__(self, seed: int) -> None:
        self.manual_seed(seed)

    def manual_seed(self, seed: int) -> "Generator":
        """Starts the stream of `seed` from its beginning and returns the generator."""
        self._twister = np.random.RandomState(seed % 2**32)
        self._left_over: list[float] = []
        return self

    def random_raw(self, count: int) -> UInt32[np.ndarray, " count"]:
        """Returns the next `count` 32-bit words, from which everything else is made."""
        return self._twister.randint(2**32, size=count, dtype=np.uint32)

    def randint(self, high: int, *shape: int) -> Int32[np.ndarray, "..."]:
        """Returns integers in [0, high), each one word modulo `high`, as `torch.randint(high, shape)`.

        One call for many integers equals many calls.
        """
        return (self.random_raw(math.prod(shape)) % np.uint32(high)).astype(np.int32).reshape(shape)

    def rand(self, *shape: int) -> Float32[np.ndarray, "..."]:
        """Returns uniform numbers in [0, 1), the low 24 bits of one word each, as `torch.rand`."""
        return ((self.random_raw(math.prod(shape)) & 0xFFFFFF) * np.float32(2**-24)).astype(np.float32).reshape(shape)

    def rand_double(self, *shape: int) -> Float64[np.ndarray, "..."]:
        """Returns uniform numbers in [0, 1), the low 53 bits of two words each, the high word first.

        The same as `torch.rand` with dtype float64.
        """
        pairs = self.random_raw(2 * math.prod(shape)).reshape(-1, 2).astype(np.uint64)
        bits = (pairs[:, 0] << np.uint64(32) | pairs[:, 1]) & np.uint64(2**53 - 1)
        return (bits * 2.0**-53).reshape(shape)

    def randn(self, *shape: int) -> Float32[np.ndarray, "..."]:
        """Returns standard normal numbers, as `torch.randn`, which draws fewer than sixteen by another method."""
        count = math.prod(shape)
        return (self._normal_blocks(count) if count >= _BLOCK else self._normal_singles(count)).reshape(shape)

    def randperm(self, count: int) -> Int[np.ndarray, " count"]:
        """Returns a permutation of 0 to `count` - 1, as `torch.randperm`: a Fisher-Yates shuffle from the front.

        Uses `count` - 1 words. Raises ValueError for 214,748,364 elements or more, where torch changes to 64-bit words.
        """
        if count >= PERMUTATION_LIMIT:
            raise ValueError(
                f"a permutation of {count} needs 64-bit words; at most {PERMUTATION_LIMIT - 1} elements are supported"
            )
        order = np.arange(count)
        remaining = np.arange(count, 1, -1)
        # Single elements of a memoryview are read and written faster than those of an array.
        elements = order.data
        for index, distance in enumerate((self.random_raw(len(remaining)) % remaining).data):
            other = index + distance
            elements[index], elements[other] = elements[other], elements[index]
        return order

    def _normal_blocks(self, count: int) -> Float32[np.ndarray, " count"]:
        """Draws sixteen at a time; if sixteen does not divide `count`, draws the last sixteen afresh."""
        whole = count // _BLOCK * _BLOCK
        normals = self.rand(count)
        normals[:whole] = _box_muller(normals[:whole])
        if whole < count:
            normals[-_BLOCK:] = _box_muller(self.rand(_BLOCK))
        return normals

    def _normal_singles(self, count: int) -> Float32[np.ndarray, " count"]:
        """Draws pairs from two doubles and keeps an odd one for the next small draw."""
        pairs = -(-(count - len(self._left_over)) // 2)
        turns, radii = self.rand_double(max(pairs, 0), 2).T
        radii = np.sqrt(-2 * np.log1p(-radii))
        angles = 2 * np.pi * turns
        fresh = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1).ravel()
        normals = [*self._left_over, *fresh.tolist()]
        self._left_over = normals[count:]
        return np.array(normals[:count], np.float32)


def _box_muller(uniforms: Float32[np.ndarray, " count"]) -> Float32[np.ndarray, " count"]:
    """Makes normals of uniforms: in each block of sixteen, eight radii and eight angles become cosines, then sines."""
    blocks = uniforms.reshape(-1, _BLOCK)
    radii = np.sqrt(np.float32(-2) * np.log(np.float32(1) - blocks[:, :_HALF]))
    angles = np.float32(2 * np.pi) * blocks[:, _HALF:]
    return np.concatenate([radii * np.cos(angles), radii * np.sin(angles)], axis=1).ravel()


# torch.multinomial has drawn a single sample in three ways, so one seed gives three lists of names, depending on the
# version and the build of torch: first "mor.", "cexze." or "junide." from the bigram counts of the first lecture
# (pytorch issues 114945, 150538, 154031). All functions take probabilities that add up to one.

Probabilities: TypeAlias = Float32[np.ndarray, " size"]
Multinomial: TypeAlias = Callable[[Generator, Probabilities], int]


def multinomial(
    generator: Generator, probabilities: Probabilities, num_samples: int
) -> Int64[np.ndarray, " num_samples"]:
    """Draws `num_samples` categories with replacement, as `torch.multinomial` draws two or more.

    Each is where one double falls in the cumulative distribution.
    """
    cumulative = np.cumsum(probabilities, dtype=np.float32)
    cumulative /= cumulative[-1]
    return np.searchsorted(cumulative, generator.rand_double(num_samples))


def multinomial_cumulative(generator: Generator, probabilities: Probabilities) -> int:
    """Draws one category from the cumulative distribution, as torch up to 1.10."""
    return int(multinomial(generator, probabilities, 1)[0])


def multinomial_race(generator: Generator, probabilities: Probabilities) -> int:
    """Draws the category whose exponential waiting time, one double each, ends first.

    So does torch since 1.11 on processors or builds where MKL does not draw the waiting times.
    """
    return _first(-np.log1p(-generator.rand_double(len(probabilities))), probabilities)


def multinomial_mkl_race(generator: Generator, probabilities: Probabilities) -> int:
    """Draws as `multinomial_race`, with waiting times from MKL's 31-bit multiplicative generator, seeded by one word.

    So does torch since 1.11 on Intel processors where MKL is built in.
    """
    state = int(generator.random_raw(1)[0]) % _MKL_MODULUS or 1
    states = np.empty(len(probabilities), np.int64)
    for index in range(len(states)):
        states[index] = state
        state = state * _MKL_MULTIPLIER % _MKL_MODULUS
    return _first(-np.log(states / _MKL_MODULUS), probabilities)


def _first(waits: Float64[np.ndarray, " size"], probabilities: Probabilities) -> int:
    return int(np.argmax(probabilities / waits.astype(np.float32)))
