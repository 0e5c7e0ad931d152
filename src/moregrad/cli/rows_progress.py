"""Rows that are done: how many, how fast, and the time that is left; a bar on a terminal, else now and then a line."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from moregrad.cli.screen import notes, say

if TYPE_CHECKING:
    from moregrad.parts import State

LINES = 10
"""Lines that are printed of one piece of work where there is no terminal."""


@contextmanager
def rows_done(what: str) -> "Iterator[Callable[[State], None]]":
    """Yields a callback that shows how far work on rows has come."""
    begun = time.monotonic()
    if not sys.stderr.isatty():
        printed = 0

        def line(state: "State") -> None:
            nonlocal printed
            share = LINES * state.done // state.total if state.total else 0
            if printed < share < LINES and state.done > state.kept:
                printed = share
                say(describe(state, what, time.monotonic() - begun))

        yield line
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(12), TextColumn("{task.description}"))
    own = {"console": notes(), "transient": True, "redirect_stdout": False, "redirect_stderr": False}
    with Progress(*columns, **own) as bar:
        task = bar.add_task(f"0 {what}", total=None)

        def update(state: "State") -> None:
            text = describe(state, what, time.monotonic() - begun)
            bar.update(task, completed=state.done, total=state.total, description=text)

        yield update


def describe(state: "State", what: str, seconds: float) -> str:
    """Says how many are done, of how many, how many a second in the `seconds` so far, and how long the rest takes."""
    made = state.done - state.kept
    whole = f" of {state.total:,}" if state.total is not None else ""
    text = f"{state.done:,}{whole} {what}"
    if not made:
        return text
    rate = made / max(seconds, 1e-9)
    left = "" if state.total is None else f", {timedelta(seconds=round((state.total - state.done) / rate))} left"
    return f"{text}, {rate:,.0f}/s{left}"
