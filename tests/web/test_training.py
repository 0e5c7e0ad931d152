"""A training in a thread, and those who follow it."""

import asyncio
from contextlib import ExitStack
from typing import Any

from moregrad.runs import Experiment, Run
from moregrad.web.training import Training


def follow(run: Run, *, after: int = 0) -> tuple[Training, list[Any], list[Run], list[str]]:
    """A training to its end: itself, what one follower saw, the runs that came of it, and what was held."""
    kept: list[Run] = []
    ended: list[str] = []

    async def train() -> tuple[Training, list[Any]]:
        held = ExitStack()
        held.callback(ended.append, "let go")
        training = Training(Experiment(run), kept.append, held)
        seen = [event async for event in training.follow(after, 30)]
        training.stop()
        await training.join()
        return training, seen

    training, seen = asyncio.run(train())
    return training, seen, kept, ended


def test_every_evaluation_is_told_and_the_end(small: Run):
    training, seen, kept, ended = follow(small)
    assert [event.kind for event in seen] == ["evaluation", "finished"]
    assert (training.state, training.failure, ended) == ("finished", "", ["let go"])
    assert kept[-1].verdict
    assert seen[-1].data["verdict"] == str(kept[-1].verdict)
    assert seen[-1].data["losses"]["test"]["all"]["nats"] == kept[-1].record.losses["test"].all.nats  # type: ignore[index]


def test_who_comes_again_gets_what_is_new(small: Run):
    assert [event.number for event in follow(small, after=1)[1]] == [2]
