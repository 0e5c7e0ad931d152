"""The numbers of a program as bytes, as few as may be."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from moregrad.formats.translation.program import Buffer, Program

Kind = Literal["plain", "halves", "sums"]

ROUNDED = 64
"""Weights in the smallest array whose weights are rounded."""
LARGEST_HALF = float(np.finfo(np.float16).max)


@dataclass(frozen=True)
class Packed:
    """The bytes, little-endian, and for each array how it is kept in them and where it begins.

    A "plain" one is kept as it is; "halves" are float32 numbers rounded to 16 bits; of "sums" each is the one before it
    and a byte.
    """

    content: bytes
    places: dict[Buffer, tuple[Kind, int]]


def pack(program: Program, *, half: bool) -> Packed:
    """Packs the constants of `program`; with `half` weights are rounded to 16 bits."""
    kept = {
        buffer: _keep(buffer, numbers, half=half and buffer in program.weights)
        for buffer, numbers in program.constants.items()
    }
    content, places = bytearray(), {}
    # Those of wide elements first, so that each begins at a multiple of their width.
    for buffer, (kind, numbers) in sorted(kept.items(), key=lambda item: -item[1][1].itemsize):
        places[buffer] = (kind, len(content))
        content += numbers.astype(numbers.dtype.newbyteorder("<")).tobytes()
    return Packed(bytes(content), places)


def _keep(buffer: Buffer, numbers: np.ndarray, *, half: bool) -> tuple[Kind, np.ndarray]:
    if half and numbers.size >= ROUNDED and np.abs(numbers).max() <= LARGEST_HALF:
        return "halves", numbers.astype(np.float16)
    if buffer.dtype == "int32" and numbers.size >= ROUNDED:
        steps = np.diff(numbers, prepend=0)
        if steps.min() >= 0 and steps.max() < 2**8:
            return "sums", steps.astype(np.uint8)
    return "plain", numbers
