"""The moons demo: moregrad.scalar beside micrograd.

Claims: 100 points and 100 steps at least 10 times as fast as micrograd with graphs built anew, and at least 300 times
replayed, recording counted; one forward and backward pass over 50 points within 22 ms, which the Rust ancestor's engine
takes alone.

    python benchmarks/scalar_moons.py [--runs 5] [--steps 100] [--json]

A network of 2-16-16-1 neurons with relu, hinge loss and a weight penalty, full batches, gradient descent with a falling
rate: micrograd's demo, with its data and its weights. micrograd is that from PyPI: `pip install micrograd`. The Rust
figure was measured with optimisation on such a machine, beside a micrograd that took 190 to 550 ms.
"""

import random
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from measuring import Claim, Contender, Figures, arguments, by_turns, report, seconds

from moregrad.data.points import moons

COUNT, NOISE, SEED, SIZES, PENALTY = 100, 0.1, 1337, (2, [16, 16, 1]), 1e-4
FEW, PASSES, ANCESTOR = 50, 5, 0.022


def rate(step: int, steps: int) -> float:
    """From 1 down to almost 0.1."""
    return 1.0 - 0.9 * step / steps


def run_demo(mlp: Any, value: Any, steps: int) -> Figures:
    """The demo as micrograd's notebook has it, with the MLP and Value given."""
    points, targets = _points()
    random.seed(SEED)
    model = mlp(*SIZES)

    def loss(points: Sequence[Sequence[float]]) -> Any:
        scores = [model([value(x) for x in point]) for point in points]
        losses = [(1 + -target * score).relu() for target, score in zip(targets, scores, strict=False)]
        return sum(losses) * (1.0 / len(losses)) + PENALTY * sum(p * p for p in model.parameters())

    def once(points: Sequence[Sequence[float]]) -> Any:
        total = loss(points)
        model.zero_grad()
        total.backward()
        return total

    def train() -> None:
        for step in range(steps):
            once(points)
            for p in model.parameters():
                p.data -= rate(step, steps) * p.grad

    few = sorted(seconds(lambda: once(points[:FEW])) for _ in range(PASSES))[PASSES // 2]
    spent = seconds(train)
    return {"seconds": spent, f"ms, {FEW} points": 1000 * few, "loss after": float(loss(points).data)}


def micrograd(steps: int) -> Figures:
    """micrograd from PyPI."""
    from micrograd.engine import Value  # pyright: ignore[reportMissingImports]
    from micrograd.nn import MLP  # pyright: ignore[reportMissingImports]

    return run_demo(MLP, Value, steps)


def built_anew(steps: int) -> Figures:
    """moregrad.scalar in micrograd's place."""
    from moregrad.scalar import MLP, Value

    return run_demo(MLP, Value, steps)


def replayed(steps: int) -> Figures:
    """moregrad.scalar with the graph of one point recorded, and replayed for all points at once."""
    from moregrad.scalar import MLP, SGD, Program, Value, weight_penalty

    rows = np.column_stack(_points())
    random.seed(SEED)
    start = time.perf_counter()
    model = MLP(*SIZES)
    x, y, target = Value(0.0), Value(0.0), Value(1.0)
    loss = (1 - target * model([x, y])).relu() + weight_penalty(model.parameters(), PENALTY)
    program, optimizer = Program(loss, [x, y, target]), SGD(model.parameters(), rate(0, steps))
    for step in range(steps):
        program(rows)
        optimizer.zero_grad()
        program.backward()
        optimizer.learning_rate = rate(step, steps)
        optimizer.step()
    spent = time.perf_counter() - start
    return {"seconds": spent, "loss after": float(program(rows).mean())}


def _points() -> tuple[list[list[float]], list[int]]:
    positions, labels = moons(COUNT, noise=NOISE, seed=SEED)
    return positions.tolist(), (2 * labels - 1).tolist()


def main() -> None:
    """Measures and reports."""
    options = arguments(__doc__, ("--steps", {"type": int, "default": 100, "help": "steps of training (100)"}))
    contenders = [
        Contender(measure.__name__, measure, (options.steps,)) for measure in (micrograd, built_anew, replayed)
    ]
    results = by_turns(contenders, runs=options.runs)
    peer, eager, program = (results[contender.name] for contender in contenders)
    claims = [
        Claim("micrograd's seconds / ours, built anew", peer["seconds"] / eager["seconds"], 10),
        Claim("micrograd's seconds / ours, replayed", peer["seconds"] / program["seconds"], 300),
        Claim(f"ms for a pass over {FEW} points", eager[f"ms, {FEW} points"], 1000 * ANCESTOR, at_most=True),
        Claim(
            "greatest difference of final losses",
            max(abs(ours["loss after"] - peer["loss after"]) for ours in (eager, program)),
            1e-12,
            at_most=True,
        ),
    ]
    report(results, claims, runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
