"""Records what PyTorch makes of single numbers in float64, as scalar.json beside this file.

pip install torch==2.13.0 && python tests/reference/record_scalar.py

For every operation: outputs, gradients and second derivatives (of the sum of the gradient) at some inputs. And random
graphs, with what is shared in them: leaves, steps (an operation and the numbers of the Values it takes), the output and
the gradient by every leaf.
"""

import json
import random
from pathlib import Path
from typing import Any

import torch  # pyright: ignore[reportMissingImports]
from torch.nn import functional  # pyright: ignore[reportMissingImports]

SEED, GRAPHS, LEAVES, STEPS = 0, 40, 4, 24

OPERATIONS = {
    "+": torch.add,
    "-": torch.sub,
    "*": torch.mul,
    "/": torch.div,
    "**": torch.pow,
    "neg": torch.neg,
    "abs": torch.abs,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "ReLU": torch.relu,
    "leaky ReLU": lambda x: functional.leaky_relu(x, 0.01),
    "gelu": functional.gelu,
    "softplus": lambda x: functional.softplus(x, threshold=1e9),
    "erfc": torch.erfc,
    "max": lambda *xs: torch.stack(xs).amax(),
    "min": lambda *xs: torch.stack(xs).amin(),
    "logsumexp": lambda *xs: torch.logsumexp(torch.stack(xs), 0),
}
ANY = [[x] for x in (-400.0, -30.0, -2.5, -1.0, -0.1, 0.0, 1e-10, 0.3, 1.0, 3.0, 30.0, 400.0)]
POSITIVE = [[x] for x in (1e-8, 0.3, 1.0, 7.5, 1e8)]
MODERATE = [[x] for x in (-6.0, -2.5, -1.0, -0.1, 0.0, 0.3, 1.0, 3.0, 6.0)]
PAIRS = [[2.0, 3.0], [-1.5, 0.25], [0.3, -4.0], [5.0, 5.0]]
# No exponent of 0, where PyTorch loses the second derivative by base and exponent.
POWERS = [[2.0, 3.0], [0.5, -1.5], [3.0, 0.5], [1.0, 7.0]]
LISTS = [[1.0, 2.0, 3.0], [2.0, 2.0, -1.0], [1000.0, 999.0, -1000.0], [-0.5, 0.25, 4.0, 4.0]]
POINTS = {
    **dict.fromkeys("+-*/", PAIRS),
    "**": POWERS,
    **dict.fromkeys(("log", "sqrt"), POSITIVE),
    **dict.fromkeys(("exp", "erfc"), MODERATE),
    **dict.fromkeys(("max", "min", "logsumexp"), LISTS),
}
# Of these, each output is between -1 and 1 or no farther from 0 than its inputs, so that graphs do not grow.
IN_GRAPHS = {"+": 2, "-": 2, "*": 2, "tanh": 1, "sigmoid": 1, "ReLU": 1, "sin": 1, "max": 2, "neg": 1, "logsumexp": 2}


def at(name: str, point: list[float]) -> dict[str, Any]:
    """An operation at a point."""
    inputs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point]
    output = OPERATIONS[name](*inputs)
    gradient = torch.autograd.grad(output, inputs, create_graph=True)
    slope: Any = sum(gradient)
    second = torch.autograd.grad(slope, inputs, allow_unused=True) if slope.requires_grad else [None] * len(inputs)
    return {
        "inputs": point,
        "output": output.item(),
        "gradient": [g.item() for g in gradient],
        "second": [0.0 if g is None else g.item() for g in second],
    }


def graph(rng: random.Random) -> dict[str, Any]:
    """A random graph in which every Value may be used again."""
    leaves = [rng.uniform(-2, 2) for _ in range(LEAVES)]
    inputs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in leaves]
    values, steps = list(inputs), []
    for _ in range(STEPS):
        name = rng.choice(list(IN_GRAPHS))
        chosen = [rng.randrange(len(values)) for _ in range(IN_GRAPHS[name])]
        steps.append([name, *chosen])
        made = OPERATIONS[name](*(values[i] for i in chosen))
        values.append(made * 0.5)
    output = torch.stack(values).sum()
    output.backward()
    return {"leaves": leaves, "steps": steps, "output": output.item(), "gradient": [x.grad.item() for x in inputs]}  # pyright: ignore[reportOptionalMemberAccess]


def main() -> None:
    """Writes all of it down, a graph or a point to a line."""
    rng = random.Random(SEED)
    operations = {name: [at(name, point) for point in POINTS.get(name, ANY)] for name in OPERATIONS}
    lines = [f' "torch": {json.dumps(torch.__version__)},', ' "operations": {']
    lines += [f"  {json.dumps(name)}: [\n   {_join(points, 3)}\n  ]," for name, points in operations.items()]
    lines[-1] = lines[-1].removesuffix(",")
    lines += [" },", f' "graphs": [\n  {_join([graph(rng) for _ in range(GRAPHS)], 2)}\n ]']
    Path(__file__).with_name("scalar.json").write_text("\n".join(["{", *lines, "}", ""]))


def _join(rows: list[dict[str, Any]], indent: int) -> str:
    return f",\n{' ' * indent}".join(map(json.dumps, rows))


if __name__ == "__main__":
    main()
