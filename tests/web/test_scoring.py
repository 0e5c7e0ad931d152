"""Words of many requests scored together: each gets its own."""

import asyncio
from typing import Any

import pytest
from runs.prepared import prepared

from moregrad.errors import ModelError
from moregrad.runs import Run
from moregrad.web import scoring
from moregrad.web.problems import RequestError
from moregrad.web.scoring import Scoring, warm


def test_requests_that_come_together_are_one_call_and_each_gets_its_own(small: Run, monkeypatch: pytest.MonkeyPatch):
    calls = []
    together = scoring._score

    def count(taken: Any) -> Any:
        calls.append(len(taken))
        return together(taken)

    monkeypatch.setattr(scoring, "_score", count)
    lists = [["ada"], ["nina", "Q"], [], ["rea", "lea", "mada"], ["ada"]]

    async def ask() -> list[Any]:
        score = Scoring(10, 60)
        found = await asyncio.gather(*(score(small, words) for words in lists))
        score.close()
        return found

    found = asyncio.run(ask())
    assert calls == [5]
    for words, rows in zip(lists, found, strict=True):
        assert [row["word"] for row in rows] == words
        assert [row["nats"] for row in rows] == [
            None if score.problem else pytest.approx(score.nats, abs=1e-5) for score in small.score(words)
        ]


def test_other_runs_and_labels_are_scored_apart_and_errors_meet_only_those_who_made_them(small: Run):
    counts = prepared("ngram", order=2)

    async def ask() -> list[Any]:
        score = Scoring(10, 60)
        asked = (score(small, ["ada"]), score(counts, ["ada"]), score(small, ["ada"], "a label"))
        found = await asyncio.gather(*asked, return_exceptions=True)
        score.close()
        return list(found)

    one, two, three = asyncio.run(ask())
    assert one[0]["nats"] == pytest.approx(small.score(["ada"])[0].nats, abs=1e-5)
    assert two[0]["nats"] == pytest.approx(counts.score(["ada"])[0].nats, abs=1e-5)
    assert isinstance(three, ModelError)


def test_long_lists_are_not_put_together(small: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scoring, "TOGETHER", 3)

    async def ask() -> list[Any]:
        score = Scoring(10, 60)
        found = await asyncio.gather(*(score(small, ["ada"] * size) for size in (2, 2, 9, 1)))
        score.close()
        return found

    assert [len(rows) for rows in asyncio.run(ask())] == [2, 2, 9, 1]


def test_requests_that_find_no_room_are_refused(small: Run):
    async def ask() -> list[Any]:
        score = Scoring(2, 60)
        found = await asyncio.gather(*(score(small, ["ada"]) for _ in range(3)), return_exceptions=True)
        score.close()
        return found

    assert [isinstance(each, RequestError) for each in asyncio.run(ask())] == [False, False, True]


def test_an_answer_that_takes_too_long_is_refused(small: Run):
    async def ask() -> None:
        score = Scoring(2, 1e-4)
        with pytest.raises(RequestError, match=r"takes longer than 0\.0001 seconds"):
            await score(small, ["ada"])
        while score._task:
            await asyncio.sleep(0.01)
        score.close()

    asyncio.run(ask())


def test_a_run_is_made_ready_whatever_it_is(small: Run):
    warm(small)
    assert "held_out" in vars(small.comparison)
