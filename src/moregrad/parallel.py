"""Parallel maps over all cores."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_thread = threading.local()

SPARE = 2
"""Devices of a processor among which nothing is dealt.

XLA computes with as many threads as there are devices, or cores if these are more. A program that is dealt among
devices holds a thread for each to its end, and waits for the last; without spare threads it and the programs of other
threads, such as a score or another training, hold each other up, and after a minute of that XLA ends the process.
"""


def at_once() -> bool:
    """Tells that the next item can be had without waiting."""
    return True


def parallel_map(function: Callable[[T], R], items: Iterable[T], *, ready: Callable[[], bool] = at_once) -> Iterator[R]:
    """Maps `function` over `items` in order, prefetching one more result than there are cores.

    The first item runs alone, so that the others find compiled what it compiles. Threads are enough, since compiled
    programs and tables run outside Python and XLA runs most of a small program on one core; the extra thread uses the
    core of another that waits for Python. A `parallel_map` inside `function` runs serially: all cores are busy already.
    While the next item is not `ready`, the results of those before it are yielded.
    """
    items = iter(items)
    yield from map(function, items if _is_worker() else islice(items, 1))
    workers = cores() + 1
    with ThreadPoolExecutor(workers, initializer=_mark_as_worker) as executor:
        pending: deque[Future[R]] = deque()
        while True:
            while len(pending) < workers and (not pending or ready()):
                begun = [executor.submit(function, item) for item in islice(items, 1)]
                if not begun:
                    break
                pending.extend(begun)
            if not pending:
                return
            yield pending.popleft().result()


def _mark_as_worker() -> None:
    _thread.is_worker = True


def _is_worker() -> bool:
    return getattr(_thread, "is_worker", False)


def cores() -> int:
    """Returns the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
