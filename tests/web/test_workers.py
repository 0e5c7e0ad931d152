"""Threads that compute: few, with a line before them."""

import asyncio
import time

import pytest

from moregrad.web.problems import RequestError
from moregrad.web.workers import Workers


def test_results_and_errors_come_back():
    async def ask() -> None:
        compute = Workers(5, 60)
        assert await compute(divmod, 7, 2) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            await compute(divmod, 1, 0)
        compute.close()

    asyncio.run(ask())


def test_a_full_line_is_told_and_empties_again():
    async def ask() -> None:
        compute = Workers(2, 60)
        found = await asyncio.gather(*(compute(time.sleep, 0.05) for _ in range(4)), return_exceptions=True)
        assert [each for each in found if each is None] == [None, None]
        assert [getattr(each, "status", 200) for each in found if each] == [503, 503]
        assert await compute(abs, -1) == 1
        compute.close()

    asyncio.run(ask())


def test_what_takes_too_long_keeps_its_place_to_its_end():
    async def ask() -> None:
        compute = Workers(1, 0.05)
        with pytest.raises(RequestError, match=r"takes longer than 0\.05 seconds; ask for less"):
            await compute(time.sleep, 0.3)
        with pytest.raises(RequestError, match="too many requests are under way"):
            await compute(abs, -1)
        await asyncio.sleep(0.4)
        assert await compute(abs, -1) == 1
        compute.close()

    asyncio.run(ask())
