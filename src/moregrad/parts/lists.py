"""The lists that a folder of parts is made from, and how they are cut."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

import polars as pl

from moregrad.errors import DataError
from moregrad.parts.part import Part

PARQUET = ".parquet"


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
            with path.open("rb") as stream:
                digest = file_digest(stream, "sha256").hexdigest()
            return cls(path.absolute(), digest, _count_rows(path) if is_parquet(path) else None)
        except OSError as error:
            raise DataError(f"cannot read {path}: {error.strerror or error}; give an existing file") from error
        except pl.exceptions.PolarsError as error:
            reason = str(error).splitlines()[0]
            raise DataError(f"cannot read {path} as .parquet: {reason}; repair it or give another file") from error

    def to_dict(self) -> dict[str, Any]:
        """Returns it as plain data."""
        return {**asdict(self), "path": str(self.path)}


def is_parquet(path: Path) -> bool:
    """Tells whether the name is that of a Parquet table."""
    return path.suffix.lower() == PARQUET


def find_files(places: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """Returns the files of `places`: those that are files, and the Parquet tables of those that are folders, by name.

    Raises DataError for a place that does not exist, and for a folder without such tables.
    """
    found: list[Path] = []
    for place in map(Path, places):
        if place.is_dir():
            tables = sorted(path for path in place.iterdir() if is_parquet(path) and path.is_file())
            if not tables:
                raise DataError(f"the folder {place} holds no {PARQUET} file; name files, or another folder")
            found += tables
        elif place.is_file():
            found.append(place)
        else:
            raise DataError(f"there is no file {str(place)!r:.200}; parts are made from files and folders that exist")
    if not found:
        raise DataError("there is no list; name files, or folders of .parquet files")
    return found


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
