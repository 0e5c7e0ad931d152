"""Progress of long work: for a training a bar on a terminal or a line per evaluation, for a list a running count,
for several pieces of work a bar each."""

import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import moregrad
from moregrad.cli.screen import notes, say
from moregrad.estimate import decimals

WIDE, MIDDLE, NARROW = 88, 76, 56
"""Columns of a terminal that hold all of the progress, all but the time taken, and a bar with the losses."""

DEVIATION = 0.5
"""The standard error of a loss times the square root of its number of words: 0.2 to 0.6 on the lists measured."""

SAID_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""

Callback = Callable[["moregrad.Run"], None]


@contextmanager
def training_progress(run: "moregrad.Run") -> Iterator[Callback]:
    """Yields a callback that shows the state of a training after each evaluation."""
    if sys.stderr.isatty():
        with _bar(run) as callback:
            yield callback
    else:
        yield _print_line


@contextmanager
def _bar(run: "moregrad.Run") -> Iterator[Callback]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(12),
        MofNCompleteColumn(),
        TextColumn("{task.fields[losses]}"),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
        TextColumn("<"),
        TimeRemainingColumn(),
    )
    screen = notes()
    step, seconds = run.step, run.record.seconds
    with Progress(*_choose(columns, screen.width), console=screen, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task("", total=run.recipe.steps, completed=step, losses="compiling", speed="")

        def update(run: "moregrad.Run") -> None:
            nonlocal step, seconds
            metrics, elapsed = run.metrics[-1], run.record.seconds - seconds
            speed = f"{(metrics.step - step) / max(elapsed, 1e-9):,.0f} steps/s"
            if metrics.step >= run.recipe.steps:
                speed = "measuring losses"
            step, seconds = metrics.step, run.record.seconds
            digits = min(_digits(run), 3)
            losses = f"train {metrics.train:.{digits}f} valid {metrics.validation:.{digits}f}"
            bar.update(task, completed=step, losses=losses, speed=speed)

        yield update


def _choose(columns: tuple[Any, ...], width: int) -> tuple[Any, ...]:
    """Returns as much of the progress as fits on a line."""
    if width >= WIDE:
        return columns
    if width >= MIDDLE:
        return *columns[:4], columns[-1]
    return columns[:3] if width >= NARROW else columns[1:3]


def _print_line(run: "moregrad.Run") -> None:
    metrics = run.metrics[-1]
    digits = _digits(run)
    losses = f"train {metrics.train:.{digits}f} validation {metrics.validation:.{digits}f}"
    say(f"step {metrics.step} of {run.recipe.steps}: {losses}")


def _digits(run: "moregrad.Run") -> int:
    """Returns the decimals that the number of validation words supports."""
    from moregrad.runs.fit import VALIDATION_WORDS

    words = min(run.record.words["validation"], VALIDATION_WORDS)
    return decimals(DEVIATION / math.sqrt(words))


@contextmanager
def running_count(what: str) -> Iterator[Callable[[int], None]]:
    """Yields a callback that shows how many are done, on a terminal that does not show the results already."""
    if sys.stdout.isatty():
        yield lambda done: None
        return
    with count_until_results(what) as show:
        yield show


@contextmanager
def count_until_results(what: str) -> Iterator[Callable[[int], None]]:
    """Yields a callback that shows on a terminal how many are done, until results are printed."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), TimeElapsedColumn())
    own = {"console": notes(), "transient": True, "redirect_stdout": False, "redirect_stderr": False}
    with Progress(*columns, **own) as count:
        task = count.add_task(what, total=None)
        yield lambda done: count.update(task, completed=done)


@contextmanager
def work_done() -> Iterator[Callable[[str, int, int | None], None]]:
    """Yields what shows the work at hand, its rows, their rate and what is left; elsewhere a line in ten seconds."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description} {task.completed:,.0f}"),
        BarColumn(12),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("<"),
        TimeRemainingColumn(),
    )
    own = {"console": notes(), "transient": True, "redirect_stdout": False, "redirect_stderr": False}
    with Progress(*columns, **own) as bars:
        tasks: dict[str, Any] = {}

        def show(work: str, done: int, whole: int | None) -> None:
            if work not in tasks:
                for other in tasks.values():
                    bars.update(other, visible=False)
                tasks[work] = bars.add_task(work, total=whole, rate="")
            speed = bars.tasks[tasks[work]].speed
            bars.update(tasks[work], completed=done, total=whole, rate=f"{speed:,.0f}/s" if speed else "")

        yield show


class _Lines:
    """Says every ten seconds how far the work at hand is."""

    def __init__(self) -> None:
        self._work, self._begun, self._said = "", 0.0, 0.0

    def __call__(self, work: str, done: int, whole: int | None) -> None:
        now = time.monotonic()
        if work != self._work:
            self._work, self._begun, self._said = work, now, now
        if now - self._said < SAID_EVERY and done != whole:
            return
        self._said = now
        taken = max(now - self._begun, 1e-9)
        left = f" of {whole:,}, {taken * max(whole - done, 0) / max(done, 1):,.0f} s left" if whole else ""
        say(f"{work}: {done:,} words{left}" + (f" ({done / taken:,.0f}/s)" if taken >= 1 else ""))


class Shares:
    """Shows which share of each piece of work is done; what is printed between goes into `aside`."""

    def __init__(self, names: Sequence[str], bars: Any = None) -> None:
        self._bars = bars
        if bars:
            self._whole = bars.add_task("all", total=len(names), visible=len(names) > 1)
            self._tasks = {name: bars.add_task(name, total=1.0, start=False, visible=False) for name in names}

    def __call__(self, name: str, share: float) -> None:
        """Shows `share` of the work `name`, from any thread."""
        if not self._bars:
            return
        if not share:
            self._bars.start_task(self._tasks[name])
        self._bars.update(self._tasks[name], completed=share, visible=share < 1)
        done = sum(task.completed for task in self._bars.tasks if task.id != self._whole)
        self._bars.update(self._whole, completed=done)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the bars from the terminal for a while."""
        if self._bars:
            self._bars.stop()
        yield
        if self._bars:
            self._bars.start()


@contextmanager
def shares_done(names: Sequence[str]) -> Iterator[Shares]:
    """Yields what shows, on a terminal, a bar for all pieces of work and one for each that is under way."""
    if not sys.stderr.isatty():
        yield Shares(names)
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(20), TaskProgressColumn(), TimeElapsedColumn())
    own = {"console": notes(), "transient": True, "redirect_stdout": False, "redirect_stderr": False}
    with Progress(*columns, **own) as bars:
        yield Shares(names, bars)
