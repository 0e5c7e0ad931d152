"""The same work on many things, on every core at once."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def on_every_core(work: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
    """`work` of each of `things`, in order; as many are under way ahead of the caller as there are cores.

    The first is worked on alone, so that what it compiles the others need not. Threads do, since compiled programs and
    tables run outside Python, and XLA runs most of a program on one core.
    """
    cores, things = os.cpu_count() or 1, iter(things)
    yield from map(work, islice(things, 1))
    with ThreadPoolExecutor(cores) as workers:
        under_way = deque(workers.submit(work, thing) for thing in islice(things, cores))
        while under_way:
            done = under_way.popleft().result()
            under_way.extend(workers.submit(work, thing) for thing in islice(things, 1))
            yield done
