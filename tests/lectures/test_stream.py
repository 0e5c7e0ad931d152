"""The emulated stream against draws recorded from torch (tests/reference/record_torch_stream.py)."""

import json
from pathlib import Path

import numpy as np
import pytest

from moregrad.data.torch_stream import randperm
from moregrad.lectures.draws import draw_by_race, draws_from_cumulative
from moregrad.lectures.stream import TorchStream

RECORDED = json.loads((Path(__file__).parents[1] / "reference/torch_stream.json").read_text(encoding="utf-8"))
ULPS = 3 * np.finfo(np.float32).eps


def drawn(stream: TorchStream, kind: str, shape: list[int]) -> np.ndarray:
    if kind == "randint":
        return stream.randint(RECORDED["high"], *shape)
    if kind == "randperm":
        return randperm(stream, *shape)
    return getattr(stream, kind)(*shape)


@pytest.mark.parametrize("seed", RECORDED["sequences"])
def test_a_sequence_of_unlike_draws_equals_torchs(seed):
    stream = TorchStream(int(seed))
    for record in RECORDED["sequences"][seed]:
        ours, theirs = drawn(stream, record["kind"], record["shape"]), np.array(record["values"])
        assert ours.shape == theirs.shape
        if record["kind"] == "randn" and theirs.size >= 16:
            np.testing.assert_allclose(ours, theirs, rtol=ULPS, atol=ULPS)
        else:
            np.testing.assert_array_equal(ours, theirs)


def test_many_integers_at_once_equal_one_draw_after_another():
    at_once, one_by_one = TorchStream(42), TorchStream(42)
    np.testing.assert_array_equal(at_once.randint(1000, 5, 32), [one_by_one.randint(1000, 32) for _ in range(5)])


def test_an_odd_small_normal_waits_for_the_next_small_draw():
    interrupted, straight = TorchStream(7), TorchStream(7)
    first = interrupted.randn(1)
    interrupted.rand(4)
    np.testing.assert_array_equal([*first, *interrupted.randn(1)], straight.randn(2))


def test_the_float_types_are_torchs():
    stream = TorchStream(0)
    assert (stream.rand(2).dtype, stream.randn(2).dtype, stream.randn(16).dtype) == (np.float32,) * 3
    assert stream.double(2).dtype == np.float64


def test_multinomial_draws_equal_torchs():
    figures = RECORDED["multinomial"]
    stream = TorchStream(2147483647)
    probabilities = stream.rand(3)
    probabilities /= probabilities.sum()
    np.testing.assert_array_equal(probabilities, np.array(figures["probabilities"], np.float32))
    assert draws_from_cumulative(stream, probabilities, count=100).tolist() == figures["many"]
    assert [draw_by_race(stream, probabilities) for _ in range(100)] == figures["single"]
