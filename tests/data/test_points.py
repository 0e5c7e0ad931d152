"""Points of two classes for the scalar engine."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.points import Points, circles, moons, spirals, xor
from moregrad.errors import DataError

RECORDED = json.loads((Path(__file__).parents[1] / "reference/points.json").read_text(encoding="utf-8"))["cases"]
SHAPES = {"moons": moons, "circles": circles, "spirals": spirals, "xor": xor}

COUNTS = st.integers(2, 300)
SEEDS = st.integers(0, 2**32 - 1)
NOISES = st.none() | st.floats(0, 2)

every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
two_halves = pytest.mark.parametrize("shape", [moons, circles, spirals])


def same(one: Points, other: Points) -> bool:
    """Whether two draws have the same bits."""
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def radius(positions: np.ndarray) -> np.ndarray:
    """How far from the origin each point lies."""
    return np.hypot(*positions.T)


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: f"{case['shape']}-{case['count']}")
def test_moons_and_circles_are_those_of_scikit_learn_to_the_bit(case):
    positions, labels = SHAPES[case["shape"]](case["count"], **case["options"])
    assert positions.tolist() == case["positions"]
    assert labels.tolist() == case["labels"]


@every_shape
@given(COUNTS, NOISES, SEEDS)
def test_positions_are_pairs_of_float64_and_labels_are_0_and_1(shape, count, noise, seed):
    positions, labels = shape(count, noise=noise, seed=seed)
    assert (positions.shape, positions.dtype) == ((count, 2), np.float64)
    assert (labels.shape, labels.dtype) == ((count,), np.int64)
    assert np.isfinite(positions).all()
    assert set(labels) <= {0, 1}
    assert set(2 * labels - 1) <= {-1, 1}


@two_halves
@given(COUNTS, SEEDS)
def test_classes_are_of_one_size_and_the_odd_point_is_of_class_1(shape, count, seed):
    assert shape(count, seed=seed).labels.sum() == (count + 1) // 2


def test_the_classes_of_xor_are_of_about_one_size():
    assert 450 < xor(1000).labels.sum() < 550


@every_shape
@given(COUNTS, NOISES, SEEDS)
def test_the_same_seed_gives_the_same_points(shape, count, noise, seed):
    assert same(shape(count, noise=noise, seed=seed), shape(count, noise=noise, seed=seed))


@every_shape
def test_another_seed_gives_other_points(shape):
    assert not same(shape(20, seed=0), shape(20, seed=1))


@every_shape
@given(COUNTS, SEEDS)
def test_no_noise_can_be_said_in_two_ways(shape, count, seed):
    assert same(shape(count, noise=None, seed=seed), shape(count, noise=0.0, seed=seed))


@every_shape
@given(SEEDS)
def test_noise_moves_the_points_by_its_standard_deviation_and_leaves_the_labels(shape, seed):
    still, moved = shape(1000, noise=None, seed=seed), shape(1000, noise=0.3, seed=seed)
    assert np.array_equal(still.labels, moved.labels)
    assert np.std(moved.positions - still.positions) == pytest.approx(0.3, rel=0.1)


@given(COUNTS, SEEDS)
def test_moons_without_noise_lie_on_two_half_circles(count, seed):
    positions, labels = moons(count, noise=None, seed=seed)
    upper, lower = positions[labels == 0], positions[labels == 1]
    assert radius(upper) == pytest.approx(1)
    assert radius(lower - (1, 0.5)) == pytest.approx(1)
    assert upper[:, 1].min() >= 0
    assert lower[:, 1].max() <= 0.5


@given(COUNTS, SEEDS, st.floats(0.01, 0.99))
def test_circles_without_noise_lie_on_two_circles(count, seed, factor):
    positions, labels = circles(count, noise=None, factor=factor, seed=seed)
    assert radius(positions) == pytest.approx(np.where(labels == 0, 1, factor))


@given(COUNTS, SEEDS, st.floats(0.1, 5))
def test_spirals_without_noise_lie_on_two_arms_half_a_turn_apart(count, seed, turns):
    positions, labels = spirals(count, noise=None, turns=turns, seed=seed)
    far = radius(positions)
    arm = far[:, None] * np.column_stack([np.cos(np.pi * far), np.sin(np.pi * far)])
    assert positions == pytest.approx(arm * (1 - 2 * labels)[:, None], abs=1e-9)
    assert far.min() > 0
    assert far.max() == pytest.approx(2 * turns)


def test_points_of_a_spiral_are_equally_far_from_their_neighbours():
    positions, labels = spirals(400, noise=None)
    arm = positions[labels == 0]
    arm = arm[np.argsort(radius(arm))]
    steps = radius(np.diff(arm, axis=0))[20:]  # Near the centre, where the arm turns fast, a step cuts its corner.
    assert steps == pytest.approx(steps.mean(), rel=0.05)


@given(COUNTS, SEEDS)
def test_xor_without_noise_has_class_1_where_the_signs_differ(count, seed):
    positions, labels = xor(count, noise=None, seed=seed)
    assert np.array_equal(labels, positions.prod(axis=1) < 0)
    assert np.abs(positions).max() <= 1


@pytest.mark.usefixtures("untyped_caller")
@every_shape
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"count": 1}, "count 1: must be a whole number of at least 2"),
        ({"count": 10**7 + 1}, "count 10000001: must be .* at most 10,000,000"),
        ({"count": 10**400}, "count a number of about 401 digits: must be"),
        ({"noise": 10**400}, "noise a number of about 401 digits: must be a finite number"),
        ({"count": -3}, "count -3: must be"),
        ({"count": 10.0}, r"count 10\.0: must be a whole number"),
        ({"count": True}, "count True: must be a whole number"),
        ({"noise": -0.1}, r"noise -0\.1: must be a finite number of at least 0, or None"),
        ({"noise": float("nan")}, "noise nan: must be"),
        ({"noise": float("inf")}, "noise inf: must be"),
        ({"noise": "a little"}, "noise 'a little': must be"),
        ({"seed": 1.5}, r"seed 1\.5: must be a whole number from 0 to 4294967295"),
        ({"seed": None}, "seed None: must be"),
        ({"seed": -1}, "seed -1: must be"),
        ({"seed": 2**32}, "seed 4294967296: must be"),
    ],
)
def test_what_no_points_can_be_drawn_from_is_refused(shape, given, message):
    with pytest.raises(DataError, match=message):
        shape(**given)


@pytest.mark.usefixtures("untyped_caller")
@pytest.mark.parametrize("factor", [0, 1, -0.5, 1.5, float("nan"), "half"])
def test_a_factor_that_is_not_between_0_and_1_is_refused(factor):
    with pytest.raises(DataError, match=f"factor {factor!r}: must be a number above 0 and below 1"):
        circles(factor=factor)


@pytest.mark.usefixtures("untyped_caller")
@pytest.mark.parametrize("turns", [0, -1, float("inf"), float("nan"), "many"])
def test_turns_that_are_not_above_0_are_refused(turns):
    with pytest.raises(DataError, match=f"turns {turns!r}: must be a finite number above 0"):
        spirals(turns=turns)


@pytest.mark.usefixtures("untyped_caller")
@every_shape
def test_numbers_of_numpy_will_do(shape):
    given = shape(np.int32(9), noise=np.float32(0.5), seed=np.uint32(7))
    assert same(given, shape(9, noise=0.5, seed=7))


def test_the_module_imports_numpy_alone():
    code = (
        "import runpy, sys; runpy.run_path(sys.argv[1])\n"
        "print(*sorted({'jax', 'jaxtyping', 'polars', 'moregrad.data'} & set(sys.modules)))"
    )
    file = str(import_module("moregrad.data.points").__file__)
    assert subprocess.check_output([sys.executable, "-c", code, file], text=True) == "\n"


def test_drawing_points_does_not_load_jax():
    code = "import moregrad.data.points, sys; sys.exit('jax' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
