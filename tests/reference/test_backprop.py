"""Operations and the fourth lecture's 26 gradients against what PyTorch computed from the same numbers."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jax
import numpy as np
import pytest
from fixed_numbers import fixed_numbers, product

from moregrad import backprop
from moregrad.data.examples import Windows
from moregrad.evaluation.diagnostics import calibrate
from moregrad.evaluation.surprisal import surprisals
from moregrad.lectures import hand_training, manual
from moregrad.lectures.runs import GENERATOR_SEED
from moregrad.torch_random import Generator

HERE = Path(__file__).parent
RECORD = json.loads((HERE / "backprop.json").read_text(encoding="utf-8"))
FIGURES = RECORD["operations"] | json.loads((HERE / "layers.json").read_text(encoding="utf-8"))["layers"]
TOLERANCE = 1e-12
ROUNDING = 3e-8  # of gradients in float32
TOKENS, TARGETS = np.asarray([[1, 6, 0, 2], [1, 1, 3, 6]]), np.asarray([1, 6, 0])

CELL = ["x", "before", "w.T", "u.T", "b"]
NORM = ["x", "gain", "bias"]
# Record, operation, and its arguments in order, which PyTorch has transposed where they end in .T.
OPERATIONS: dict[str, tuple[str, Callable[..., Any], list[str]]] = {
    "linear": ("linear", backprop.linear, ["x", "weight.T", "bias"]),
    "transposed_linear": ("linear", backprop.transposed_linear, ["x", "weight", "bias"]),
    "embedding": ("embedding", partial(backprop.embedding, TOKENS), ["weight"]),
    "tanh": ("tanh", backprop.tanh, ["x"]),
    "flatten_consecutive": ("flatten_consecutive", partial(backprop.flatten_consecutive, count=2), ["x"]),
    "batchnorm by n": ("batchnorm_n", partial(backprop.batchnorm, correction=0), NORM),
    "batchnorm by n - 1": ("batchnorm_n_minus_1", backprop.batchnorm, NORM),
    "batchnorm_stepwise by n": ("batchnorm_n", partial(backprop.batchnorm_stepwise, correction=0), NORM),
    "batchnorm_stepwise by n - 1": ("batchnorm_n_minus_1", backprop.batchnorm_stepwise, NORM),
    "layernorm": ("layernorm", backprop.layernorm, NORM),
    "softmax": ("softmax", backprop.softmax, ["x"]),
    "cross_entropy": ("cross_entropy", lambda logits: backprop.cross_entropy(logits, TARGETS), ["logits"]),
    "cross_entropy_stepwise": (
        "cross_entropy",
        lambda logits: backprop.cross_entropy_stepwise(logits, TARGETS),
        ["logits"],
    ),
    "tanh_cell": ("tanh_cell", backprop.tanh_cell, CELL),
    "gru_cell": ("gru_cell", backprop.gru_cell, [*CELL, "c"]),
    "lstm_cell": ("lstm_cell", backprop.lstm_cell, [*CELL[:2], "memory", *CELL[2:]]),
    "attention": ("attention", partial(backprop.attention, heads=2), ["x", "qkv.T", "b", "out.T", "c"]),
}


def flip(record: str, key: str) -> np.ndarray | float:
    """The sign by which a number goes over to PyTorch, whose GRU's update gate keeps where moregrad's renews."""
    if record != "gru_cell" or key not in ("w", "u", "b", "c"):
        return 1.0
    signs = np.repeat([1.0, -1.0, 1.0], 6)
    return signs if key in ("b", "c") else signs[:, None]


def split(given: np.ndarray, like: Any) -> Any:
    """`given` as one array, or as a pair where the value is one."""
    return tuple(given) if isinstance(like, tuple) else given


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_and_its_pullback_are_those_of_pytorch(name: str):
    record, operation, order = OPERATIONS[name]
    figures = FIGURES[record]
    keys = [each.removesuffix(".T") for each in order]
    given = [fixed_numbers(f"{record} {key}", *figures["shapes"][key]) * np.float64(flip(record, key)) for key in keys]
    arguments = [x.T if each.endswith(".T") else x for x, each in zip(given, order, strict=True)]
    y, pullback = operation(*arguments)
    expected = np.asarray(figures["output"])
    value = np.stack(jax.tree.leaves(y)).reshape(expected.shape)
    np.testing.assert_allclose(value, expected, rtol=TOLERANCE, atol=TOLERANCE)
    dy = fixed_numbers(f"{record} cotangent", *expected.shape).astype(float)
    gradients = [gradient for gradient in pullback(split(dy, y)) if gradient is not None]
    for key, each, gradient in zip(keys, order, gradients, strict=True):
        mine = (gradient.T if each.endswith(".T") else gradient) * flip(record, key)
        np.testing.assert_allclose(mine, figures["gradients"][key], rtol=TOLERANCE, atol=TOLERANCE, err_msg=key)


@pytest.fixture(scope="module")
def tensors(encoded_part) -> dict[str, Any]:
    """The fourth lecture's named tensors for its first batch."""
    examples = Windows.of(encoded_part("the training words of the lecture split"), manual.CONTEXT)
    tokens, targets = map(np.asarray, hand_training.contexts(examples))
    generator = Generator(GENERATOR_SEED)
    parameters = manual.draw_parameters(generator)
    chosen = generator.randint(examples.size, manual.BATCH)
    return manual.forward(parameters, tokens[chosen], targets[chosen])


def test_the_first_loss_of_the_fourth_lecture_is_that_of_pytorch(tensors: dict[str, Any]):
    assert float(tensors["loss"]) == pytest.approx(RECORD["network"]["loss"], abs=5e-7)
    assert float(tensors["loss"]) == pytest.approx(3.3396246, abs=5e-7)
    assert tensors["targets"][0] == 8


@pytest.mark.parametrize("how", [manual.backward, manual.automatic])
def test_the_26_named_gradients_are_those_of_pytorch(how: Callable[..., Any], tensors: dict[str, Any]):
    gradients, recorded = how(tensors), RECORD["network"]["gradients"]
    assert sorted(gradients) == sorted(recorded)
    assert len(gradients) == 26
    for name, figures in recorded.items():
        gradient = np.asarray(gradients[name])
        assert (list(gradient.shape), gradient.dtype) == (figures["shape"], np.float32), name
        # Those of logit_maxes, bnmeani and b1 are zero but for rounding: the network subtracts what they add.
        close = 1e-5 * figures["greatest"] + ROUNDING
        assert abs(gradient).max() == pytest.approx(figures["greatest"], abs=close), name
        assert product(name, gradient) == pytest.approx(figures["product"], abs=close * gradient.size**0.5), name


def test_every_gradient_by_hand_is_the_automatic_one_but_for_rounding(tensors: dict[str, Any], capsys):
    automatic = manual.automatic(tensors)
    for name, mine in manual.backward(tensors).items():
        assert backprop.compare(name, mine, automatic[name]).difference < 1e-6
    assert len(capsys.readouterr().out.splitlines()) == 26


def test_the_one_formula_gradients_differ_from_the_stepwise_ones_as_little_as_published(tensors: dict[str, Any]):
    """The lecture prints 5.12e-9 (or 6e-9) for the logits and 9.3e-10 for BatchNorm's input: rounding in float32."""
    gradients = manual.backward(tensors)
    loss, pullback = backprop.cross_entropy(tensors["logits"], tensors["targets"])
    assert abs(loss - tensors["loss"]) < 5e-7
    assert backprop.compare("logits", pullback(1.0)[0], gradients["logits"]).difference < 1e-8
    y, pullback = backprop.batchnorm(tensors["hprebn"], tensors["bngain"], tensors["bnbias"])
    assert backprop.compare("hpreact", y, tensors["hpreact"]).difference < 5e-7
    assert backprop.compare("hprebn", pullback(gradients["hpreact"])[0], gradients["hprebn"]).difference < 2e-9


def test_a_training_with_gradients_by_hand_reaches_the_published_losses(encoded_part):
    """The lecture draws BatchNorm's gain and bias without a seed, so its last digits cannot be had again."""
    encoded = encoded_part("the training words of the lecture split")
    examples = Windows.of(encoded, manual.CONTEXT)
    parameters, losses = hand_training.train(examples)
    assert len(losses) == 200_000
    model = calibrate(hand_training.network(parameters), examples)
    train, validation = (surprisals(model, each).mean(dtype=float) for each in (encoded, encoded_part("validation")))
    assert train == pytest.approx(2.0705235, abs=0.002)
    assert validation == pytest.approx(2.1098936, abs=0.004)
