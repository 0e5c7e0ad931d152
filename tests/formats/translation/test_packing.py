"""Numbers as bytes."""

import numpy as np

from moregrad.formats.translation.packing import pack
from moregrad.formats.translation.program import Program


def packed(*arrays: np.ndarray, weights: tuple[int, ...] = (), half: bool = False):
    program = Program()
    for number, array in enumerate(arrays):
        buffer = program.buffer("constant", str(array.dtype), array.size)
        program.constants[buffer] = array
        if number in weights:
            program.weights.add(buffer)
    result = pack(program, half=half)
    return result.content, [result.places[buffer] for buffer in program.constants]


def test_every_array_begins_at_a_multiple_of_its_width():
    arrays = [np.arange(3, dtype=np.uint8), np.arange(5, dtype=np.float32), np.arange(7, dtype=np.uint16)]
    content, places = packed(*arrays)
    for array, (kind, place) in zip(arrays, places, strict=True):
        assert kind == "plain"
        assert place % array.itemsize == 0
        np.testing.assert_array_equal(np.frombuffer(content, array.dtype, array.size, place), array)


def test_weights_alone_are_rounded_and_only_if_that_is_asked_for():
    weights = np.linspace(-1, 1, 100, dtype=np.float32)
    content, ((kind, _),) = packed(weights, weights=(0,), half=True)
    assert (kind, len(content)) == ("halves", 200)
    assert packed(weights, weights=(0,))[1] == packed(weights, half=True)[1] == [("plain", 0)]


def test_weights_beyond_sixteen_bits_are_not_rounded():
    assert packed(np.full(100, 1e5, np.float32), weights=(0,), half=True)[1] == [("plain", 0)]


def test_numbers_that_rise_slowly_are_kept_as_their_steps():
    rising = np.cumsum(np.arange(100) % 7).astype(np.int32)
    content, ((kind, _),) = packed(rising)
    assert kind == "sums"
    np.testing.assert_array_equal(np.cumsum(np.frombuffer(content, np.uint8)), rising)
    assert packed(rising[::-1].copy())[1] == packed(rising * 1000)[1] == [("plain", 0)]
