"""One draw from a distribution, in the three ways torch has drawn it on the CPU.

The same seed therefore gives three lists of names, depending on the version and the build of torch: first
"mor.", "cexze." or "junide." from the bigram counts of the first lecture (pytorch issues 114945, 150538, 154031).
Each function takes probabilities that add up to one.
"""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float32, Float64, Int64

from moregrad.lectures.stream import TorchStream

_MKL_MULTIPLIER = 1132489760
_MKL_MODULUS = 2**31 - 1

Probabilities = Float32[np.ndarray, " size"]
Draw = Callable[[TorchStream, Probabilities], int]


def draws_from_cumulative(
    stream: TorchStream, probabilities: Probabilities, *, count: int
) -> Int64[np.ndarray, " count"]:
    """Where `count` doubles fall in the cumulative distribution: torch.multinomial with replacement, many draws."""
    cumulative = np.cumsum(probabilities, dtype=np.float32)
    cumulative /= cumulative[-1]
    return np.searchsorted(cumulative, stream.double(count))


def draw_from_cumulative(stream: TorchStream, probabilities: Probabilities) -> int:
    """Where one double falls in the cumulative distribution: torch.multinomial with replacement, up to torch 1.10."""
    return int(draws_from_cumulative(stream, probabilities, count=1)[0])


def draw_by_race(stream: TorchStream, probabilities: Probabilities) -> int:
    """The category whose exponential waiting time, one double each, ends first.

    torch.multinomial, one draw, since torch 1.11 on processors or builds where MKL does not draw the waiting times.
    """
    return _first(-np.log1p(-stream.double(len(probabilities))), probabilities)


def draw_by_mkl_race(stream: TorchStream, probabilities: Probabilities) -> int:
    """As `draw_by_race`, with MKL's 31-bit multiplicative generator, seeded by one word, drawing the waiting times.

    torch.multinomial, one draw, since torch 1.11 on Intel processors where MKL is built in.
    """
    state = int(stream.draw(1)[0]) % _MKL_MODULUS or 1
    states = np.empty(len(probabilities), np.int64)
    for place in range(len(states)):
        states[place] = state
        state = state * _MKL_MULTIPLIER % _MKL_MODULUS
    return _first(-np.log(states / _MKL_MODULUS), probabilities)


def _first(waits: Float64[np.ndarray, " size"], probabilities: Probabilities) -> int:
    return int(np.argmax(probabilities / waits.astype(np.float32)))
