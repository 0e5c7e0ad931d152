"""Threads that compute for requests: few at once, with a line before them that has an end."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from moregrad.web.problems import RequestError

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

THREADS = 2


class Workers:
    """Threads that compute; at most `most` calls are under way or wait, each for at most so many `seconds`.

    A call that takes longer goes on to its end and takes its place until then: a thread cannot be stopped.
    """

    def __init__(self, most: int, seconds: float, threads: int = THREADS) -> None:
        self._most, self._seconds, self._taken = most, seconds, 0
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="moregrad-web")

    async def __call__(self, function: Callable[P, R], *args: P.args, **settings: P.kwargs) -> R:
        """Returns what `function` returns; raises RequestError if there is no room or time for it."""
        if self._taken >= self._most:
            raise busy()
        self._taken += 1
        future = asyncio.get_running_loop().run_in_executor(self._executor, partial(function, *args, **settings))
        future.add_done_callback(self._release)
        return await in_time(future, self._seconds)

    def _release(self, future: asyncio.Future[Any]) -> None:
        self._taken -= 1

    def close(self) -> None:
        """Ends the threads when they have done what is under way."""
        self._executor.shutdown(wait=True, cancel_futures=True)


async def in_time(future: "asyncio.Future[T]", seconds: float) -> T:
    """Waits for `future`, which goes on after the time is over; raises RequestError then."""
    future.add_done_callback(_note)
    done, _ = await asyncio.wait([future], timeout=seconds)
    if not done:
        raise RequestError(f"the answer takes longer than {seconds:g} seconds; ask for less", 504)
    return future.result()


def _note(future: asyncio.Future[Any]) -> None:
    """Looks at the error of a call that nobody waits for any more, of which asyncio would complain."""
    if not future.cancelled():
        future.exception()


def busy() -> RequestError:
    """Returns the error for a request that there is no room for."""
    return RequestError("too many requests are under way; try again in a moment", 503)
