"""The lectures' seeded training runs once more in plain NumPy, to prove the generator and the order of its draws.

    python tests/reference/replay_in_numpy.py NAMES.TXT [batchnorm | deep | wavenet]

prints the losses the notebooks print. Shares nothing with moregrad but the random generator; about one minute
for `batchnorm`, one second for `deep`, four minutes for `wavenet`.
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from moregrad.torch_random import Generator

Array = np.ndarray
Pullback = Callable[[Array], Array]


def windows(words: list[str], context: int) -> tuple[Array, Array]:
    """Every prediction's preceding `context` tokens and its target."""
    inputs, targets = [], []
    for word in words:
        tokens = [0] * context + [ord(letter) - 96 for letter in word] + [0]
        inputs += [tokens[i : i + context] for i in range(len(word) + 1)]
        targets += tokens[context:]
    return np.array(inputs), np.array(targets)


class Embedding:
    def __init__(self, table: Array) -> None:
        self.parameters = {"table": table}

    def __call__(self, ids: Array, training: bool) -> tuple[Array, Pullback]:
        self.gradients = {"table": np.zeros_like(self.parameters["table"])}

        def pullback(cotangent: Array) -> Array:
            np.add.at(self.gradients["table"], ids, cotangent)
            return cotangent

        return self.parameters["table"][ids], pullback


class Flatten:
    """Joins `size` neighbours; a single remaining position is dropped."""

    parameters, gradients = {}, {}

    def __init__(self, size: int) -> None:
        self.size = size

    def __call__(self, x: Array, training: bool) -> tuple[Array, Pullback]:
        batch, time, channels = x.shape
        joined = x.reshape(batch, time // self.size, channels * self.size)
        return joined[:, 0] if joined.shape[1] == 1 else joined, lambda cotangent: cotangent.reshape(x.shape)


class Linear:
    gradients: dict[str, Array]

    def __init__(self, weight: Array, bias: Array | None = None) -> None:
        self.parameters = {"weight": weight} | ({} if bias is None else {"bias": bias})

    def __call__(self, x: Array, training: bool) -> tuple[Array, Pullback]:
        weight = self.parameters["weight"]

        def pullback(cotangent: Array) -> Array:
            flat = cotangent.reshape(-1, cotangent.shape[-1])
            self.gradients = {"weight": x.reshape(-1, x.shape[-1]).T @ flat, "bias": flat.sum(0)}
            return cotangent @ weight.T

        return x @ weight + self.parameters.get("bias", np.float32(0)), pullback


class Tanh:
    parameters, gradients = {}, {}
    gradient: Array

    def __call__(self, x: Array, training: bool) -> tuple[Array, Pullback]:
        self.out = out = np.tanh(x)

        def pullback(cotangent: Array) -> Array:
            self.gradient = cotangent
            return cotangent * (1 - out * out)

        return out, pullback


class BatchNorm:
    """Over all axes but the last, with the n-1 variance; what runs is its `power`, 0.5 being the deviation."""

    gradients: dict[str, Array]

    def __init__(self, size: int, gain: float = 1, epsilon: float = 1e-5, momentum: float = 0.1, power: float = 1):
        self.parameters = {"gain": np.full(size, gain, np.float32), "bias": np.zeros(size, np.float32)}
        self.epsilon, self.momentum, self.power = np.float32(epsilon), np.float32(momentum), power
        self.mean, self.spread = np.zeros(size, np.float32), np.ones(size, np.float32)

    def __call__(self, x: Array, training: bool) -> tuple[Array, Pullback]:
        gain, bias = self.parameters["gain"], self.parameters["bias"]
        axes = tuple(range(x.ndim - 1))
        if not training:
            return gain * (x - self.mean) / np.sqrt(self.spread ** (1 / self.power) + self.epsilon) + bias, lambda s: s
        count = x[..., 0].size
        mean, variance = x.mean(axes), x.var(axes, ddof=1)
        self.mean = (1 - self.momentum) * self.mean + self.momentum * mean
        self.spread = (1 - self.momentum) * self.spread + self.momentum * variance**self.power
        deviation = np.sqrt(variance + self.epsilon)
        normal = (x - mean) / deviation

        def pullback(cotangent: Array) -> Array:
            self.gradients = {"gain": (cotangent * normal).sum(axes), "bias": cotangent.sum(axes)}
            cotangent = cotangent * gain
            along = normal * (cotangent * normal).sum(axes) * np.float32(1 / (count - 1))
            return (cotangent - cotangent.mean(axes) - along) / deviation

        return gain * normal + bias, pullback


def forward(layers: list, ids: Array, training: bool) -> tuple[Array, list[Pullback]]:
    x, pullbacks = ids, []
    for layer in layers:
        x, pullback = layer(x, training)
        pullbacks.append(pullback)
    return x, pullbacks


def cross_entropy(logits: Array, targets: Array) -> tuple[float, Array]:
    logits = logits - logits.max(1, keepdims=True)
    probabilities = np.exp(logits)
    probabilities /= probabilities.sum(1, keepdims=True)
    rows = np.arange(len(targets))
    loss = -np.log(probabilities[rows, targets]).mean(dtype=np.float64)
    probabilities[rows, targets] -= 1
    return float(loss), probabilities / np.float32(len(targets))


def step(layers: list, ids: Array, targets: Array, rate: float) -> float:
    logits, pullbacks = forward(layers, ids, training=True)
    loss, cotangent = cross_entropy(logits, targets)
    for pullback in reversed(pullbacks):
        cotangent = pullback(cotangent)
    for layer in layers:
        for name, parameter in layer.parameters.items():
            parameter -= np.float32(rate) * layer.gradients[name]
    return loss


def evaluate(layers: list, ids: Array, targets: Array) -> float:
    chunks = np.array_split(np.arange(len(ids)), len(ids) // 2000)
    total = sum(len(c) * cross_entropy(forward(layers, ids[c], training=False)[0], targets[c])[0] for c in chunks)
    return total / len(ids)


def batchnorm(generator: Generator) -> list:
    table, first = generator.randn(27, 10), generator.randn(30, 200) * np.float32(5 / 3 / 30**0.5)
    last, bias = generator.randn(200, 27) * np.float32(0.01), generator.randn(27) * np.float32(0)
    norm = BatchNorm(200, epsilon=0, momentum=0.001, power=0.5)
    return [Embedding(table), Flatten(3), Linear(first), norm, Tanh(), Linear(last, bias)]


def deep(generator: Generator) -> list:
    layers = [Embedding(generator.randn(27, 10)), Flatten(3)]
    for fan_in in (30, 100, 100, 100, 100):
        layers += [Linear(generator.randn(fan_in, 100) / np.float32(fan_in**0.5)), BatchNorm(100), Tanh()]
    return [*layers, Linear(generator.randn(100, 27) / np.float32(10)), BatchNorm(27, gain=0.1)]


def wavenet(generator: Generator) -> list:
    layers = [Embedding(generator.randn(27, 24))]
    for fan_in in (48, 256, 256):
        layers += [Flatten(2), Linear(generator.randn(fan_in, 128) / np.float32(fan_in**0.5)), BatchNorm(128), Tanh()]
    last = generator.randn(128, 27) / np.float32(128**0.5)
    return [*layers, Linear(last * np.float32(0.1), np.zeros(27, np.float32))]


def split(path: str) -> tuple[list[str], list[str]]:
    words = Path(path).read_text(encoding="ascii").splitlines()
    random.seed(42)
    random.shuffle(words)
    return words[: int(0.8 * len(words))], words[int(0.8 * len(words)) : int(0.9 * len(words))]


RUNS = {  # network, context, seed, steps, step at which the rate falls from 0.1 to 0.01, steps between prints
    "batchnorm": (batchnorm, 3, 2147483647, 200_000, 100_000, 10_000),
    "deep": (deep, 3, 2147483647, 1_001, 150_000, 100),
    "wavenet": (wavenet, 8, 42, 200_000, 150_000, 10_000),
}


def tables(layers: list) -> None:
    """The deep net's tables: tanh outputs, gradients there, and weight gradients against the updated weights."""
    for index, layer in enumerate(layers[2:]):
        if isinstance(layer, Tanh):
            saturated = (np.abs(layer.out) > 0.97).mean() * 100
            print(index, layer.out.mean(), layer.out.std(ddof=1), f"{saturated:.2f} %", layer.gradient.std(ddof=1))
    for layer in layers:
        for name, weight in layer.parameters.items():
            if weight.ndim == 2:
                gradient = layer.gradients[name]
                print(weight.shape, gradient.mean(), gradient.std(ddof=1), gradient.std(ddof=1) / weight.std(ddof=1))


def main(path: str, name: str) -> None:
    network, context, seed, steps, fall, every = RUNS[name]
    train, validation = (windows(words, context) for words in split(path))
    generator = Generator(seed)
    layers = network(generator)
    batches = generator.randint(len(train[0]), steps, 32)
    for number, batch in enumerate(batches):
        loss = step(layers, train[0][batch], train[1][batch], 0.1 if number < fall else 0.01)
        if number % every == 0:
            print(f"{number:6d} {loss:.5f}", flush=True)
    if name == "deep":
        tables(layers)
    print(f"train {evaluate(layers, *train):.7f} validation {evaluate(layers, *validation):.7f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
