"""Files and streams of bytes, read with a limit on their length and on that of their lines."""

import gzip
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from moregrad.atomic import check_name
from moregrad.errors import DataError

CHUNK = 2**20
LINE, FILE = 2**20, 2**30
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Limits:
    """The most bytes that are read of a line, of a table and of a plain text, after decompression.

    None stands for no limit: a text whose lines are passed on one by one may go on for ever.
    """

    line: int = LINE
    table: int = FILE
    text: int | None = FILE


DEFAULT = Limits()


@contextmanager
def open_bounded(path: Path, name: str, *, line: int | None, file: int | None) -> Iterator[io.BufferedReader]:
    """Opens a file, decompressed if its name ends in .gz or it begins as gzip data do, as a stream of `file` bytes.

    No line may be longer than `line` bytes; None lifts a limit, and a binary file has no lines. The file is opened once
    and read from front to back, so a pipe will do. `name` stands for it in messages. Raises DataError when a limit is
    passed, and at once for a plain file that is too long.
    """
    check_name(path)
    with path.open("rb") as raw:
        status = os.fstat(raw.fileno())
        if file is not None and stat.S_ISREG(status.st_mode) and status.st_size > file:
            _refuse_file(name, file)
        is_zipped = path.suffix.lower() == ".gz" or raw.peek(len(GZIP)).startswith(GZIP)
        unpacked = gzip.GzipFile(fileobj=raw) if is_zipped else raw
        yield bounded(unpacked, name, line=line, file=file)


def bounded(stream: Any, name: str, *, line: int | None, file: int | None) -> io.BufferedReader:
    """Returns a reader of the binary `stream` that raises DataError, with the line, when a limit is passed."""
    return io.BufferedReader(_Bounded(stream, name, line, file), CHUNK)


class _Bounded(io.RawIOBase):
    """Passes on the bytes of a stream and measures them."""

    def __init__(self, stream: Any, name: str, line: int | None, file: int | None) -> None:
        self._stream, self._name, self._line, self._file = stream, name, line, file
        self._length = self._line_length = self._lines = 0
        self._last = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        chunk = self._stream.read(min(len(buffer), CHUNK))
        buffer[: len(chunk)] = chunk
        self._length += len(chunk)
        if self._file is not None and self._length > self._file:
            _refuse_file(self._name, self._file)
        if self._line is not None:
            self._measure_lines(chunk, self._line)
        return len(chunk)

    def _measure_lines(self, chunk: bytes, limit: int) -> None:
        """Checks that the lines in `chunk` keep to `limit`, seeking a line end in every stretch of that length."""
        start = -self._line_length
        while len(chunk) - start > limit:
            end = _last_line_end(chunk, max(start, 0), max(start + limit + 1, 0))
            if end < 0:
                number = self._lines + self._count_lines(chunk[: max(start, 0)]) + 1
                raise DataError(
                    f"{self._name}: line {number:,} is longer than {limit:,} bytes; a list has one word on each line: "
                    "end the lines with line feeds, or raise max_line_bytes"
                )
            start = end + 1
        end = _last_line_end(chunk, 0, len(chunk))
        self._line_length = len(chunk) - end - 1 if end >= 0 else self._line_length + len(chunk)
        self._lines += self._count_lines(chunk)
        self._last = chunk[-1:] or self._last

    def _count_lines(self, chunk: bytes) -> int:
        """Counts the lines that end in `chunk` by LF, CR LF or CR; a CR LF may lie across two chunks."""
        ends = chunk.count(b"\n")
        if b"\r" in chunk:
            ends += chunk.count(b"\r") - chunk.count(b"\r\n")
        return ends - (self._last == b"\r" and chunk[:1] == b"\n")


def _last_line_end(chunk: bytes, start: int, stop: int) -> int:
    return max(chunk.rfind(b"\n", start, stop), chunk.rfind(b"\r", start, stop))


def _refuse_file(name: str, limit: int) -> NoReturn:
    raise DataError(
        f"{name} is longer than {limit:,} bytes, decompressed; "
        "cut it into parts, or raise max_file_bytes if there is memory for a multiple of it"
    )
