"""makemore.py's transformer, gru and mlp at its default sizes: characters learned from per second, padding not counted.

Claim: at least 3 times makemore.py's, for each of the three.

    python benchmarks/makemore_models.py --makemore PATH/makemore.py [--runs 5] [--json]

makemore.py is imported from PATH (it needs `pip install tensorboard`) and trains as its script does, batch 32, AdamW,
with one or two threads and with none or its default four loader processes; the best of these counts. moregrad trains
the very same architectures (preset `makemore`) with AdamW on about as many characters per step: 8 packed rows, or 228
windows. Each measurement is a process of its own. After a warm-up it times four seconds of makemore.py, or five chunks
of 100 of moregrad after a first one. Compiling is told apart and not counted.
"""

from itertools import product

from makemore_peer import DECAY, RATE, Makemore
from measuring import Claim, Contender, Figures, arguments, best, by_turns, per_second, report
from names import names_file
from training_speed import training_speed

KINDS = ("transformer", "gru", "mlp")
CHUNK, STEPS = 100, 600
BATCHES = {"transformer": 8, "gru": 8, "mlp": 228}


def makemore(script: str, words: str, kind: str, workers: int) -> Figures:
    """Characters per second of makemore.py."""
    peer = Makemore(script, words, kind, workers=workers)
    return {"parameters": peer.parameters, "characters/s": per_second(peer.step)}


def moregrad(kind: str) -> Figures:
    """Characters per second of moregrad with the same architecture."""
    from moregrad.models.presets import MAKEMORE
    from moregrad.recipe import Recipe

    recipe = Recipe(
        steps=STEPS,
        batch_size=BATCHES[kind],
        optimizer="adamw",
        learning_rate=RATE,
        weight_decay=DECAY,
        schedule="constant",
    )
    return training_speed(MAKEMORE[kind], recipe, split="makemore", chunk=CHUNK)


def main() -> None:
    """Measures and reports."""
    options = arguments(__doc__, ("--makemore", {"required": True, "help": "path of makemore.py"}))
    results: dict[str, Figures] = {}
    claims = []
    with names_file() as words:
        for kind in KINDS:
            peers = makemore_contenders(options.makemore, words, kind)
            ours = Contender(f"moregrad {kind}", moregrad, (kind,))
            measured = by_turns([*peers, ours], runs=options.runs)
            ratio = measured[ours.name]["characters/s"] / best(measured, [p.name for p in peers], "characters/s")
            claims.append(Claim(f"{kind}: characters per second, moregrad / makemore.py at its best", ratio, 3))
            results.update(measured)
    report(results, claims, runs=options.runs, as_json=options.json)


def makemore_contenders(script: str, words: str, kind: str) -> list[Contender]:
    """makemore.py with one and two threads, with no loader process and its default four."""
    return [
        Contender(
            f"makemore.py {kind}, {threads} threads, {workers} loaders",
            makemore,
            (script, words, kind, workers),
            threads,
        )
        for threads, workers in product((1, 2), (0, 4))
    ]


if __name__ == "__main__":
    main()
