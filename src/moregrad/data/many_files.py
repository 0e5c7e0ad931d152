"""Several files as one list, read in pieces however long they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path
from typing import Any

import polars as pl

from moregrad.configuration import shorten
from moregrad.data.bounded import Limits
from moregrad.data.delimited import choose
from moregrad.data.files import read_words
from moregrad.data.form import Form
from moregrad.errors import DataError

ROWS = 2**20
"""Rows of a Parquet file that are in memory at a time."""

SHRUNK = {".gz": 4.0, ".parquet": 2.0}
"""Bytes of text in a byte of a compressed file, about."""


@dataclass(frozen=True)
class Files:
    """Files whose words make one list, in this order; `name` stands for them in messages."""

    name: str
    paths: tuple[Path, ...]

    @property
    def bytes(self) -> int:
        """The bytes of text in all of them, estimated from their sizes."""
        return int(sum(path.stat().st_size * SHRUNK.get(path.suffix.lower(), 1.0) for path in self.paths))

    def identity(self) -> list[list[str | int]]:
        """Returns what tells whether the files are still the same: their paths, sizes and times of change.

        Raises DataError if one is gone.
        """
        try:
            states = ((path.resolve(), path.stat()) for path in self.paths)
            return [[str(path), state.st_size, state.st_mtime_ns] for path, state in states]
        except OSError as error:
            raise DataError(f"cannot read {error.filename}: {error.strerror}; give an existing file") from error


def find_files(sources: Sequence[Any]) -> Files | None:
    """Returns the files that `sources` name: files, folders of Parquet files, and patterns such as in/*.parquet.

    Returns None if they are one source that is no file, folder or pattern. Raises DataError for a folder or a pattern
    without files, and for a file among several that does not exist.
    """
    paths = [path for source in sources for path in _expand(source)]
    if len(paths) == 1 and not paths[0].is_file():
        return None
    for path in paths:
        if not path.is_file():
            raise DataError(f"cannot read {path}: there is no such file; give existing files, folders or patterns")
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return Files(f"{sources[0]}{more}", tuple(paths))


def _expand(source: Any) -> list[Path]:
    path = Path(source)
    try:
        if path.is_dir():
            found = sorted(each for each in path.iterdir() if is_parquet(each) and each.is_file())
            advice = f"give files or a pattern, such as '{path}/*.txt'"
            return _require(found, f"{path} is a folder without Parquet files; {advice}")
        if not path.exists() and has_magic(str(source)) and "://" not in str(source):
            found = [Path(each) for each in sorted(glob(str(source))) if Path(each).is_file()]
            return _require(found, f"no file is named like {source}; check the pattern, and put it in quotation marks")
    except OSError as error:
        raise DataError(f"cannot read {shorten(str(source))}: {error.strerror}; give files that can be read") from error
    return [path]


def _require(found: list[Path], otherwise: str) -> list[Path]:
    if not found:
        raise DataError(otherwise)
    return found


@dataclass
class Reader:
    """Reads the words of some files in pieces, and estimates how many they are from the bytes read so far."""

    files: Files
    form: Form
    limits: Limits
    _read: int = field(default=0, init=False)
    _bytes: int = field(default=0, init=False)
    _rows: dict[Path, int] = field(default_factory=dict, init=False)

    def words(self) -> Iterator[pl.Series]:
        """Yields the raw words of all files, some at a time.

        Raises DataError for a file that cannot be read, and for one that changes meanwhile.
        """
        before = self.files.identity()
        for path in self.files.paths:
            for words in self._read_file(path):
                self._read += len(words)
                self._bytes += int(words.str.len_bytes().sum() or 0) + len(words) if words.dtype == pl.String else 0
                yield words
        if self.files.identity() != before:
            raise DataError(f"{self.files.name} changed while it was read; give the same command once more")

    def total(self) -> int | None:
        """Estimates the number of words in all files: exact for Parquet; None for what is compressed as a whole."""
        if all(map(is_parquet, self.files.paths)):
            for path in self.files.paths:
                if path not in self._rows:
                    self._rows[path] = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
            return sum(self._rows.values())
        if self._bytes and not any(path.suffix.lower() in SHRUNK for path in self.files.paths):
            return max(round(self._read * self.files.bytes / self._bytes), self._read)
        return None

    def _read_file(self, path: Path) -> Iterator[pl.Series]:
        if is_parquet(path) and self.form.label is None and not self.form.whole:
            return _read_parquet(path, self.form)
        return read_words(path, self.form, limits=self.limits)


def is_parquet(path: Path) -> bool:
    """Tells whether a file is one of Parquet that can be read in pieces."""
    return path.suffix.lower() == ".parquet"


def _read_parquet(path: Path, form: Form) -> Iterator[pl.Series]:
    try:
        columns = list(pl.read_parquet_schema(path))
        name = columns[choose(columns, form, str(path))]
        column = pl.scan_parquet(path, glob=False).select(pl.col(name).cast(pl.String))
        start = 0
        while len(words := column.slice(start, ROWS).collect().to_series()):
            yield words
            start += len(words)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataError(f"cannot read {path} as Parquet: {str(error).splitlines()[0]}; give another file") from error
