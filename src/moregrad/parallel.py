"""The same work on many things, on every core at once."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_here = threading.local()


def parallel_map(work: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
    """`work` of each of `things`, in order; one more than there are cores are under way ahead of the caller.

    The first is worked on alone, so that what it compiles the others need not. Threads do, since compiled programs and
    tables run outside Python, and XLA runs most of a small program on one core; one more fills the core of another that
    waits for Python. Within such work everything is done in turn: its cores are busy already.
    """
    things = iter(things)
    yield from map(work, things if _busy() else islice(things, 1))
    ahead = _cores() + 1
    with ThreadPoolExecutor(ahead, initializer=_settle) as workers:
        under_way = deque(workers.submit(work, thing) for thing in islice(things, ahead))
        while under_way:
            done = under_way.popleft().result()
            under_way.extend(workers.submit(work, thing) for thing in islice(things, 1))
            yield done


def _settle() -> None:
    _here.busy = True


def _busy() -> bool:
    return getattr(_here, "busy", False)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
