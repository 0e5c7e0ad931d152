"""How time and memory grow with a list: with its words, its symbols, the length of its words, and with networks.

    python benchmarks/scaling.py [--only words] [--max-words 1000000] [--quick] [--json]

Every act is measured in a process of its own on a list that another one has written, once: sizes repeat the measurement.
Exponents are those of processor seconds, and of what the peak of memory rises by, fitted in the upper two decades; 1 is
linear. An act is measured on no larger list when the next would take more than --seconds or has taken more than
--gigabytes.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from tempfile import TemporaryDirectory

from growth import Growth
from measuring import Contender, Figures, machine, plain
from scaling_acts import ACTS, Problem, is_made, make, measure

MEGABYTE, GIGABYTE = 2**20, 2**30
SEEN = 16 * MEGABYTE
"""A rise of the peak of memory below which nothing is said of its growth."""

WORDS = (1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
SYMBOLS = (27, 200, 2_000, 6_000, 20_000)
LENGTHS = (5, 20, 60, 200, 600, 2_000)
MEMBERS = (1, 4, 16, 64)

@dataclass(frozen=True)
class Axis:
    """A field of Problem that grows, by `sizes`, while the rest is as in `base`; `cases` are acts, each with a model."""

    fields: tuple[str, ...]
    sizes: tuple[int, ...]
    base: Problem
    cases: tuple[tuple[str, str], ...]

    def problem(self, size: int, model: str) -> Problem:
        """The problem of a size."""
        return replace(self.base, model=model, **dict.fromkeys(self.fields, size))


AXES = {
    "words": Axis(
        ("words", "count"),
        WORDS,
        Problem(),
        (
            ("read", ""), ("count", ""), ("deal", "stack"), ("train", "stack"), ("score", "stack"), ("sample", "stack"),
            ("evaluate", "stack"), ("load", "stack"),
        ),
    ),
    "symbols": Axis(
        ("symbols",),
        SYMBOLS,
        Problem(length=7, count=5_000),
        (
            ("read", ""), ("count", ""), ("deal", "stack"), ("train", "stack"), ("train", "gru"), ("score", "stack"),
            ("score", "gru"), ("score", "ngram"), ("sample", "stack"), ("sample", "ngram"), ("load", "stack"),
        ),
    ),
    "length": Axis(
        ("length",),
        LENGTHS,
        Problem(words=1_000, count=1_000),
        (
            ("read", ""), ("count", ""), ("deal", "stack"), ("train", "stack"), ("train", "transformer"),
            ("score", "stack"), ("score", "transformer"), ("sample", "stack"), ("sample", "transformer"),
            ("load", "stack"),
        ),
    ),
    "members": Axis(
        ("members",),
        MEMBERS,
        Problem(words=5_000, count=10_000),
        (("train", "stack"), ("score", "stack"), ("sample", "stack"), ("load", "stack")),
    ),
    "distinct": Axis(("count",), (100, 300, 1_000, 3_000, 10_000), Problem(symbols=101, length=2), (("distinct", "ngram"),)),
}


@dataclass
class Course:
    """What an act took at each size of an axis; `end` says why there are no larger ones."""

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


def courses(options: Namespace) -> list[Course]:
    """Measures all that is asked for."""
    found = []
    for name, axis in AXES.items():
        chosen = [Course(name, *case) for case in axis.cases if all(word in (name, *case) for word in options.only)]
        sizes = [size for size in axis.sizes if "words" not in axis.fields or size <= options.max_words]
        for size in sizes[:2] if options.quick else sizes:
            _measure(axis, size, [course for course in chosen if not course.end], options)
        found += chosen
    return found


def _measure(axis: Axis, size: int, going: Sequence[Course], options: Namespace) -> None:
    """Makes one list of this size, and for all courses that go on the runs that they need."""
    with TemporaryDirectory() as folder:
        for course in going:
            problem, limit = axis.problem(size, course.model), options.gigabytes * GIGABYTE
            try:
                if not is_made(course.act, problem, folder):
                    Contender("make", make, (course.act, problem, folder)).run()
                found = Contender(course.act, measure, (course.act, problem, folder, limit)).run()
            except BrokenProcessPool:
                course.end = f"{size:,} takes more than {options.gigabytes:g} GB"
                continue
            course.figures[size] = found
            shown = f"cpu {found['cpu']:.3f} s, clock {found['clock']:.3f} s, memory {found['memory'] / MEGABYTE:,.0f} MB"
            print(f"{course.axis} {size:,}: {course.title}: {shown}", file=sys.stderr, flush=True)
            if 4 * found["cpu"] > options.seconds:
                course.end = f"more than {size:,} would take more than {options.seconds:g} s"


def table(found: Sequence[Course]) -> str:
    """The courses in Markdown."""
    lines = ["| grows | act | from, to | s | exponent of time | MB | exponent of memory |", "|---|---|---|---:|---:|---:|---:|"]
    for course in (course for course in found if course.figures):
        first, last = min(course.figures), max(course.figures)
        largest = course.figures[last]
        growth = course.growth("cpu"), course.growth("memory", SEEN)
        bounds = f"{first:,} to {last:,}"
        memory = f"{largest['memory'] / MEGABYTE:,.0f}"
        lines.append(
            f"| {course.axis} | {course.title} | {bounds} | {plain(largest['cpu'])} | {growth[0]} | {memory} | {growth[1]} |"
        )
    ends = [f"- {course.axis}, {course.title}: {course.end}" for course in found if course.end]
    return "\n".join([*lines, "", *ends])


def main() -> None:
    """Measures and prints the table, or with --json everything that was measured."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], help=f"an axis ({', '.join(AXES)}), an act, a model, or several")
    parser.add_argument("--max-words", type=int, default=1_000_000, help="the longest list (1,000,000)")
    parser.add_argument("--seconds", type=float, default=180, help="processor seconds that a measurement may take (180)")
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
