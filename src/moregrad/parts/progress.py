"""Progress of work that is done part by part."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from moregrad.parts.part import Done, Part


@dataclass(frozen=True)
class State:
    """Rows that are done, those of them that an earlier start did, and all there are, None if nobody knows yet."""

    done: int
    kept: int
    total: int | None


Watch = Callable[[State], None]


class Progress:
    """Counts rows and tells `watch` of them."""

    def __init__(self, parts: Sequence[Part], done: Mapping[int, Done], watch: Watch | None) -> None:
        rows = [done[part.number].rows if part.number in done else part.rows for part in parts]
        self._kept = self._done = sum(each.rows for each in done.values())
        self._total = None if None in rows else sum(each for each in rows if each)
        self._watch = watch
        self.add(0)

    def add(self, rows: int) -> None:
        """Counts `rows` more."""
        self._done += rows
        if self._watch:
            self._watch(State(self._done, self._kept, self._total))
