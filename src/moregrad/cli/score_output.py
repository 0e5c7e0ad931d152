"""Tables of scores on the screen, as they come, or in a file."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from moregrad.errors import DataError

if TYPE_CHECKING:
    import polars as pl

PARQUET = ".parquet"
ENDINGS = (PARQUET, ".csv", ".jsonl", ".ndjson")
"""Endings of the files that tables of scores are written to."""

Form = Callable[..., str]


@dataclass
class Tally:
    """The numbers of words that went by, and of those that cannot be scored."""

    words: int = 0
    problems: int = 0

    def count(self, tables: "Iterator[pl.DataFrame]", show_done: Callable[[int], None]) -> "Iterator[pl.DataFrame]":
        """Yields the tables, and shows how many words of them are done with."""
        for table in tables:
            yield table
            self.words += table.height
            self.problems += table["problem"].count()
            show_done(self.words)


def print_tables(tables: "Iterator[pl.DataFrame]", form: Form) -> None:
    """Prints every table as soon as it is there, the first one with a heading."""
    import polars as pl

    try:
        for text in _texts(tables, form):
            sys.stdout.write(text)
            sys.stdout.flush()
    except pl.exceptions.PolarsError as error:
        raise DataError(f"cannot print the table: {str(error).splitlines()[0]}; write it with --out") from error


def write_tables(tables: "Iterator[pl.DataFrame]", file: Path) -> None:
    """Writes the tables to a new file, in the form that its ending says, whole or not at all."""
    import polars as pl

    from moregrad.atomic import replacing
    from moregrad.cli.score_forms import as_csv, as_json
    from moregrad.data.parquet_file import write_parquet

    try:
        if file.suffix.lower() == PARQUET:
            write_parquet(tables, file)
            return
        form = as_csv if file.suffix.lower() == ".csv" else as_json
        with replacing(file) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(_texts(tables, form))
            if not stream.tell():
                raise DataError(f"there is not a single row, so {file} is not written")
    except OSError as error:
        raise DataError(f"cannot write {file}: {error.strerror or error}") from error
    except pl.exceptions.PolarsError as error:
        raise DataError(f"cannot write {file}: {str(error).splitlines()[0]}") from error


def _texts(tables: "Iterator[pl.DataFrame]", form: Form) -> Iterator[str]:
    return (form(table, first=number == 0) for number, table in enumerate(tables))
