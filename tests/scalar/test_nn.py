"""Neurons, layers, networks."""

import random
from typing import Any

import numpy as np
import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import MLP, Layer, Neuron, Value
from moregrad.scalar.nn import Module


def test_the_parameters_of_the_first_lectures_network():
    model = MLP(3, [4, 4, 1])
    assert len(model.parameters()) == 41
    assert repr(MLP(2, [2, 1])) == "MLP of [Layer of [ReLUNeuron(2), ReLUNeuron(2)], Layer of [LinearNeuron(2)]]"


def test_weights_are_drawn_layer_by_layer_from_pythons_random_numbers():
    random.seed(1337)
    model = MLP(2, [3, 1])
    rng = random.Random(1337)
    expected = [[rng.uniform(-1, 1) for _ in range(2)] for _ in range(3)]
    assert [[w.data for w in neuron.w] for neuron in model[0].neurons] == expected
    assert model[1][0].w[0].data == rng.uniform(-1, 1)
    assert [neuron.b.data for neuron in model[0].neurons] == [0.0] * 3
    assert MLP(2, [3, 1], rng=random.Random(1337)).data == model.data


def test_parameters_come_neuron_by_neuron_with_the_bias_last():
    model = MLP(2, [2, 1])
    first = model[0][0]
    assert [id(p) for p in model.parameters()[:3]] == [id(first.w[0]), id(first.w[1]), id(first.b)]


def test_layers_neurons_and_weights_by_index():
    model = MLP(2, [4, 3])
    assert (len(model), len(model[0]), len(model[1][2])) == (2, 4, 4)
    assert model[1][2][3] is model[1][2].w[3]
    assert list(model) == [model[0], model[1]]


def test_the_last_layer_is_linear_by_default():
    model = MLP(1, [1, 1, 1], activation="tanh")
    assert [layer[0].activation for layer in model] == ["tanh", "tanh", "linear"]
    assert MLP(1, [1], last="tanh")[0][0].activation == "tanh"
    assert Neuron(2, nonlin=False).activation == "linear"
    assert Layer(2, 1, nonlin=False)[0].activation == "linear"


@pytest.mark.parametrize(("activation", "expected"), [("relu", 0.0), ("tanh", -0.7615941559557649), ("linear", -1.0)])
def test_a_neuron_is_an_activation_of_a_weighted_sum(activation: str, expected: float):
    neuron = Neuron(2, activation=activation)
    neuron.data = [1.0, -2.0, 0.5]
    assert neuron([0.5, 1.0]).data == expected


def test_inputs_may_be_values_or_numbers():
    model = MLP(2, [3, 1], rng=random.Random(0))
    x = [Value(0.5), Value(-1.0)]
    assert model(x).data == model([0.5, -1.0]).data
    model(x).backward()
    assert all(v.grad != 0 for v in x)


def test_a_lone_output_comes_without_a_list_and_feeds_the_next_layer():
    assert isinstance(MLP(2, [1, 1])([1.0, 2.0]), Value)
    assert len(MLP(2, [1, 2])([1.0, 2.0])) == 2


def test_zero_grad_clears_all_parameters():
    model = MLP(2, [3, 1])
    model([1.0, 2.0]).backward()
    model.zero_grad()
    assert [p.grad for p in model.parameters()] == [0.0] * 13


def test_numbers_can_be_taken_out_and_put_back():
    model, other = MLP(2, [3, 1]), MLP(2, [3, 1])
    other.data = model.data
    assert other([0.5, 2.0]).data == model([0.5, 2.0]).data
    with pytest.raises(ScalarError, match="2 numbers for ReLUNeuron"):
        Neuron(3).data = [1.0, 2.0]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Neuron(0), "0 inputs: give a whole number of at least 1"),
        (lambda: Layer(2, -1), "-1 neurons"),
        (lambda: Neuron(2.5), "2.5 inputs"),  # pyright: ignore[reportArgumentType]
        (lambda: MLP(2, []), r"MLP\(2, \[\]\): the second argument is a list of layer sizes"),
        (lambda: MLP(2, 3), r"MLP\(2, 3\): the second argument is a list"),  # pyright: ignore[reportArgumentType]
        (lambda: MLP(2, [3, 0]), "0 neurons"),
        (lambda: MLP(2, [3], activation="selu"), "'selu': choose one of relu, tanh, linear"),
        (lambda: MLP(2, [3, 1])([1.0]), r"a neuron of 2 inputs takes a list of 2, not 1: \[1\.0\]"),
        (lambda: MLP(2, [3, 1])([1.0, 2.0, 3.0, 4.0, 5.0]), r"not 5: \[1\.0, 2\.0, 3\.0, 4\.0, \.\.\.\]"),
        (lambda: MLP(2, [3, 1])([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), r"not 3: \[\[1\.0, 2\.0\]"),  # pyright: ignore[reportArgumentType]
        (lambda: MLP(2, [3, 1])(1.0), "takes a list of 2, not 1.0"),  # pyright: ignore[reportArgumentType]
    ],
)
def test_mistakes_are_told(make, told: str):
    with pytest.raises(ScalarError, match=told):
        make()


@pytest.mark.parametrize(
    "x",
    [
        np.ones((2, 2)),
        np.ones((2, 5)),
        np.ones((2, 1)),
        [[1.0, 2.0], [3.0, 4.0]],
        ["a", "b"],
        [1.0, None],
        [1j, 1.0],
        "ab",
        b"ab",
        {0: 1.0, 1: 2.0},
        {1.0, 2.0},
        np.array(1.0),
        None,
    ],
    ids=repr,
)
@pytest.mark.parametrize("sizes", [[1], [3, 1], [2, 2]])
def test_what_is_not_one_point_is_refused(x: Any, sizes: list[int]):
    with pytest.raises(
        ScalarError, match=r"takes one point, a list of 2 Values or numbers, not|takes a list of 2, not"
    ):
        MLP(2, sizes, activation="tanh")(x)


def test_numbers_put_back_are_numbers():
    neuron = Neuron(1)
    given: list[Any] = [["a", 1.0], [np.ones(2), 1.0], [None, 1.0], np.ones((2, 2))]
    for wrong in given:
        with pytest.raises(ScalarError, match="data must be a number"):
            neuron.data = wrong


def test_sizes_may_be_numpys():
    assert len(MLP(np.int64(2), np.array([3, 1])).parameters()) == 13  # pyright: ignore[reportArgumentType]


def test_a_module_of_ones_own_needs_parameters_only():
    class Pair(Module):
        def __init__(self) -> None:
            self.both = [Value(1.0), Value(2.0)]

        def parameters(self) -> list[Value]:
            return self.both

    pair = Pair()
    pair.both[0].grad = 3.0
    pair.zero_grad()
    assert (pair.both[0].grad, pair.data) == (0.0, [1.0, 2.0])
