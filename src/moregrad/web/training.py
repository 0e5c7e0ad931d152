"""A training in a thread of its own, and what it tells of itself while it goes on."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from itertools import count
from threading import Thread
from typing import Any, Literal

import msgspec

from moregrad.errors import MoregradError
from moregrad.runs.experiment import Experiment
from moregrad.runs.run import Run
from moregrad.web.embedding_map import follow
from moregrad.web.problems import FAULT

State = Literal["under way", "stopped", "finished", "failed"]
SHOWN = 12
"""New words that are shown after every evaluation."""


class Event(msgspec.Struct):
    """One thing that a training tells: its number from 1, its kind, and what there is to tell."""

    number: int
    kind: Literal["evaluation", "stopped", "finished", "failed"]
    data: dict[str, Any]


class Training:
    """A training under way or at its end. `changed` is called with the run after every evaluation, in its thread.

    `held` is closed when the training ends, such as the folder that was made for it.
    """

    def __init__(self, experiment: Experiment, changed: Callable[[Run], None], held: ExitStack | None = None) -> None:
        self.state: State = "under way"
        self.events: list[Event] = []
        self._experiment, self._changed, self._held = experiment, changed, held or ExitStack()
        self._loop, self._news = asyncio.get_running_loop(), asyncio.Condition()
        self._map: dict[str, Any] | None = None
        self._numbers = count(1)
        self._thread = Thread(target=self._train, name="moregrad-training")
        self._thread.start()

    @property
    def failure(self) -> str:
        """The message of the error that ended the training; empty if none did."""
        return self.events[-1].data["message"] if self.state == "failed" else ""

    def stop(self) -> None:
        """Ends the training after the next evaluation."""
        self._experiment.stop()

    async def join(self) -> None:
        """Waits until the training has ended."""
        await asyncio.to_thread(self._thread.join)

    async def follow(self, after: int, pause: float) -> AsyncIterator[Event | None]:
        """Yields the events after number `after` as they come, to the end; None after every `pause` seconds without."""
        while True:
            for event in self.events[after:]:
                yield event
                after = event.number
            if self.state != "under way" and after >= len(self.events):
                return
            if not await self._wait(after, pause):
                yield None

    async def _wait(self, after: int, pause: float) -> bool:
        try:
            async with self._news:
                await asyncio.wait_for(self._news.wait_for(lambda: len(self.events) > after), pause)
        except TimeoutError:
            return False
        return True

    async def _wake(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _train(self) -> None:
        with self._held:
            try:
                for run in self._experiment:
                    self._changed(run)
                    self._tell("evaluation", self._describe(run))
                self._end()
            except MoregradError as error:
                self._tell("failed", {"kind": type(error).__name__, "message": str(error)}, "failed")
            except Exception as error:
                traceback.print_exception(error)
                self._tell("failed", {"kind": type(error).__name__, "message": FAULT}, "failed")

    def _end(self) -> None:
        experiment, record = self._experiment, self._experiment.run.record
        self._changed(experiment.run)
        if not experiment.finished:
            self._tell("stopped", {"step": experiment.run.step}, "stopped")
            return
        ended = {
            "step": experiment.run.step,
            "losses": {name: loss.to_dict() for name, loss in (record.losses or {}).items()},
            "verdict": record.verdict and str(record.verdict),
            "warnings": list(record.warnings),
            "samples": [sample.to_dict() for sample in experiment.samples],
        }
        self._tell("finished", ended, "finished")

    def _describe(self, run: Run) -> dict[str, Any]:
        self._map = follow(run, self._map)
        samples = run.sample(SHOWN, seed=run.step % 2**32)
        return {
            **run.metrics[-1].to_dict(),
            "steps": run.recipe.steps,
            "seconds": run.record.seconds,
            "samples": [sample.to_dict() for sample in samples],
            "map": self._map,
        }

    def _tell(self, kind: Any, data: dict[str, Any], state: State = "under way") -> None:
        self._loop.call_soon_threadsafe(self._publish, Event(next(self._numbers), kind, data), state)

    def _publish(self, event: Event, state: State) -> None:
        self.events.append(event)
        self.state = state
        self._waking = self._loop.create_task(self._wake())
