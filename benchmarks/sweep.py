"""Trials an hour of a search over learning rates on names.txt: together as one program, and one after another.

Claim: for models of up to 30,000 parameters, three times as many together as by a call of `moregrad.train` for each.

    python benchmarks/sweep.py [--runs 3] [--trials 8] [--json]

Contenders are warm: each has trained once before it is measured, in the process that is measured. "one at a time" is
the same search with one trial under way: what is left to gain by training together alone. "commands" are not warm: each
trial is a `moregrad train`, as in a loop of the shell. CPU seconds say what a machine with more cores gains. Every core
is a device of JAX, as in `moregrad sweep`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from typing import Any

from measuring import Claim, Contender, Figures, arguments, by_turns, report

from moregrad.cli.surroundings import use_all_cores

MODELS = {
    "gru": ("gru", {"hidden": 64, "embedding": 32}),
    "mlp": ("mlp", {"hidden": 128}),
    "transformer": ("transformer", {"embedding": 32, "depth": 2, "heads": 4}),
}
LOWEST, HIGHEST = 2e-3, 2e-2


def together(model: str, trials: int, at_once: int | None = None) -> Figures:
    """The trials an hour of a search; of one that has so many under way at once."""
    use_all_cores()
    os.environ.setdefault("JAX_NUM_CPU_DEVICES", str(os.cpu_count()))
    import moregrad
    from moregrad.models.catalogue import architecture
    from moregrad.runs.preparation import Preparation
    from moregrad.searches.search import Search
    from moregrad.searches.space import Space
    from moregrad.searches.study import Study

    name, settings = MODELS[model]
    base = architecture(name)
    space = Space.of(base, base.recipe, {**settings, "learning_rate": f"{LOWEST}..{HIGHEST}"})

    def search(number: int) -> None:
        preparation = Preparation.of(moregrad.read_corpus("names"), split="words", start="none")
        study = Study(None, space, {}, pruning="none", steps=base.recipe.steps, limit=number)
        done = [trial for ended in Search(preparation, study, given=settings, together=at_once) for trial in ended]
        assert len(done) == number

    return measured(search, trials)


def commands(model: str, trials: int) -> Figures:
    """The trials an hour of a loop of the shell: a start, a compilation and a training each."""
    name, settings = MODELS[model]
    options = [part for setting, value in settings.items() for part in (f"--{setting}", str(value))]
    start, before = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    with TemporaryDirectory() as folder:
        for trial in range(trials):
            rate = ["--learning-rate", str(rate_of(trial, trials)), "--out", f"{folder}/{trial}"]
            command = [sys.executable, "-m", "moregrad", "train", "names", "--model", name, *options, *rate]
            subprocess.run(command, check=True, capture_output=True)
    after = getrusage(RUSAGE_CHILDREN)
    return per_trial(
        trials, time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    )


def one_after_another(model: str, trials: int) -> Figures:
    """The trials an hour of a loop that calls `moregrad.train`."""
    use_all_cores()
    import moregrad

    name, settings = MODELS[model]
    options: dict[str, Any] = settings

    def loop(number: int) -> None:
        corpus = moregrad.read_corpus("names").words.to_list()
        for trial in range(number):
            moregrad.train(corpus, name, learning_rate=rate_of(trial, number), **options)

    return measured(loop, trials)


def measured(work: Callable[[int], None], trials: int) -> Figures:
    """Trials an hour and CPU seconds a trial, after one trial that compiles."""
    work(1)
    start, used = time.perf_counter(), time.process_time()
    work(trials)
    spent, cpu = time.perf_counter() - start, time.process_time() - used
    return per_trial(trials, spent, cpu)


def rate_of(trial: int, trials: int) -> float:
    """The learning rate of a trial of so many."""
    return LOWEST * (HIGHEST / LOWEST) ** (trial / max(trials - 1, 1))


def per_trial(trials: int, spent: float, cpu: float) -> Figures:
    """The figures of so many trials that took so many seconds, of the clock and of the processor."""
    return {"trials/hour": 3600 * trials / spent, "CPU s/trial": cpu / trials, "cores busy": cpu / spent}


def main() -> None:
    """Measures and reports."""
    options = arguments(
        __doc__,
        ("--trials", {"type": int, "default": 8, "help": "trials of each search (8)"}),
        ("--models", {"nargs": "+", "choices": list(MODELS), "default": list(MODELS), "help": "models (all)"}),
        runs=3,
    )
    ways = {
        "commands": (commands, ()),
        "one after another": (one_after_another, ()),
        "one at a time": (together, (1,)),
        "together": (together, ()),
    }
    contenders = [
        Contender(f"{model}, {way}", measure, (model, options.trials, *more))
        for model in options.models
        for way, (measure, more) in ways.items()
    ]
    results = by_turns(contenders, runs=options.runs)

    def ratio(model: str, way: str, figure: str) -> float:
        return results[f"{model}, together"][figure] / results[f"{model}, {way}"][figure]

    for model in options.models:
        results[f"{model}, ratios"] = {
            "trials/hour": ratio(model, "one after another", "trials/hour"),
            "trials/hour over commands": ratio(model, "commands", "trials/hour"),
            "CPU s/trial": ratio(model, "one after another", "CPU s/trial"),
        }
    claims = [
        Claim(f"{model}: trials an hour, over one after another", results[f"{model}, ratios"]["trials/hour"], 3.0)
        for model in options.models
    ]
    report(results, claims, runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
