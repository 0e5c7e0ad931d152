"""Growth of time and memory: with the words of a list, its symbols, the length of its words, and with networks.

    python benchmarks/scaling.py [--only words count] [--kept figures.jsonl] [--max-words 1000000] [--quick] [--json]

Every act is measured in a process of its own, on a list that another one has written. Exponents are those of processor
seconds, and of what the peak of memory rises by, fitted in the upper two decades; 1 is linear. An act ends its course
before it would take more than --seconds, if it goes on to grow linearly, and when it has taken more than --gigabytes.
Words are scored and sampled one like the other, so that they grow along an axis of their own, `rows`; on all others
there are as many of them at every size.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from growth import Growth
from measuring import Contender, Figures, machine
from scaling_acts import ACTS, Problem, is_made, make, measure

MEGABYTE, GIGABYTE = 2**20, 2**30
SEEN = 16 * MEGABYTE
"""A rise of the peak of memory below which nothing is said of its growth."""

WORDS = tuple(10**power for power in range(1, 8))
COUNTS = (1_000, 10_000, 100_000, 1_000_000)
SYMBOLS = (27, 200, 2_000, 20_000)
LENGTHS = (5, 20, 200, 2_000)
MEMBERS = (1, 4, 16, 64)
DISTINCT = (100, 1_000, 3_000, 10_000)


@dataclass(frozen=True)
class Axis:
    """The `field` of a problem that grows to each of `sizes`, the rest of it, and the acts, each with a model."""

    field: str
    sizes: tuple[int, ...]
    base: Problem
    cases: tuple[tuple[str, str], ...]

    def problem(self, size: int, model: str) -> Problem:
        """The problem of a size."""
        return replace(self.base, model=model, **{self.field: size})


def _cases(alone: str = "", **models: str) -> tuple[tuple[str, str], ...]:
    """Returns acts that need no model, and those of each model."""
    return tuple((act, model) for model, acts in {"": alone, **models}.items() for act in acts.split())


AXES = {
    "words": Axis(
        "words", WORDS, Problem(count=5_000), _cases("read count", stack="deal train score sample evaluate load")
    ),
    "rows": Axis("count", COUNTS, Problem(), _cases(stack="score sample")),
    "symbols": Axis(
        "symbols",
        SYMBOLS,
        Problem(count=1_000),
        _cases("read count", stack="deal train score sample load", gru="train score", ngram="score sample"),
    ),
    "length": Axis(
        "length",
        LENGTHS,
        Problem(words=1_000, count=300),
        _cases("read count", stack="deal train score sample load", transformer="train score sample"),
    ),
    "members": Axis("members", MEMBERS, Problem(words=5_000, count=5_000), _cases(stack="train score sample load")),
    "distinct": Axis("count", DISTINCT, Problem(symbols=101, length=2), _cases(ngram="distinct")),
}


@dataclass
class Course:
    """The costs of an act at each size of an axis; `end` says why there are no larger ones."""

    axis: str
    act: str
    model: str
    figures: dict[int, Figures] = field(default_factory=dict)
    end: str = ""

    @property
    def title(self) -> str:
        """The act, and the model if there is one."""
        return f"{ACTS[self.act].title}{f', {self.model}' if self.model else ''}"

    def growth(self, figure: str, least: float = 0.0) -> Growth:
        """The exponent of a figure, where it is above `least`."""
        return Growth.of({size: found[figure] for size, found in self.figures.items() if found[figure] > least})


@dataclass
class Kept:
    """Measurements, each with its problem, in a file of JSON lines if there is a path."""

    path: Path | None
    found: dict[str, Figures] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.path and self.path.exists():
            self.found = dict(json.loads(line) for line in self.path.read_text().splitlines())

    def measured(self, act: str, problem: Problem, folder: str, limit: float) -> Figures:
        """Measures an act unless it was before; nothing is found of one that takes more memory than `limit`."""
        name = json.dumps([act, *asdict(problem).values()])
        if name not in self.found:
            self.found[name] = _run(act, problem, folder, limit)
            if self.path:
                with self.path.open("a") as file:
                    print(json.dumps([name, self.found[name]]), file=file)
        return self.found[name]


def courses(options: Namespace) -> list[Course]:
    """Measures all that is asked for."""
    found, kept = [], Kept(options.kept)
    for name, axis in AXES.items():
        chosen = [Course(name, *case) for case in axis.cases if all(word in (name, *case) for word in options.only)]
        sizes = _sizes(axis, options)
        for size, following in zip(sizes, [*sizes[1:], None], strict=True):
            _measure(axis, size, [course for course in chosen if not course.end], options, kept, following)
        found += chosen
    return found


def _sizes(axis: Axis, options: Namespace) -> Sequence[int]:
    sizes = [size for size in axis.sizes if axis.field != "words" or size <= options.max_words]
    return sizes[:2] if options.quick else sizes


def _measure(
    axis: Axis, size: int, going: Sequence[Course], options: Namespace, kept: Kept, following: int | None
) -> None:
    """Makes one list of this size, and the runs that the courses which go on need; ends those that cannot go on."""
    with TemporaryDirectory() as folder:
        for course in going:
            problem = axis.problem(size, course.model)
            found = kept.measured(course.act, problem, folder, options.gigabytes * GIGABYTE)
            if not found:
                course.end = f"{size:,} takes more than {options.gigabytes:g} GB"
                continue
            course.figures[size] = found
            shown = f"{found['cpu']:.3f} s of {found['clock']:.3f} s, {found['memory'] / MEGABYTE:,.0f} MB"
            print(f"{course.axis} {size:,}: {course.title}: {shown}", file=sys.stderr, flush=True)
            if following and found["cpu"] * following / size > options.seconds:
                course.end = f"{following:,} would take more than {options.seconds:g} s"


def _run(act: str, problem: Problem, folder: str, limit: float) -> Figures:
    if not is_made(act, problem, folder):
        Contender("make", make, (act, problem, folder)).run()
    try:
        return Contender(act, measure, (act, problem, folder, limit)).run()
    except BrokenProcessPool:
        return {}


def table(found: Sequence[Course]) -> str:
    """The courses in Markdown."""
    lines = [
        "| grows | act | from, to | s | exponent of time | MB | exponent of memory | peak, MB |",
        "|---|---|---|---:|---:|---:|---:|---:|",
    ]
    for course in (course for course in found if course.figures):
        smallest, largest = (course.figures[size] for size in (min(course.figures), max(course.figures)))
        cells = [
            course.axis,
            course.title,
            f"{min(course.figures):,} to {max(course.figures):,}",
            f"{smallest['cpu']:.2g} to {largest['cpu']:.2g}",
            course.growth("cpu"),
            f"{largest['memory'] / MEGABYTE:,.0f}",
            course.growth("memory", SEEN),
            f"{largest['peak'] / MEGABYTE:,.0f}",
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    ends = [f"- {course.axis}, {course.title}: {course.end}" for course in found if course.end]
    return "\n".join([*lines, "", *ends])


def main() -> None:
    """Measures and prints the table, or with --json everything that was measured."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--only", nargs="*", default=[], help=f"an axis ({', '.join(AXES)}), an act, a model, or several"
    )
    parser.add_argument("--kept", type=Path, help="file of figures, from which an interrupted measurement goes on")
    parser.add_argument("--max-words", type=int, default=10_000_000, help="the longest list (10,000,000)")
    parser.add_argument(
        "--seconds", type=float, default=240, help="processor seconds that a measurement may take (240)"
    )
    parser.add_argument("--gigabytes", type=float, default=4, help="memory that a process may take (4)")
    parser.add_argument("--quick", action="store_true", help="the two smallest sizes, to see that all works")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    found = courses(options)
    if options.json:
        told = [{**vars(course), "exponent": str(course.growth("cpu"))} for course in found]
        print(json.dumps({"machine": machine(), "courses": told}, indent=1))
        return
    print(", ".join(f"{name} {value}" for name, value in machine().items()), end="\n\n")
    print(table(found))


if __name__ == "__main__":
    main()
