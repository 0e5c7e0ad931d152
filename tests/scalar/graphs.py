"""Random expression graphs, with reuse and shared parts, as Hypothesis draws them and PyTorch recorded them."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from moregrad.scalar import Op, Value
from scalar.rows import ROWS

# Each keeps its output between -1 and 1 or no farther from 0 than its inputs, so that no graph grows beyond numbers.
ARITY = {"+": 2, "-": 2, "*": 2, "tanh": 1, "sigmoid": 1, "ReLU": 1, "sin": 1, "max": 2, "neg": 1, "logsumexp": 2}

Step = tuple[Any, ...]
"""The name of an operation and the numbers of the Values it takes, leaves counted first."""


@st.composite
def graphs(draw: st.DrawFn, names: Sequence[str] = tuple(ARITY)) -> tuple[list[float], list[Step]]:
    """Leaves and steps."""
    leaves = draw(st.lists(st.floats(-2, 2), min_size=1, max_size=4))
    steps: list[Step] = []
    for known in range(len(leaves), len(leaves) + draw(st.integers(1, 16))):
        name = draw(st.sampled_from(names))
        steps.append((name, *(draw(st.integers(0, known - 1)) for _ in range(ARITY[name]))))
    return leaves, steps


def built(leaves: Sequence[Any], steps: Sequence[Step], halved: Callable[[Any], Any] = lambda x: x * 0.5) -> list[Any]:
    """All Values of the graph, in order."""
    values = list(leaves)
    for name, *inputs in steps:
        values.append(halved(ROWS[name](*(values[i] for i in inputs))))
    return values


def total(leaves: Sequence[Any], steps: Sequence[Step]) -> Any:
    """The sum of all Values of the graph."""
    first, *others = built(leaves, steps)
    return sum(others, first)


def forward_gradient(leaves: Sequence[float], steps: Sequence[Step]) -> list[float]:
    """The gradient of `total` by an independent way: derivatives carried forward along the graph, leaf by leaf."""

    def by(leaf: int) -> float:
        values: list[float] = list(leaves)
        slopes = [float(i == leaf) for i in range(len(leaves))]
        for name, *inputs in steps:
            op: Op = ROWS[name]
            numbers = [values[i] for i in inputs]
            out = op.forward(*numbers)
            partials = op.partials(*numbers, out)
            values.append(out * 0.5)
            slopes.append(0.5 * sum(p * slopes[i] for p, i in zip(partials, inputs, strict=True)))
        return sum(slopes)

    return [by(leaf) for leaf in range(len(leaves))]


def values_of(leaves: Sequence[float]) -> list[Value]:
    """The leaves as Values."""
    return [Value(x) for x in leaves]
