"""Lines that arrive one by one, from a pipe or a person, each to be had as soon as it is whole."""

import select
from abc import ABC, abstractmethod
from typing import Any

from moregrad.data.bounded import CHUNK, bounded

GRACE = 0.005
"""Seconds that are waited for more before what has arrived is passed on."""
GATHERED = 64
"""Arrivals that are gathered at most: as much as is read of a file at a time, from a pipe that is never empty."""


class LiveLines(ABC):
    """A stream of bytes that is read in whole lines; it can tell whether the next one has arrived."""

    name: str

    @abstractmethod
    def read(self, size: int = -1, /) -> bytes:
        """Returns at least one whole line, waiting for it if need be, or nothing at the end; `size` is only a hint."""

    @abstractmethod
    def ready(self) -> bool:
        """Tells whether `read` will return without waiting."""

    def readline(self) -> bytes:
        """Returns nothing: `read` ends with a whole line."""
        return b""


class LivePipe(LiveLines):
    """The lines of a binary stream, such as standard input; none of them may be longer than `line` bytes.

    Streams that cannot tell whether anything has arrived are read as they come.
    """

    def __init__(self, stream: Any, name: str, *, line: int) -> None:
        self.name = name
        self._source = stream
        self._stream = bounded(_Arrived(stream), name, line=line, file=None)
        self._begun, self._ended = b"", False

    def read(self, size: int = -1, /) -> bytes:
        while not self.ready():
            self._take()
        for _ in range(GATHERED):
            if self._ended or len(self._begun) >= size >= 0 or not self._arrives():
                break
            self._take()
        end = len(self._begun) if self._ended else self._begun.rfind(b"\n") + 1
        lines, self._begun = self._begun[:end], self._begun[end:]
        return lines

    def ready(self) -> bool:
        while not self._ended and b"\n" not in self._begun:
            if not self._arrives():
                return False
            self._take()
        return True

    def _take(self) -> None:
        """Reads what has arrived, or waits for it."""
        arrived = self._stream.read1(CHUNK)
        self._ended = not arrived
        self._begun += arrived

    def _arrives(self) -> bool:
        try:
            return bool(select.select([self._source], [], [], GRACE)[0])
        except (OSError, ValueError, TypeError):
            return True


class _Arrived:
    """A stream whose `read` does not wait for as many bytes as it may return."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read1(size)
