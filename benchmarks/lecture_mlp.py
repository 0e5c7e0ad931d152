"""The lecture's MLP: steps per second beside a PyTorch eager loop, arithmetic beside NumPy's matrix product.

Claims: at least 4 times the steps per second of PyTorch at its better thread count, and at least 70 % of one core's
float32 matrix-product peak at the step's arithmetic.

    python benchmarks/lecture_mlp.py [--runs 5] [--json]

Context 4, embedding 10, hidden 200, batch 64, plain gradient descent. Each measurement is a process of its own: after
a warm-up it times four seconds of PyTorch, or 5,000 of moregrad in chunks of 1,000 after a first one. The step's
arithmetic counts its matrix products only, forwards and twice backwards: 3 x 2 x 64 x (40 x 200 + 200 x 27)
operations. The peak is the fastest of twenty products of two 1024 x 1024 matrices on one thread, in moregrad's
process before it trains. Compiling is told apart and not counted.
"""

import numpy as np
from measuring import Claim, Contender, Figures, arguments, best, by_turns, per_second, report, seconds
from names import lecture_windows
from training_speed import training_speed

CONTEXT, EMBEDDING, HIDDEN, VOCAB, BATCH, RATE = 4, 10, 200, 27, 64, 0.1
OPERATIONS = 3 * 2 * BATCH * (CONTEXT * EMBEDDING * HIDDEN + HIDDEN * VOCAB)
PEAK_SIZE, PEAK_TRIALS = 1024, 20
CHUNK, STEPS = 1000, 6000


def pytorch() -> Figures:
    """The lecture's loop: parameters as bare tensors, one update written out per step."""
    import torch  # pyright: ignore[reportMissingImports]
    from torch.nn.functional import cross_entropy  # pyright: ignore[reportMissingImports]

    contexts, following = map(torch.from_numpy, lecture_windows(CONTEXT))
    table = torch.randn(VOCAB, EMBEDDING)
    inward, offset = (
        torch.randn(CONTEXT * EMBEDDING, HIDDEN) * (5 / 3) / (CONTEXT * EMBEDDING) ** 0.5,
        torch.zeros(HIDDEN),
    )
    outward, level = torch.randn(HIDDEN, VOCAB) * 0.01, torch.zeros(VOCAB)
    parameters = [table, inward, offset, outward, level]
    for parameter in parameters:
        parameter.requires_grad = True

    def step() -> None:
        chosen = torch.randint(0, len(contexts), (BATCH,))
        joined = table[contexts[chosen]].view(BATCH, -1)
        hidden = torch.tanh(joined @ inward + offset)
        loss = cross_entropy(hidden @ outward + level, following[chosen])
        for parameter in parameters:
            parameter.grad = None
        loss.backward()
        for parameter in parameters:
            parameter.data -= RATE * parameter.grad

    return {"steps/s": per_second(step)}


def moregrad() -> Figures:
    """One compiled program per chunk of steps."""
    from moregrad.models.mlp import MLP
    from moregrad.recipe import Recipe

    peak = numpy_peak()
    architecture = MLP(context=CONTEXT, embedding=EMBEDDING, hidden=HIDDEN)
    recipe = Recipe(steps=STEPS, batch_size=BATCH, optimizer="sgd", learning_rate=RATE, schedule="constant")
    figures = training_speed(architecture, recipe, split="lecture", chunk=CHUNK)
    gigaflops = figures["steps/s"] * OPERATIONS / 1e9
    return {**figures, "GFLOP/s": gigaflops, "NumPy peak GFLOP/s": peak, "share of peak %": 100 * gigaflops / peak}


def numpy_peak() -> float:
    """The fastest float32 matrix product of NumPy on one thread, in GFLOP/s."""
    left, right = np.random.default_rng(0).random((2, PEAK_SIZE, PEAK_SIZE), np.float32)
    return 2 * PEAK_SIZE**3 / min(seconds(lambda: left @ right) for _ in range(PEAK_TRIALS)) / 1e9


def main() -> None:
    """Measures and reports."""
    options = arguments(__doc__)
    peers = [Contender(f"PyTorch eager, {n} thread{'s' * (n > 1)}", pytorch, threads=n) for n in (1, 2)]
    results = by_turns([*peers, Contender("moregrad", moregrad)], runs=options.runs)
    ours, fastest = results["moregrad"], best(results, [peer.name for peer in peers], "steps/s")
    claims = [
        Claim("steps per second, moregrad / PyTorch at its better thread count", ours["steps/s"] / fastest, 4),
        Claim("share of one core's matrix-product peak, %", ours["share of peak %"], 70),
    ]
    report(results, claims, runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
