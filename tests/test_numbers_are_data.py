"""A changed number is data to a compiled program: nothing is compiled anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from jax import monitoring

import moregrad

NAMES = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]
SETTINGS: dict[str, Any] = {"embedding": 4, "hidden": 8, "steps": 20, "eval_every": 10, "batch_size": 8, "dropout": 0.1}
SETTINGS |= {"grad_clip": 1.0, "label_smoothing": 0.1, "schedule": "cosine"}
COMPILING = "/jax/core/compile/backend_compile_duration"


def settings(**changed: Any) -> dict[str, Any]:
    return SETTINGS | changed


@contextmanager
def compilations() -> Iterator[list[str]]:
    """Yields a list that grows with every program that is compiled."""
    compiled: list[str] = []

    def note(event: str, duration_secs: float, **_: Any) -> None:
        if event == COMPILING:
            compiled.append(event)

    monitoring.register_event_duration_secs_listener(note)
    try:
        yield compiled
    finally:
        monitoring.unregister_event_duration_listener(note)


@pytest.fixture(scope="module", autouse=True)
def _room_for_programs() -> Iterator[None]:
    """Keeps all programs, however many the tests before have made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("moregrad.jit.KEPT", 10**6)
        yield


@pytest.fixture(scope="module")
def run() -> moregrad.Run:
    """A run that has trained, evaluated and sampled once."""
    trained = moregrad.train(NAMES, "gru", **SETTINGS)
    trained.sample(3)
    return trained


def test_compilations_are_noticed():
    with compilations() as compiled:
        moregrad.train(NAMES, "gru", **settings(hidden=9))
    assert compiled


@pytest.mark.parametrize(
    "changed",
    [
        {"temperature": 0.7},
        {"temperature": 0.0},
        {"top_k": 3},
        {"top_p": 0.5},
        {"min_p": 0.2},
        {"prefix": "bad"},
        {"seed": 5},
        {"max_length": 9},
        {"max_length": 60},
        {"count": 30},
        {"novel": True, "distinct": True},
    ],
)
def test_another_way_to_sample_compiles_nothing(run: moregrad.Run, changed: dict[str, Any]):
    with compilations() as compiled:
        made = run.sample(**{"count": 5, **changed})
    assert made
    assert compiled == []


@pytest.mark.parametrize(
    "changed",
    [{"count": 300}, {"prefix": "bad"}, {"max_length": 9}, {"max_length": 60}, {"novel": True}, {"limit": 99}],
)
def test_another_search_compiles_nothing(run: moregrad.Run, changed: dict[str, Any]):
    run.top(3)
    with compilations() as compiled:
        run.top(**{"count": 5, **changed})
    assert compiled == []


@pytest.mark.parametrize(
    "changed",
    [
        {"learning_rate": 0.1},
        {"weight_decay": 0.1},
        {"grad_clip": 0.3},
        {"label_smoothing": 0.3},
        {"dropout": 0.4},
        {"steps": 30},
        {"warmup_steps": 7},
        {"seed": 9},
    ],
)
def test_another_number_of_a_training_compiles_nothing(run: moregrad.Run, changed: dict[str, Any]):
    with compilations() as compiled:
        again = moregrad.train(NAMES, "gru", **settings(**changed))
    assert compiled == []
    assert again.metrics != run.metrics


@pytest.mark.parametrize("changed", [{"drop_at": 0.2}, {"drop_to": 0.5}])
def test_another_step_of_the_learning_rate_compiles_nothing(changed: dict[str, Any]):
    moregrad.train(NAMES, "gru", **settings(schedule="step"))
    with compilations() as compiled:
        moregrad.train(NAMES, "gru", **settings(schedule="step", **changed))
    assert compiled == []


def test_lists_of_other_sizes_compile_nothing_but_a_few_programs(run: moregrad.Run):
    """Rows are padded to powers of two, and reach the device without a program of their own."""
    for size in (16, 32, 64, 100):
        run.score(NAMES * size)
    with compilations() as compiled:
        for size in range(17, 97):
            run.score(NAMES * size)
    assert len(compiled) < 4


@pytest.mark.filterwarnings("ignore:the loss on validation is above")
def test_training_again_compiles_nothing(run: moregrad.Run):
    moregrad.train(NAMES, "mlp", **settings(seed=1))
    with compilations() as compiled:
        for seed in range(2, 5):
            moregrad.train(NAMES, "mlp", **settings(seed=seed))
    assert compiled == []
