"""The acts whose cost is measured, each on a list that a process of its own has written, or on a run made of it."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
from measuring import Figures
from ten_million_lines import peak_memory

LATIN, HAN = ord("a"), 0x4E00
"""The first symbol of alphabets of up to 26 letters, and of larger ones."""

ORDER = 6
"""Tokens in the longest n-gram, as in the default model."""

LIST = "words.txt"

STEPS = 10
"""Training steps that are timed together, after as many others."""

AGAIN = 5.0
"""Seconds below which an act that compiles is timed when it is done again; above, compiling does not matter."""

TOKENS = 2**20
"""Characters that are drawn at a time."""


@dataclass(frozen=True)
class Problem:
    """A list of `words` words of `length` characters of an alphabet with `symbols` tokens, the boundary among them.

    `model` is trained on it, if any, with so many `members`; `count` words are scored or sampled.
    """

    words: int = 20_000
    symbols: int = 27
    length: int = 7
    members: int = 2
    model: str = "stack"
    count: int = 20_000

    def settings(self) -> dict[str, Any]:
        """The settings of the model that are not its defaults."""
        return {"stack": {"copies": self.members}, "ngram": {"order": ORDER}}.get(self.model, {})


def write_list(problem: Problem, path: Path) -> None:
    """Writes the words to `path`, one per line: symbols are as frequent as Zipf's law has them, and all occur."""
    letters, length = problem.symbols - 1, problem.length
    generator = np.random.RandomState(np.random.PCG64(0))
    every = np.resize(np.arange(letters), (-(-letters // length), length))
    block = max(TOKENS // length, len(every))
    with path.open("wb") as file:
        for first in range(0, problem.words, block):
            size = min(block, problem.words - first), length
            rows = (letters ** generator.random_sample(size)).astype(np.uint32) - 1
            if first == 0:
                rows[: len(every)] = every[: len(rows)]
            file.write(_to_text(rows + (LATIN if letters <= 26 else HAN)))


def _to_text(points: np.ndarray) -> bytes:
    """Encodes rows of code points as lines."""
    lines = np.pad(points, ((0, 0), (0, 1)), constant_values=ord("\n"))
    return lines.astype("<u4").tobytes().decode("utf-32-le").encode()


def is_made(act: str, problem: Problem, folder: str) -> bool:
    """Tells whether `folder` has what `act` needs."""
    return (Path(folder) / (problem.model if ACTS[act].with_run else LIST)).exists()


def make(act: str, problem: Problem, folder: str) -> Figures:
    """Writes the list, unless it is there, and if `act` needs one a run of it before its first step."""
    path = Path(folder)
    if not (path / LIST).exists():
        write_list(problem, path / LIST)
    if ACTS[act].with_run:
        import moregrad

        moregrad.save(_prepared(problem, path), path / problem.model)
    return {}


def measure(act: str, problem: Problem, folder: str, limit: float) -> Figures:
    """Seconds of the processors and of the clock that `act` takes, and by how many bytes it raises the peak of memory.

    What comes before it is not counted; of compiling, only the memory. The process ends when its memory exceeds
    `limit` bytes.
    """
    done = Event()
    Thread(target=_watch, args=(limit, done), daemon=True).start()
    action = ACTS[act].begin(problem, Path(folder))
    peak = peak_memory()
    found = _spent(action)
    if ACTS[act].compiles and found["cpu"] < AGAIN:
        found = _spent(action)
    done.set()
    return {**found, "memory": peak_memory() - peak, "peak": peak_memory()}


def _spent(action: "Action") -> Figures:
    clock, processors = time.perf_counter(), time.process_time()
    action()
    return {"cpu": time.process_time() - processors, "clock": time.perf_counter() - clock}


def _watch(limit: float, done: Event) -> None:
    while not done.wait(0.1):
        if peak_memory() > limit:
            os._exit(1)


Action = Callable[[], Any]


@dataclass(frozen=True)
class Act:
    """A name for people, what begins an act and returns what is to be measured of it, and what must be there before.

    One that `compiles` has programs whose shapes follow from the size, so that they are compiled only when it is done.
    """

    title: str
    begin: Callable[[Problem, Path], Action]
    with_run: bool = False
    compiles: bool = False


def _prepared(problem: Problem, folder: Path) -> Any:
    from moregrad import read_corpus
    from moregrad.models.catalogue import architecture
    from moregrad.runs import prepare

    built = architecture(problem.model).replace(**problem.settings())
    return prepare(read_corpus(folder / LIST), built, built.recipe)


def _read(problem: Problem, folder: Path) -> Action:
    from moregrad.data import read_corpus, split

    split(read_corpus([f"word{letter}" for letter in "abcdefghijkl"]))

    def act() -> None:
        corpus = read_corpus(folder / LIST)
        splits = split(corpus)
        for part in (splits.train, splits.validation, splits.test):
            corpus.encode(part)

    return act


def _count(problem: Problem, folder: Path) -> Action:
    from moregrad.data import read_corpus
    from moregrad.models import NGram

    corpus = read_corpus(folder / LIST)
    encoded, vocab = corpus.encode(), len(corpus.vocabulary)
    NGram(order=ORDER).count(encoded.first(100), vocab)
    return lambda: NGram(order=ORDER).count(encoded, vocab)


def _deal(problem: Problem, folder: Path) -> Action:
    from moregrad import load
    from moregrad.runs.labelling import examples_of

    run = load(folder / problem.model)
    return lambda: examples_of(run)


def _train(problem: Problem, folder: Path) -> Action:
    import jax

    from moregrad import load
    from moregrad.runs.labelling import examples_of
    from moregrad.training import train

    run = load(folder / problem.model)
    reports = train(run.model, examples_of(run), run.recipe.replace(steps=3 * STEPS), every=STEPS)
    jax.block_until_ready(next(reports).computed)
    return lambda: [report.losses for report in reports]


def _score(problem: Problem, folder: Path) -> Action:
    from moregrad import load
    from moregrad.data import read_corpus
    from moregrad.evaluation.tables import score_tables

    run = load(folder / problem.model)
    words = read_corpus(folder / LIST, keep_duplicates=True).words
    words = words.gather(np.arange(problem.count) % len(words))
    return lambda: [table.height for table in score_tables(run.model, run.vocabulary, [words])]


def _sample(problem: Problem, folder: Path) -> Action:
    from moregrad import load

    run = load(folder / problem.model)
    return lambda: run.sample(problem.count, seed=1)


def _sample_distinct(problem: Problem, folder: Path) -> Action:
    from moregrad import load

    run = load(folder / problem.model)
    return lambda: run.sample(problem.count, seed=1, distinct=True, max_length=2)


def _evaluate(problem: Problem, folder: Path) -> Action:
    from moregrad import load

    run = load(folder / problem.model)
    run.evaluate([*run.splits["test"].first(20).words(run.vocabulary)])
    return run.evaluate_all


def _load(problem: Problem, folder: Path) -> Action:
    from moregrad import load

    return lambda: load(folder / problem.model)


ACTS = {
    "read": Act("read, split, encode", _read),
    "count": Act(f"count n-grams up to {ORDER}", _count),
    "deal": Act("make training rows", _deal, with_run=True),
    "train": Act(f"{2 * STEPS} training steps", _train, with_run=True),
    "score": Act("score", _score, with_run=True, compiles=True),
    "sample": Act("sample", _sample, with_run=True, compiles=True),
    "distinct": Act("sample --distinct, words of 1 or 2", _sample_distinct, with_run=True, compiles=True),
    "evaluate": Act("evaluate --all", _evaluate, with_run=True, compiles=True),
    "load": Act("load a run", _load, with_run=True),
}
