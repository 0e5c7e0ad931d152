"""Long work as it goes: for a training a bar on a terminal or a line per evaluation, for a list a running count."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import moregrad
from moregrad.cli.screen import notes, say

Watch = Callable[["moregrad.Run"], None]


@contextmanager
def shown_progress(run: "moregrad.Run") -> Iterator[Watch]:
    """What is to be called with the run after every evaluation."""
    if sys.stderr.isatty():
        with _bar(run) as watch:
            yield watch
    else:
        yield _print_line


@contextmanager
def _bar(run: "moregrad.Run") -> Iterator[Watch]:
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
    step, seconds = int(run.progress.step), run.record.get("seconds", 0.0)
    with Progress(*columns, console=notes()) as bar:
        task = bar.add_task("", total=run.recipe.steps, completed=step, losses="compiling", speed="")

        def watch(run: "moregrad.Run") -> None:
            nonlocal step, seconds
            now, then = run.metrics[-1]["step"], run.record["seconds"]
            speed = f"{(now - step) / max(then - seconds, 1e-9):,.0f} steps/s"
            step, seconds = now, then
            losses = "train {train:.3f} valid {validation:.3f}".format_map(run.metrics[-1])
            bar.update(task, completed=now, losses=losses, speed=speed)

        yield watch


def _print_line(run: "moregrad.Run") -> None:
    line = run.metrics[-1]
    say(f"step {line['step']} of {run.recipe.steps}: train {line['train']:.4f} validation {line['validation']:.4f}")


@contextmanager
def shown_count(what: str) -> Iterator[Callable[[int], None]]:
    """What is to be called with how many are done; shown on a terminal, unless the results are shown there already."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda done: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=notes(), transient=True) as count:
        task = count.add_task(what, total=None)
        yield lambda done: count.update(task, completed=done)
