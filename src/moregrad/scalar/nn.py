"""Neurons, layers and networks made of Values.

Constructors, the order of parameters and the use of Python's random numbers are micrograd's: after `random.seed(1337)`,
`MLP(2, [16, 16, 1])` has the same 337 parameters in both.
"""

import random
from collections.abc import Iterator, Mapping, Sequence, Set
from numbers import Integral
from typing import Any

from moregrad.errors import ScalarError
from moregrad.scalar.domain import to_float
from moregrad.scalar.value import Number, Value

UNORDERED = (str, bytes, bytearray, Mapping, Set)
"""Types that have a length but are no list of numbers in order."""

ACTIVATIONS = {"relu": Value.relu, "tanh": Value.tanh, "linear": None}


class Module:
    """The base class of everything with parameters."""

    def parameters(self) -> list[Value]:
        """All parameters, in a fixed order."""
        raise NotImplementedError

    def zero_grad(self) -> None:
        """Sets the gradient of every parameter to 0."""
        for p in self.parameters():
            p.grad = 0.0

    @property
    def data(self) -> list[float]:
        """The numbers of all parameters, in order; save them to a file and assign them to restore the module."""
        return [p.data for p in self.parameters()]

    @data.setter
    def data(self, numbers: Sequence[float]) -> None:
        parameters = self.parameters()
        if len(numbers) != len(parameters):
            raise ScalarError(f"{len(numbers)} numbers for {self!r}, which has {len(parameters)} parameters")
        for p, number in zip(parameters, numbers, strict=True):
            p.data = to_float(number)


class Neuron(Module):
    """A weighted sum of `nin` inputs and a bias, through `activation`: "relu", "tanh" or "linear".

    Weights are drawn uniformly from -1 to 1 by `rng`, by default Python's `random`; the bias is 0. `nonlin=False` is
    micrograd's way to say "linear".
    """

    def __init__(
        self, nin: int, nonlin: bool = True, *, activation: str = "relu", rng: random.Random | None = None
    ) -> None:
        _require_known(activation)
        draw = (rng or random).uniform
        self.w = [Value(draw(-1, 1)) for _ in range(_check_size(nin, "inputs"))]
        self.b = Value(0.0)
        self.activation = activation if nonlin else "linear"

    def __call__(self, x: Sequence[Value | Number]) -> Value:
        """The output for one point of `len(w)` inputs, Values or numbers; raises ScalarError for anything else."""
        if (len(x) if isinstance(x, list | tuple) else _count(x)) != len(self.w):
            raise ScalarError(f"a neuron of {len(self.w)} inputs takes a list of {len(self.w)}, not {_describe(x)}")
        try:
            act = sum((wi * xi for wi, xi in zip(self.w, x, strict=True)), self.b)
        except TypeError:
            act = None
        if not isinstance(act, Value):
            raise ScalarError(
                f"a neuron takes one point, a list of {len(self.w)} Values or numbers, not {_show(x)}; "
                "for many points call it for each: [model(x) for x in points]"
            )
        function = ACTIVATIONS[self.activation]
        return act if function is None else function(act)

    def __getitem__(self, index: int) -> Value:
        """The weight of input `index`."""
        return self.w[index]

    def __len__(self) -> int:
        return len(self.w)

    def parameters(self) -> list[Value]:
        """The weights, then the bias."""
        return [*self.w, self.b]

    def __repr__(self) -> str:
        name = {"relu": "ReLU", "tanh": "Tanh", "linear": "Linear"}[self.activation]
        return f"{name}Neuron({len(self.w)})"


class Layer(Module):
    """`nout` neurons with the same `nin` inputs; `options` are those of Neuron."""

    def __init__(self, nin: int, nout: int, **options: Any) -> None:
        self.neurons = [Neuron(nin, **options) for _ in range(_check_size(nout, "neurons"))]

    def __call__(self, x: Sequence[Value | Number]) -> Any:
        """One output for each neuron; that of a single neuron is not in a list, as in micrograd."""
        outputs = self.outputs(x)
        return outputs[0] if len(outputs) == 1 else outputs

    def outputs(self, x: Sequence[Value | Number]) -> list[Value]:
        """One output for each neuron, always in a list."""
        return [neuron(x) for neuron in self.neurons]

    def __getitem__(self, index: int) -> Neuron:
        return self.neurons[index]

    def __len__(self) -> int:
        return len(self.neurons)

    def parameters(self) -> list[Value]:
        """The parameters of each neuron in turn."""
        return [p for neuron in self.neurons for p in neuron.parameters()]

    def __repr__(self) -> str:
        return f"Layer of [{', '.join(map(str, self.neurons))}]"


class MLP(Module):
    """A multi-layer perceptron from `nin` inputs through layers of `nouts` neurons, the last of them linear.

    `activation` applies to all layers but the last, `last` to the last; the first lecture uses tanh for both.
    """

    def __init__(
        self,
        nin: int,
        nouts: Sequence[int],
        *,
        activation: str = "relu",
        last: str = "linear",
        rng: random.Random | None = None,
    ) -> None:
        if not hasattr(nouts, "__len__") or not len(nouts):
            raise ScalarError(f"MLP({nin}, {nouts}): the second argument is a list of layer sizes, such as [16, 16, 1]")
        _require_known(activation)
        activations = [activation] * (len(nouts) - 1) + [last]
        self.layers = [
            Layer(before, size, activation=kind, rng=rng)
            for before, size, kind in zip([nin, *nouts], nouts, activations, strict=False)
        ]

    def __call__(self, x: Sequence[Value | Number]) -> Any:
        """The outputs of the last layer for `nin` inputs, Values or numbers; a single output is not in a list."""
        for layer in self.layers[:-1]:
            x = layer.outputs(x)
        return self.layers[-1](x)

    def __getitem__(self, index: int) -> Layer:
        return self.layers[index]

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self.layers)

    def parameters(self) -> list[Value]:
        """The parameters of each layer in turn."""
        return [p for layer in self.layers for p in layer.parameters()]

    def __repr__(self) -> str:
        return f"MLP of [{', '.join(map(str, self.layers))}]"


def _check_size(given: int, of: str) -> int:
    if isinstance(given, Integral) and given > 0:
        return int(given)
    raise ScalarError(f"{given!r} {of}: give a whole number of at least 1")


def _require_known(activation: str) -> None:
    if activation not in ACTIVATIONS:
        raise ScalarError(f"activation {activation!r}: choose one of {', '.join(ACTIVATIONS)}")


def _count(x: Any) -> int:
    """The length of a list or array; -1 for what is no list of numbers in order."""
    if not hasattr(x, "__len__") or isinstance(x, UNORDERED) or getattr(x, "shape", None) == ():
        return -1
    return len(x)


def _describe(x: Any) -> str:
    count = _count(x)
    if count < 0:
        return f"{x!r:.60}"
    return f"{count}: {_show(x)}"


def _show(x: Any) -> str:
    return f"[{', '.join(map(str, x[:4]))}{', ...' if len(x) > 4 else ''}]"
