"""Words of many requests scored together: one call of the compiled program costs the same for one word and for many."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from moregrad.evaluation.tables import rate_table
from moregrad.runs.run import Run
from moregrad.web.workers import busy, in_time

PAUSE = 0.002
"""Seconds for which the first request waits for others."""

TOGETHER = 4096
"""Words after which no further request joins those that are scored together."""

Rows = list[dict[str, Any]]


class Asked(NamedTuple):
    """A run and the label that its words are given."""

    run: Run
    label: str | None


@dataclass(eq=False)
class Waiting:
    """The words of a request, and where their scores go."""

    asked: Asked
    words: Sequence[str]
    answer: "asyncio.Future[Rows]"


class Scoring:
    """Requests for scores: those that come while others are computed are computed together after them."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._waiting: list[Waiting] = []
        self._task: asyncio.Task[None] | None = None
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="moregrad-scoring")

    async def __call__(self, run: Run, words: Sequence[str], label: str | None = None) -> Rows:
        """Returns the rows of `rate_table` for `words`; raises RequestError if there is no room or time for them."""
        if len(self._waiting) >= self._most:
            raise busy()
        answer: asyncio.Future[Rows] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(Asked(run, label), words, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await in_time(answer, self._seconds)

    async def _work(self) -> None:
        await asyncio.sleep(PAUSE)
        while self._waiting:
            taken = self._take()
            score = asyncio.get_running_loop().run_in_executor(self._executor, _score, taken)
            try:
                parts = await score
            except Exception as error:
                for each in taken:
                    each.answer.set_exception(error)
            else:
                for each, rows in zip(taken, parts, strict=True):
                    each.answer.set_result(rows)
        self._task = None

    def _take(self) -> list[Waiting]:
        """Takes the first request, and those that ask the same of the same run, out of those that wait."""
        taken, room = [], TOGETHER
        for each in self._waiting:
            if each.asked == self._waiting[0].asked and (not taken or len(each.words) <= room):
                taken.append(each)
                room -= len(each.words)
        self._waiting = [each for each in self._waiting if each not in taken]
        return taken

    def close(self) -> None:
        """Ends the thread when it has done what is under way."""
        self._executor.shutdown(wait=True)


def _score(taken: Sequence[Waiting]) -> list[Rows]:
    """Scores the words of all requests, which ask the same of the same run, and deals the rows out again."""
    run, label = taken[0].asked
    given = run.given(label)
    words = run.normalise(word for each in taken for word in each.words)
    standing = given.comparison.standing
    table = rate_table(given.model, given.vocabulary, standing, pl.Series("word", words, dtype=pl.String))
    parts, start = [], 0
    for each in taken:
        parts.append(table.slice(start, len(each.words)).to_dicts())
        start += len(each.words)
    return parts


WARMING = tuple(2**power for power in range(10))
"""Words of the lists on which it is done."""


def warm(run: Run) -> None:
    """Computes and compiles what the first requests would wait for: programs differ by the length of their lists."""
    first = run.given()
    some = first.splits["train"].first(WARMING[-1]).words(first.vocabulary).to_list() or ["a"]
    for count in WARMING:
        words = (some * (count // len(some) + 1))[:count]
        rate_table(first.model, first.vocabulary, first.comparison.standing, pl.Series("word", words, dtype=pl.String))
