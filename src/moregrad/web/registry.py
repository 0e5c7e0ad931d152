"""Runs by name: those given at the start, and those that are trained here."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from moregrad.runs.run import Run
from moregrad.runs.storage import load_run
from moregrad.suggestion import nearest
from moregrad.web.problems import RequestError
from moregrad.web.training import Training


@dataclass
class Entry:
    """A run that has a name here, its folder, and its training if that was begun here."""

    name: str
    folder: Path | None
    run: Run
    training: Training | None = None


class Registry:
    """The runs that requests may name."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries.values()))

    def __getitem__(self, name: str) -> Entry:
        """Returns the run called `name`; raises RequestError if there is none."""
        if name not in self._entries:
            raise RequestError(self._unknown(name[:60]), 404)
        return self._entries[name]

    def add(self, name: str, run: Run, folder: Path | None = None) -> Entry:
        """Gives `run` the name `name`, or one like it that is free."""
        taken = self._entries
        free = next(each for n in count(1) if (each := name if n == 1 else f"{name}-{n}") not in taken)
        self._entries[free] = Entry(free, folder, run)
        return self._entries[free]

    def load(self, folders: Iterable[Path]) -> None:
        """Adds the runs in `folders`, each named after its folder; raises StorageError for one that cannot be read."""
        for folder in folders:
            self.add(Path(os.path.abspath(folder)).name or "run", load_run(folder), folder)

    def _unknown(self, name: str) -> str:
        if not self._entries:
            return f"there is no run {name!r}, and no other yet; train one"
        known = list(self._entries)
        return f"there is no run {name!r}; did you mean {nearest(name, known)!r}? The runs are {', '.join(known)}"
