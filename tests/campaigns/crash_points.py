"""A training that dies at an operation on its files, half of a write done.

Every operation from the first to the last is tried in turn; what is in the folder afterwards must be no run yet or one
that goes on to the very same end.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from unittest.mock import patch

from campaigns import Trial
from campaigns._runs import begin, find_loss
from moregrad.runs.experiment import Experiment

TRIES = 200
OPERATIONS = ("fsync", "replace", "unlink", "mkdir", "rmdir")


class Death(BaseException):
    """A process that has been killed runs none of its handlers."""


class Fate:
    """Lets `left` operations pass; the next one dies, and so does all that a handler would still do."""

    def __init__(self, left: int) -> None:
        self.left = left

    def step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Death

    def doom(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        """Returns `operation`, which may die before it does anything."""

        def doomed(*arguments: Any, **settings: Any) -> Any:
            self.step()
            return operation(*arguments, **settings)

        return doomed

    def open(self, path: Path, *arguments: Any, **settings: Any) -> Any:
        self.step()
        return HalfWritten(open(path, *arguments, **settings), self)


class HalfWritten:
    """A file whose writing may die in the middle."""

    def __init__(self, file: IO[bytes], fate: Fate) -> None:
        self._file, self._fate = file, fate

    def write(self, content: bytes) -> None:
        self._file.write(content[: len(content) // 2])
        self._file.flush()
        self._fate.step()
        self._file.write(content[len(content) // 2 :])

    def __enter__(self) -> "HalfWritten":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def train(folder: Path, operations: int) -> bool:
    """Trains in `folder` for so many operations on files; tells whether it died of that."""
    fate, experiment = Fate(operations), Experiment(begin(), folder)
    with ExitStack() as stack:
        for name in OPERATIONS:
            stack.enter_context(patch.object(os, name, fate.doom(getattr(os, name))))
        stack.enter_context(
            patch.object(Path, "open", lambda path, *more, **settings: fate.open(path, *more, **settings))
        )
        with suppress(Death):
            for _ in experiment:
                pass
    return fate.left < 0


def trials(seed: int) -> Iterator[Trial]:
    """Yields a trial for every operation in turn, up to the last."""
    for operations in range(TRIES):
        with TemporaryDirectory() as parent:
            folder = Path(parent) / "run"
            died = train(folder, operations)
            yield Trial(f"after {operations} operations", find_loss(folder))
        if not died:
            return
