"""Losses on held-out words: what `moregrad train` reaches in so many minutes, and on which lists.

Claims: on names.txt, nats per character of test words, from the start of the command to its end: at most 1.92 within
ten seconds, 1.91 within thirty, 1.90 within five minutes on the default split; on the lecture's split, development
words, 1.915 within fifteen seconds and 1.905 within five minutes; on makemore.py's split 1.885 and 1.875.

    python benchmarks/quality.py [--seeds 3] [--lists] [--few] [--long] [--json]

Without --long nothing of five minutes is run; --lists measures lists of other kinds and sizes as well, the default
model beside a mixture, which averages a GRU and counts, and beside counts alone; --few measures lists of few words,
begun from the network that moregrad ships and from nothing, on words of the same kind that are not in them. Programs
that were compiled before are taken from the cache, as every training but the first on a machine finds them.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import mean, median
from tempfile import TemporaryDirectory

from measuring import Claim, Figures, arguments, report

import moregrad

IN_TIME = {
    "names, 10 s": (["names", "--minutes", "0.166"], "test", 1.92, 10.0),
    "names, 30 s": (["names", "--minutes", "0.5"], "test", 1.91, 30.0),
    "lecture split, 15 s": (["names", "--split", "lecture", "--minutes", "0.25"], "validation", 1.915, 15.0),
    "makemore split, 15 s": (["names", "--split", "makemore", "--minutes", "0.25"], "test", 1.885, 15.0),
}
IN_FIVE_MINUTES = {
    "names, 5 min": (["names", "--minutes", "5"], "test", 1.90, 300.0),
    "lecture split, 5 min": (["names", "--split", "lecture", "--minutes", "5"], "validation", 1.905, 300.0),
    "makemore split, 5 min": (["names", "--split", "makemore", "--minutes", "5"], "test", 1.875, 300.0),
}
LISTS = {
    "first names": ["first-names"],
    "towns, German": ["faker:city_name:de_DE"],
    "companies": ["faker:company:en_US"],
    "surnames, Greek": ["faker:last_name:el_GR"],
    "surnames, Japanese": ["faker:last_name:ja_JP"],
    "job titles": ["faker:job:en_US"],
    "colours": ["faker:color_name:en_US"],
}
FEW = {
    "German towns": ("faker:city_name:de_DE", (100, 300)),
    "Indian names": (str(Path(os.environ.get("MOREGRAD_DATA", ""), "indian-names.csv")), (100, 300, 1_000)),
    "colours": ("faker:color_name:en_US", (100,)),
}
UNSEEN = 1_500
"""Words at most on which the loss of a short list is measured."""

MODELS = {"default": [], "mixture": ["--model", "mixture"], "counts": ["--model", "ngram"]}


def trained(options: Sequence[str]) -> Figures:
    """Seconds of `moregrad train` with `options`, and the losses that it ends with."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "moregrad", "train", *options, "--out", f"{folder}/run", "--json"]
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
        spent = time.perf_counter() - start
    record = json.loads(done.stdout)
    losses = record["losses"]
    given_new = (losses["test"].get("given_new") or {}).get("nats")
    told = {name: losses[name]["all"]["nats"] for name in ("validation", "test")}
    return {"seconds": spent, **told, **({"test given new": given_new} if given_new else {})}


def on_few(words: Sequence[str], size: int, seeds: int) -> Figures:
    """Losses on words that are not among the `size` trained on, begun with the shipped network and without."""
    losses: dict[str, list[float]] = {"shipped": [], "none": []}
    for seed in range(seeds):
        drawn = Random(seed).sample(words, len(words))
        for start, found in losses.items():
            run = moregrad.train(drawn[:size], start=start, seed=seed)
            found.append(run.evaluate(drawn[size : size + UNSEEN])["words"].unseen.nats)
    return {start: mean(found) for start, found in losses.items()}


def over_seeds(options: Sequence[str], seeds: int) -> Figures:
    """The medians over several seeds, and the widest spread of the test loss between them."""
    found = []
    for seed in range(seeds):
        found.append(trained([*options, "--seed", str(seed)]))
        print(f"{' '.join(options)} --seed {seed}: {found[-1]}", file=sys.stderr, flush=True)
    figures = {name: median(each[name] for each in found) for name in found[0]}
    tests = [each["test"] for each in found]
    return {**figures, "spread": max(tests) - min(tests)}


def main() -> None:
    """Measures and reports."""
    options = arguments(
        __doc__,
        ("--seeds", {"type": int, "default": 3, "help": "seeds of each training (3)"}),
        ("--lists", {"action": "store_true", "help": "measure lists of other kinds as well"}),
        ("--few", {"action": "store_true", "help": "measure lists of few words as well"}),
        ("--long", {"action": "store_true", "help": "measure trainings of five minutes as well"}),
        runs=1,
    )
    timed = IN_TIME | (IN_FIVE_MINUTES if options.long else {})
    results = {name: over_seeds(command, options.seeds) for name, (command, *_) in timed.items()}
    claims = []
    for name, (_, split, loss, limit) in timed.items():
        claims.append(Claim(f"{name}: {split} loss", results[name][split], loss, at_most=True))
        claims.append(Claim(f"{name}: seconds", results[name]["seconds"], limit, at_most=True))
    if options.lists:
        for kind, source in LISTS.items():
            for model, chosen in MODELS.items():
                results[f"{kind}, {model}"] = over_seeds([*source, *chosen], options.seeds)
    if options.few:
        for kind, (source, sizes) in FEW.items():
            words = moregrad.read_corpus(source).words.to_list()
            results |= {f"{size:,} {kind}": on_few(words, size, options.seeds) for size in sizes}
    report(results, claims, runs=options.seeds, as_json=options.json)


if __name__ == "__main__":
    main()
