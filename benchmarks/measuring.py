"""Contenders in fresh processes, by turns; their medians, as a table for people or as JSON for machines."""

import json
import os
import platform
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from statistics import median
from typing import Any

Figures = dict[str, float]

THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
PACKAGES = ("moregrad", "jax", "torch", "numpy")


@dataclass(frozen=True)
class Contender:
    """`measure(*arguments)` gives figures by name; it runs in a new process whose numerical libraries use `threads`.

    JAX has its own pool of threads, one per core, which `threads` does not touch.
    """

    name: str
    measure: Callable[..., Figures]
    arguments: tuple[Any, ...] = ()
    threads: int = 1

    def run(self) -> Figures:
        """One measurement."""
        with threads(self.threads), ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(self.measure, *self.arguments).result()


@dataclass(frozen=True)
class Claim:
    """A figure and what it is to reach: at least `target`, or at most where less is better."""

    text: str
    value: float
    target: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """The target is reached."""
        return self.value <= self.target if self.at_most else self.value >= self.target


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Processes started meanwhile use `count` threads in OpenMP, MKL and OpenBLAS."""
    before = {name: os.environ.get(name) for name in THREAD_VARIABLES}
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, str(count)))
    yield
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


def by_turns(contenders: Sequence[Contender], *, runs: int) -> dict[str, Figures]:
    """The median of every figure of every contender over `runs` rounds; a slow minute of the machine meets them all."""
    return medians(rounds(contenders, runs=runs))


def rounds(contenders: Sequence[Contender], *, runs: int) -> dict[str, list[Figures]]:
    """The figures of every contender in each round."""
    found: dict[str, list[Figures]] = {contender.name: [] for contender in contenders}
    for number in range(runs):
        for contender in contenders:
            figures = contender.run()
            found[contender.name].append(figures)
            shown = ", ".join(f"{name} {plain(value)}" for name, value in figures.items())
            print(f"run {number + 1} of {runs}, {contender.name}: {shown}", file=sys.stderr, flush=True)
    return found


def medians(found: dict[str, list[Figures]]) -> dict[str, Figures]:
    """The median of every figure of every contender."""
    return {name: {figure: median(f[figure] for f in many) for figure in many[0]} for name, many in found.items()}


def ratios(found: dict[str, list[Figures]], one: str, other: str, figure: str) -> Figures:
    """The ratio of the `figure` of one contender to that of another in the same round: median, least and greatest."""
    each = [mine[figure] / its[figure] for mine, its in zip(found[one], found[other], strict=True)]
    return {"times": median(each), "least": min(each), "greatest": max(each)}


def best(results: dict[str, Figures], names: Sequence[str], figure: str, *, least: bool = False) -> float:
    """The best `figure` that any of the contenders `names` reached."""
    return (min if least else max)(results[name][figure] for name in names)


def seconds(action: Callable[[], Any]) -> float:
    """The seconds that one call of `action` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def per_second(step: Callable[[], float | None], *, warm_up: float = 1.0, duration: float = 4.0) -> float:
    """The rate of calls of `step`: the sum per second of what they return, or their number if they return nothing."""
    _repeat(step, warm_up)
    total, spent = _repeat(step, duration)
    return total / spent


def _repeat(step: Callable[[], float | None], duration: float) -> tuple[float, float]:
    total, start = 0.0, time.perf_counter()
    while (spent := time.perf_counter() - start) < duration:
        made = step()
        total += 1 if made is None else made
    return total, spent


def arguments(description: str | None, *more: tuple[str, dict[str, Any]], runs: int = 5) -> Namespace:
    """The options typed: --runs, --json and `more` options, each with its settings."""
    parser = ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=runs, help=f"measurements of each contender ({runs})")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    for name, settings in more:
        parser.add_argument(name, **settings)
    return parser.parse_args()


def report(results: dict[str, Figures], claims: Sequence[Claim], *, runs: int, as_json: bool) -> None:
    """Prints the medians and what they come to."""
    if as_json:
        told = {"machine": machine(), "runs": runs, "medians": results, "claims": [_claim(c) for c in claims]}
        print(json.dumps(told, indent=1))
        return
    facts = ", ".join(f"{name} {value}" for name, value in machine().items())
    print(f"{facts}; medians of {runs} runs\n")
    print(table(results))
    print()
    for claim in claims:
        bound = "at most" if claim.at_most else "at least"
        print(
            f"- {claim.text}: {plain(claim.value)} ({bound} {plain(claim.target)}: {'met' if claim.met else 'missed'})"
        )


def table(results: dict[str, Figures]) -> str:
    """Contenders by figures in Markdown."""
    columns = list(dict.fromkeys(figure for figures in results.values() for figure in figures))
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    for name, figures in results.items():
        cells = (plain(figures[column]) if column in figures else "" for column in columns)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plain(value: float) -> str:
    """Whole numbers from 1,000 on, four digits below."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def machine() -> dict[str, str]:
    """The versions and the machine that figures depend on."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return {"cores": str(os.cpu_count()), "processor": platform.machine(), "python": platform.python_version(), **found}


def _claim(claim: Claim) -> dict[str, Any]:
    return {**asdict(claim), "met": claim.met}
