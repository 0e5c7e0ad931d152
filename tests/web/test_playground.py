"""Requests that a playground answers, and those that it refuses."""

import asyncio
from pathlib import Path

import pytest
from runs.small import NAMES

from moregrad.errors import ConfigurationError, ModelError
from moregrad.runs import Run
from moregrad.web import Limits, Playground
from moregrad.web.playground import Order, models, require_run
from moregrad.web.problems import RequestError

LIST = "\n".join(NAMES).encode()
TINY = {"hidden": 8, "embedding": 4, "steps": 20, "eval_every": 10, "batch_size": 8}


def test_a_training_may_begin_with_the_weights_of_another_run(home: Path, small: Run):
    async def train() -> Run:
        playground = Playground(home=home)
        playground.runs.add("small", small)
        entry = await playground.train(Order(playground.lists.add("a.txt", LIST), "gru", "words", "small", {**TINY}))
        assert entry.training
        await entry.training.join()
        playground.close()
        await playground.join()
        return entry.run

    start = asyncio.run(train()).record.start
    assert start
    assert start.name == "small"


def test_a_training_with_an_evaluation_after_every_step_is_refused(home: Path):
    playground = Playground(home=home)
    order = Order(playground.lists.add("a.txt", LIST), "gru", "words", "none", {**TINY, "steps": 9000, "eval_every": 1})
    with pytest.raises(ConfigurationError, match="with 9,000 steps it must be at least 5 here"):
        asyncio.run(playground.train(order))


def test_nothing_begins_when_the_server_stops(home: Path):
    async def train() -> None:
        playground = Playground(home=home, limits=Limits(trainings=5))
        playground.close()
        with pytest.raises(RequestError, match="the server is stopping"):
            await playground.train(Order())

    asyncio.run(train())


def test_models_have_schemas():
    assert all(each["summary"] and each["schema"]["properties"] for each in models())


def test_a_run_in_training_is_asked_after_its_first_evaluation(home: Path, small: Run):
    async def ask() -> None:
        playground = Playground(home=home)
        entry = await playground.train(Order(playground.lists.add("a.txt", LIST), "gru", "words", "none", {**TINY}))
        assert entry.training
        with pytest.raises(ModelError, match="has not been evaluated yet"):
            require_run(entry)
        await entry.training.join()
        assert require_run(entry).metrics

    asyncio.run(ask())


def test_a_setting_may_be_a_list_of_numbers(home: Path):
    playground = Playground(home=home)
    settings = {"orders": [2, 3], "copies": 1, "steps": 2, "eval_every": 1}
    order = Order(playground.lists.add("a.txt", LIST), "stack", "words", "none", settings)
    assert playground._prepare(order).architecture.to_dict()["orders"] == [2, 3]
