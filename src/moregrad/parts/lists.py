"""The lists that a folder of parts is made from, and how they are cut."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import file_digest
from pathlib import Path
from typing import Any

import polars as pl

from moregrad.configuration import shorten
from moregrad.data.many_files import find_files, is_parquet
from moregrad.errors import DataError
from moregrad.parts.part import Part


@dataclass(frozen=True)
class ListFile:
    """A file of words: its path as given and its digest; `rows` is None for one that is no Parquet table."""

    path: Path
    sha256: str
    rows: int | None

    @classmethod
    def of(cls, path: Path) -> "ListFile":
        """Reads the whole file once for its digest, and the end of a Parquet table for its rows."""
        try:
            return cls(path.absolute(), _digest(path.absolute()), _count_rows(path) if is_parquet(path) else None)
        except OSError as error:
            raise DataError(f"cannot read {path}: {error.strerror or error}; give an existing file") from error
        except pl.exceptions.PolarsError as error:
            reason = str(error).splitlines()[0]
            raise DataError(f"cannot read {path} as .parquet: {reason}; repair it or give another file") from error

    def check(self) -> None:
        """Raises DataError if the file is not what it was, or not what it is on another machine."""
        try:
            same = _digest(self.path) == self.sha256
        except OSError:
            same = False
        if not same:
            raise DataError(f"{self.path} is not what it was when the work began; begin anew with --restart")

    def to_dict(self) -> dict[str, Any]:
        """Returns it as plain data."""
        return {**asdict(self), "path": str(self.path)}


def _digest(path: Path) -> str:
    """Returns the digest of a file, read once in each process and again if its size or time of change is another."""
    state = path.stat()
    return _digest_state(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=2**16)
def _digest_state(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def find_lists(places: Iterable[str | os.PathLike[str]]) -> tuple[ListFile, ...]:
    """Returns the files that `places` name: files, folders of Parquet tables and patterns; raises as `find_files`."""
    if not (named := list(places)):
        raise DataError("there is no list; name files, or folders of .parquet files")
    if not (files := find_files(named)):
        raise DataError(f"there is no file {shorten(str(named[0]))}; parts are made from files and folders that exist")
    return tuple(map(ListFile.of, files.paths))


def cut(lists: Sequence[ListFile], rows: int) -> tuple[Part, ...]:
    """Cuts Parquet tables into parts of so many rows, the last of each shorter; every other list is one part."""
    parts: list[Part] = []
    for source, each in enumerate(lists):
        if each.rows is None:
            parts.append(Part(len(parts), None, source))
            continue
        for start in range(0, max(each.rows, 1), rows):
            parts.append(Part(len(parts), min(rows, each.rows - start), source, start))
    return tuple(parts)


def _count_rows(path: Path) -> int:
    return pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
