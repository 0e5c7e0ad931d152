"""The words of torch's random generator for the processor, and the permutations made from them, without torch."""

import numpy as np
from jaxtyping import Int, UInt32

LARGEST_PERMUTATION = (2**32 - 1) // 20


class TorchWords:
    """The stream of 32-bit words behind `torch.Generator().manual_seed(seed)` on a processor.

    It is the Mersenne Twister with the scalar initialisation of 2002, the stream that NumPy's RandomState keeps.
    """

    def __init__(self, seed: int) -> None:
        self._twister = np.random.RandomState(seed % 2**32)

    def draw(self, count: int) -> UInt32[np.ndarray, " count"]:
        """The next `count` words of the stream."""
        return self._twister.randint(2**32, size=count, dtype=np.uint32)


def randperm(words: TorchWords, count: int) -> Int[np.ndarray, " count"]:
    """What `torch.randperm(count)` returns at this point of the stream: a Fisher-Yates shuffle from the front.

    Uses up `count - 1` words. Raises ValueError above 214,748,364, where torch changes to words of 64 bits.
    """
    if count >= LARGEST_PERMUTATION:
        raise ValueError(f"a permutation of {count} needs 64-bit words; at most {LARGEST_PERMUTATION - 1} are emulated")
    order = np.arange(count)
    remaining = np.arange(count, 1, -1)
    places = order.data
    for place, distance in enumerate((words.draw(len(remaining)) % remaining).data):
        other = place + distance
        places[place], places[other] = places[other], places[place]
    return order
