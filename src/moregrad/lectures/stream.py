"""torch's CPU random stream in NumPy, so that the lectures' seeded runs replay without torch.

Integers and small `randn` equal torch's bit for bit. The large `randn` differs by at most three units in the last
place, because torch evaluates logarithm and cosine by its own vectorised polynomials.
"""

import math

import numpy as np
from jaxtyping import Float32, Float64, Int32

from moregrad.data.torch_stream import TorchWords

_BLOCK = 16
_HALF = _BLOCK // 2


class TorchStream(TorchWords):
    """What `torch.manual_seed(seed)` or a `torch.Generator` with that seed yields, draw by draw."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._left_over: list[float] = []

    def randint(self, high: int, *shape: int) -> Int32[np.ndarray, "..."]:
        """Integers in [0, high): each one word modulo `high`; one call for many draws equals many calls."""
        return (self.draw(math.prod(shape)) % np.uint32(high)).astype(np.int32).reshape(shape)

    def rand(self, *shape: int) -> Float32[np.ndarray, "..."]:
        """Uniform numbers in [0, 1): the low 24 bits of one word each."""
        return ((self.draw(math.prod(shape)) & 0xFFFFFF) * np.float32(2**-24)).astype(np.float32).reshape(shape)

    def double(self, *shape: int) -> Float64[np.ndarray, "..."]:
        """Uniform numbers in [0, 1): the low 53 bits of two words each, the high word first."""
        pairs = self.draw(2 * math.prod(shape)).reshape(-1, 2).astype(np.uint64)
        bits = (pairs[:, 0] << np.uint64(32) | pairs[:, 1]) & np.uint64(2**53 - 1)
        return (bits * 2.0**-53).reshape(shape)

    def randn(self, *shape: int) -> Float32[np.ndarray, "..."]:
        """Standard normal numbers; torch draws fewer than sixteen in another way than sixteen or more."""
        count = math.prod(shape)
        return (self._normal_blocks(count) if count >= _BLOCK else self._normal_singles(count)).reshape(shape)

    def _normal_blocks(self, count: int) -> Float32[np.ndarray, " count"]:
        """Sixteen by sixteen; where sixteen does not divide `count`, the last sixteen are drawn afresh."""
        whole = count // _BLOCK * _BLOCK
        normals = self.rand(count)
        normals[:whole] = _box_muller(normals[:whole])
        if whole < count:
            normals[-_BLOCK:] = _box_muller(self.rand(_BLOCK))
        return normals

    def _normal_singles(self, count: int) -> Float32[np.ndarray, " count"]:
        """In pairs from two doubles; the generator keeps an odd one for the next small draw."""
        pairs = -(-(count - len(self._left_over)) // 2)
        turns, radii = self.double(max(pairs, 0), 2).T
        radii = np.sqrt(-2 * np.log1p(-radii))
        angles = 2 * np.pi * turns
        fresh = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1).ravel()
        normals = [*self._left_over, *fresh.tolist()]
        self._left_over = normals[count:]
        return np.array(normals[:count], np.float32)


def _box_muller(uniforms: Float32[np.ndarray, " count"]) -> Float32[np.ndarray, " count"]:
    """In each block of sixteen the first eight give radii, the last eight angles; cosines come before sines."""
    blocks = uniforms.reshape(-1, _BLOCK)
    radii = np.sqrt(np.float32(-2) * np.log(np.float32(1) - blocks[:, :_HALF]))
    angles = np.float32(2 * np.pi) * blocks[:, _HALF:]
    return np.concatenate([radii * np.cos(angles), radii * np.sin(angles)], axis=1).ravel()
