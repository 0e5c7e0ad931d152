"""The lecture's WaveNet, 76,579 parameters, batch 32: steps per second beside PyTorch eager.

Claim: at least 4.5 times the steps per second of PyTorch at its better thread count.

    python benchmarks/lecture_wavenet.py [--runs 5] [--json]

Embedding 24, three times (join two neighbours, Linear of 128 without bias, BatchNorm, tanh), Linear; plain gradient
descent. BatchNorm normalises by the variance with n - 1, as in the lecture. Each measurement is a process of its own:
after a warm-up it times four seconds of PyTorch, or 2,500 of moregrad in chunks of 500 after a first one. Compiling is
told apart and not counted.
"""

from measuring import Claim, Contender, Figures, arguments, best, by_turns, per_second, report
from names import lecture_windows
from torch_wavenet import CONTEXT, wavenet
from training_speed import training_speed

BATCH, RATE = 32, 0.1
CHUNK, STEPS = 500, 3000


def pytorch() -> Figures:
    """One eager step after the other."""
    import torch  # pyright: ignore[reportMissingImports]
    from torch.nn.functional import cross_entropy  # pyright: ignore[reportMissingImports]

    contexts, following = map(torch.from_numpy, lecture_windows(CONTEXT))
    model = wavenet()
    parameters = list(model.parameters())

    def step() -> None:
        chosen = torch.randint(0, len(contexts), (BATCH,))
        loss = cross_entropy(model(contexts[chosen]), following[chosen])
        for parameter in parameters:
            parameter.grad = None
        loss.backward()
        for parameter in parameters:
            parameter.data -= RATE * parameter.grad  # pyright: ignore[reportOperatorIssue]

    count = sum(parameter.numel() for parameter in parameters)
    return {"parameters": count, "steps/s": per_second(step)}


def moregrad() -> Figures:
    """One compiled program per chunk of steps."""
    from moregrad.models.wavenet import WaveNet
    from moregrad.recipe import Recipe

    recipe = Recipe(steps=STEPS, batch_size=BATCH, optimizer="sgd", learning_rate=RATE, schedule="constant")
    return training_speed(WaveNet(), recipe, split="lecture", chunk=CHUNK)


def main() -> None:
    """Measures and reports."""
    options = arguments(__doc__)
    peers = [Contender(f"PyTorch eager, {n} thread{'s' * (n > 1)}", pytorch, threads=n) for n in (1, 2)]
    results = by_turns([*peers, Contender("moregrad", moregrad)], runs=options.runs)
    ratio = results["moregrad"]["steps/s"] / best(results, [peer.name for peer in peers], "steps/s")
    claim = Claim("steps per second, moregrad / PyTorch at its better thread count", ratio, 4.5)
    report(results, [claim], runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
