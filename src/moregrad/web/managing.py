"""Answers about runs, lists and models, and trainings that begin, stop and go on."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec

from moregrad.data.reading import Reading
from moregrad.web.forms import Brief, Facts, Listed, Report, Source, Steps
from moregrad.web.playground import Order, Playground, models
from moregrad.web.problems import RequestError
from moregrad.web.training import Event

ALIVE = 15.0
"""Seconds after which a stream without news says that it is alive."""


class Runs(msgspec.Struct):
    """All runs that have a name here."""

    runs: list[Brief]


class KnownLists(msgspec.Struct):
    """All lists that have a name here; faker:PROVIDER:LOCALE stands for those that Faker makes."""

    lists: list[Listed]


class Models(msgspec.Struct):
    """All models with the JSON schema of their settings, and that of the recipe and the reading."""

    models: list[dict[str, Any]]


async def list_runs(playground: Playground) -> Runs:
    """Lists the runs."""
    return Runs([Brief.of(entry) for entry in playground.runs])


async def show_run(playground: Playground, run: str) -> Facts:
    """Tells all that is known of a run."""
    return Facts.of(playground.runs[run])


async def list_models(playground: Playground) -> Models:
    """Lists the models with their settings."""
    return Models(await playground.compute(models))


async def list_lists(playground: Playground) -> KnownLists:
    """Lists the lists of words."""
    return KnownLists([Listed(**each) for each in playground.lists.describe()])


async def upload(playground: Playground, asked: bytes, name: str) -> Listed:
    """Takes a file with a list of words, whose name ends in .txt, .csv, .tsv, .json, .jsonl, .parquet or .xlsx."""
    key = playground.lists.add(name, asked)
    return next(Listed(**each) for each in playground.lists.describe() if each["name"] == key)


async def report(playground: Playground, asked: Source) -> Report:
    """Tells what is in a list and what cleaning left out of it."""
    return await playground.compute(_report, playground, asked)


def _report(playground: Playground, asked: Source) -> Report:
    reading = Reading().replace(**asked.settings)
    corpus = playground.lists.read(asked.source, reading.to_dict())
    return Report(corpus.source, corpus.origin, corpus.fingerprint, corpus.report.to_dict(), corpus.summary().to_dict())


async def train(playground: Playground, asked: Order) -> Brief:
    """Begins a training of a new run."""
    return Brief.of(await playground.train(asked))


async def resume(playground: Playground, asked: Steps, run: str) -> Brief:
    """Resumes a run that was stopped, or, with more steps, goes on beyond its end."""
    return Brief.of(await playground.resume(playground.runs[run], asked.steps))


async def stop(playground: Playground, run: str) -> Brief:
    """Stops the training of a run after its next evaluation."""
    entry = playground.runs[run]
    if entry.training is None or entry.training.state != "under way":
        raise RequestError(f"the run {run!r} is not in training", 409)
    entry.training.stop()
    return Brief.of(entry)


async def follow(playground: Playground, run: str, after: int) -> AsyncIterator[Event | None]:
    """Follows the training of a run: its events after number `after`, and None now and then."""
    training = playground.runs[run].training
    if training is None:
        raise RequestError(f"no training of the run {run!r} was begun here", 409)
    if playground.streams >= playground.limits.streams:
        raise RequestError("too many streams are open; close one", 503)
    return _count(playground, training.follow(after, ALIVE))


async def _count(playground: Playground, events: AsyncIterator[Event | None]) -> AsyncIterator[Event | None]:
    playground.streams += 1
    try:
        async for event in events:
            yield event
    finally:
        playground.streams -= 1


def as_stream(event: Event | None) -> bytes:
    """Writes an event as server-sent events have it (WHATWG HTML, section 9.2)."""
    if event is None:
        return b": still here\n\n"
    data = msgspec.json.encode(event.data)
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.number, event.kind.encode(), data)
