"""Graphs to draw."""

from typing import Any

from hypothesis import strategies as st

from moregrad.scalar import Value, logsumexp


def readme() -> Value:
    """The expression in micrograd's README."""
    a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    c = a + b
    d = a * b + b**3
    c = c + c + 1
    c = c + 1 + c + (-a)
    d = d + d * 2 + (b + a).relu()
    d = d + 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g = g + 10.0 / f
    g.label = "g"
    return g


def lecture() -> Value:
    """The first expression of the first lecture."""
    a, b, c, f = (Value(x, label=name) for name, x in {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}.items())
    e = a * b
    d = e + c
    loss = d * f
    e.label, d.label, loss.label = "e", "d", "L"
    return loss


def neuron() -> Value:
    """The neuron of the first lecture, without labels between."""
    x1, x2, w1, w2, b = (Value(x, label=name) for name, x in zip(("x1", "x2", "w1", "w2", "b"), range(5), strict=True))
    return (x1 * w1 + x2 * w2 + b).tanh()


@st.composite
def values(draw: st.DrawFn) -> Value:
    """The last Value of a graph of any shape, with some labels."""
    known = [Value(0.5, label="leaf") for _ in range(draw(st.integers(1, 4)))]
    for _ in range(draw(st.integers(0, 25))):
        recent = st.integers(max(0, len(known) - 6), len(known) - 1)
        inputs: list[Any] = [known[i] for i in draw(st.lists(recent, min_size=1, max_size=4))]
        made = (
            inputs[0].tanh() if len(inputs) == 1 else inputs[0] * inputs[1] if len(inputs) == 2 else logsumexp(inputs)
        )
        made.label = draw(st.sampled_from(["", "y", "a long label, longer than most"]))
        known.append(made)
    return known[-1]
