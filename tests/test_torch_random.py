"""The generator against draws recorded from torch (tests/reference/record_torch_random.py)."""

import doctest
import json
from pathlib import Path

import numpy as np
import pytest

from moregrad import torch_random
from moregrad.torch_random import Generator, multinomial, multinomial_cumulative, multinomial_race

RECORDED = json.loads((Path(__file__).parent / "reference/torch_random.json").read_text(encoding="utf-8"))
ULPS = 3 * float(np.finfo(np.float32).eps)


def draw(generator: Generator, kind: str, shape: list[int]) -> np.ndarray:
    if kind == "randint":
        return generator.randint(RECORDED["high"], *shape)
    if kind == "randperm":
        return generator.randperm(*shape)
    return getattr(generator, kind)(*shape)


@pytest.mark.parametrize("seed", RECORDED["sequences"])
def test_a_sequence_of_unlike_draws_equals_torchs(seed):
    generator = Generator(int(seed))
    for record in RECORDED["sequences"][seed]:
        ours, theirs = draw(generator, record["kind"], record["shape"]), np.array(record["values"])
        assert ours.shape == theirs.shape
        if record["kind"] == "randn" and theirs.size >= 16:
            np.testing.assert_allclose(ours, theirs, rtol=ULPS, atol=ULPS)
        else:
            np.testing.assert_array_equal(ours, theirs)


def test_many_integers_at_once_equal_one_draw_after_another():
    at_once, one_by_one = Generator(42), Generator(42)
    np.testing.assert_array_equal(at_once.randint(1000, 5, 32), [one_by_one.randint(1000, 32) for _ in range(5)])


def test_an_odd_small_normal_waits_for_the_next_small_draw():
    interrupted, straight = Generator(7), Generator(7)
    first = interrupted.randn(1)
    interrupted.rand(4)
    np.testing.assert_array_equal([*first, *interrupted.randn(1)], straight.randn(2))


def test_the_float_types_are_torchs():
    generator = Generator(0)
    assert (generator.rand(2).dtype, generator.randn(2).dtype, generator.randn(16).dtype) == (np.float32,) * 3
    assert generator.rand_double(2).dtype == np.float64


def test_multinomial_draws_equal_torchs():
    figures = RECORDED["multinomial"]
    generator = Generator(2147483647)
    probabilities = generator.rand(3)
    probabilities /= probabilities.sum()
    np.testing.assert_array_equal(probabilities, np.array(figures["probabilities"], np.float32))
    assert multinomial(generator, probabilities, 100).tolist() == figures["many"]
    assert [multinomial_race(generator, probabilities) for _ in range(100)] == figures["single"]


def test_one_draw_from_the_cumulative_distribution_is_the_first_of_many():
    probabilities = np.array([0.2, 0.5, 0.3], np.float32)
    one_by_one, at_once = Generator(3), Generator(3)
    assert [multinomial_cumulative(one_by_one, probabilities) for _ in range(9)] == multinomial(
        at_once, probabilities, 9
    ).tolist()


def test_a_long_permutation_equals_torchs():
    figures = RECORDED["randperm"]
    order = Generator(figures["seed"]).randperm(figures["size"]).tolist()
    assert (order[:20], order[-20:]) == (figures["first"], figures["last"])
    assert sorted(order) == list(range(figures["size"]))


def test_a_permutation_that_torch_makes_of_64_bit_words_is_refused():
    with pytest.raises(ValueError, match="at most 214748363 elements"):
        Generator(0).randperm(214_748_364)


def test_manual_seed_starts_the_stream_again_and_forgets_an_odd_normal():
    generator = Generator(1)
    first = generator.randn(1)
    np.testing.assert_array_equal(generator.manual_seed(1).randn(2)[:1], first)
    np.testing.assert_array_equal(generator.manual_seed(2).rand(3), Generator(2).rand(3))


def test_the_example_of_the_docstring_runs():
    assert doctest.testmod(torch_random) == (0, 1)
