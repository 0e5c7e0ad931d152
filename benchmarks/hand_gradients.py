"""Gradients written by hand: steps per second beside the compiled training loop, and of the same code in plain NumPy.

Claim: a training whose gradients are all pullbacks written by hand has at least 0.9 of the steps per second of the
training loop, which compiles automatic differentiation.

    python benchmarks/hand_gradients.py [--runs 5] [--json]

The fourth lecture's MLP with BatchNorm: context 3, embedding 10, hidden 200, 12,297 parameters, batch 32, plain
gradient descent. Each measurement is a process of its own. The compiled ones take 50,000 steps in one program, after
the same once before, which compiles it; NumPy takes four seconds of steps on one thread after one second.
"""

from typing import TYPE_CHECKING

import numpy as np
from measuring import Claim, Contender, Figures, arguments, by_turns, per_second, report, seconds
from names import lecture_windows, names

if TYPE_CHECKING:
    from moregrad.data.examples import Windows

STEPS, BATCH, RATE = 50_000, 32, 0.1


def examples() -> "Windows":
    """The training examples of the lecture."""
    from moregrad.data import split
    from moregrad.data.examples import Windows
    from moregrad.lectures.manual import CONTEXT

    corpus = names()
    return Windows.of(corpus.encode(split(corpus, "lecture").train), CONTEXT)


def compiled_by_hand() -> Figures:
    """Pullbacks in one compiled program."""
    from moregrad.lectures import hand_training

    windows = examples()
    first, second = (seconds(lambda: hand_training.train(windows, steps=STEPS)) for _ in range(2))
    return {"steps/s": STEPS / second, "compile s": first - second}


def training_loop() -> Figures:
    """The same network and batches in moregrad's loop."""
    import jax.numpy as jnp

    from moregrad.lectures import hand_training
    from moregrad.lectures.manual import draw_parameters
    from moregrad.recipe import Recipe
    from moregrad.torch_random import Generator
    from moregrad.training.batches import FixedBatches
    from moregrad.training.loop import train

    windows = examples()
    recipe = Recipe(steps=STEPS, batch_size=BATCH, optimizer="sgd", learning_rate=RATE, schedule="step", drop_at=0.5)

    def run() -> None:
        generator = Generator(0)
        model = hand_training.network(draw_parameters(generator, hidden=hand_training.HIDDEN))
        batches = FixedBatches(jnp.asarray(generator.randint(windows.size, STEPS, BATCH)))
        assert [report.losses for report in train(model, windows, recipe, every=STEPS, batches=batches)]

    first, second = seconds(run), seconds(run)
    return {"steps/s": STEPS / second, "compile s": first - second}


def numpy_by_hand() -> Figures:
    """The same pullbacks in plain NumPy."""
    from moregrad.lectures import hand_training
    from moregrad.lectures.manual import CONTEXT, draw_parameters
    from moregrad.torch_random import Generator

    tokens, targets = lecture_windows(CONTEXT)
    random = np.random.default_rng(0)
    parameters = draw_parameters(Generator(0), hidden=hand_training.HIDDEN)

    def step() -> None:
        nonlocal parameters
        chosen = random.integers(len(tokens), size=BATCH)
        parameters, _ = hand_training.descend(parameters, tokens[chosen], targets[chosen], RATE)

    return {"steps/s": per_second(step)}


def main() -> None:
    """Measures and reports."""
    options = arguments(__doc__)
    contenders = {
        "training loop": training_loop,
        "by hand, compiled": compiled_by_hand,
        "by hand, NumPy": numpy_by_hand,
    }
    results = by_turns([Contender(name, measure) for name, measure in contenders.items()], runs=options.runs)
    ours, loop = (results[name]["steps/s"] for name in ("by hand, compiled", "training loop"))
    claims = [Claim("steps per second, by hand / training loop", ours / loop, 0.9)]
    report(results, claims, runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
