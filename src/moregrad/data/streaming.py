"""The words of a list of any length, some at a time, none of them left out; alone, or with the rows they are from."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from moregrad.data.bounded import Limits
from moregrad.data.cleaning import normalise
from moregrad.data.form import Column, Form
from moregrad.data.live import LiveLines
from moregrad.data.parquet_file import read_slices
from moregrad.data.reading import Reading
from moregrad.data.sources import find
from moregrad.data.whole_rows import separate_rows

ROWS = 2**16


def stream_words(
    source: str | os.PathLike[str] | Iterable[str] | LiveLines,
    *,
    column: Column = None,
    delimiter: str | None = None,
    no_header: bool = False,
    encoding: str | None = None,
    strip_invisible: bool = False,
    lower: bool = False,
    max_line_bytes: int = Reading.max_line_bytes,
    max_file_bytes: int = Reading.max_file_bytes,
    notes: list[str] | None = None,
) -> Iterator[pl.Series]:
    """Yields every word of a source in the form in which a corpus keeps it: one word out for each row read.

    Surrounding white space is stripped and Unicode composed to NFC; a missing word becomes an empty one. `source` and
    the keywords are those of `read_corpus`, but only tables are held to `max_file_bytes`: a text of lines may go on for
    ever, and lines that arrive one by one are yielded as they do. How a file was understood is added to `notes` while
    it is read. Raises SourceError if the list cannot be found, DataError if it cannot be read.
    """
    reading = Reading(
        column=column,
        delimiter=delimiter,
        no_header=no_header,
        encoding=encoding,
        strip_invisible=strip_invisible,
        lower=lower,
        max_line_bytes=max_line_bytes,
        max_file_bytes=max_file_bytes,
    )
    form = reading.form() if notes is None else replace(reading.form(), notes=notes)
    return (normalise(words.fill_null(""), reading) for words in _find(source, form, reading))


def stream_rows(
    source: str | os.PathLike[str] | Iterable[str] | LiveLines, reading: Reading, *, notes: list[str]
) -> Iterator[tuple[pl.Series, pl.DataFrame]]:
    """Yields every word of a source as `stream_words` does, with the rows of the table that the words are from.

    The columns of a table are as they were read; words from no table make one with a column `word`. At most 65,536 rows
    come at a time.
    """
    form = replace(reading.form(), notes=notes, whole=True)
    return _separate(_find(source, form, reading), reading)


def stream_some_rows(
    path: Path, reading: Reading, *, start: int, rows: int
) -> Iterator[tuple[pl.Series, pl.DataFrame]]:
    """Yields what `stream_rows` does of `rows` rows of a Parquet table from row `start`; a file may have any length."""
    return _separate(read_slices(path, reading.form(), start=start, rows=rows), reading)


def _separate(slices: Iterable[pl.Series], reading: Reading) -> Iterator[tuple[pl.Series, pl.DataFrame]]:
    for found in slices:
        for start in range(0, max(len(found), 1), ROWS):
            raw, table = separate_rows(found.slice(start, ROWS))
            words = normalise(raw.fill_null(""), reading)
            yield words, words.alias("word").to_frame() if table is None else table


def _find(
    source: str | os.PathLike[str] | Iterable[str] | LiveLines, form: Form, reading: Reading
) -> Iterable[pl.Series]:
    limits = Limits(reading.max_line_bytes, reading.max_file_bytes, None)
    return find(source, form, limits=limits).slices
