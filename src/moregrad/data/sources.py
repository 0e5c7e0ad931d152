"""Sources of words: named lists, files, URLs, standard input."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from moregrad.data.bounded import DEFAULT, Limits, bounded
from moregrad.data.downloads import fetch, file_name, without_secrets
from moregrad.data.faker_lists import faker_words
from moregrad.data.files import read_words
from moregrad.data.first_names import FIRST_NAMES
from moregrad.data.form import Form
from moregrad.data.lines import read_lines
from moregrad.data.live import LiveLines
from moregrad.data.many_files import Files, Reader, find_files
from moregrad.errors import DataError, SourceError
from moregrad.suggestion import nearest

DATA_FOLDER = "MOREGRAD_DATA"
FAKER = "faker:"
STANDARD_INPUT = "-"
BATCH = 2**16

NAMES_URL = "https://raw.githubusercontent.com/karpathy/makemore/master/names.txt"
NAMES_SHA256 = "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d"


@dataclass(frozen=True)
class Source:
    """A named list."""

    name: str
    description: str
    origin: str
    licence: str


SOURCES = {
    source.name: source
    for source in (
        Source(
            "first-names",
            "19,844 first names from all over the world in the letters a-z; part of moregrad",
            "first names in Latin script of all locales of Faker 40.54.0, in lower case, without accents, sorted",
            "MIT, copyright 2012 Daniele Faraglia",
        ),
        Source(
            "names",
            "32,033 first names, 2,539 of them twice; the list of makemore and the zero-to-hero lectures",
            f"downloaded once from {NAMES_URL}, which has it from the US Social Security Administration, 2018",
            "MIT, copyright 2022 Andrej Karpathy",
        ),
        Source(
            "faker:PROVIDER:LOCALE",
            "words from Faker, such as faker:city:de_DE, faker:company:en_US, faker:first_name:en_IN",
            "the whole list behind the provider where there is one, else many draws with a fixed seed",
            "MIT, copyright 2012 Daniele Faraglia",
        ),
    )
}


@dataclass(frozen=True)
class Found:
    """Raw words, some at a time, with the name and the origin of their source."""

    name: str
    origin: str
    slices: Iterable[pl.Series]


def find(
    source: str | os.PathLike[str] | Files | Iterable[str] | LiveLines,
    form: Form | None = None,
    *,
    limits: Limits = DEFAULT,
) -> Found:
    """Finds a named list, a file, a URL, standard input ('-') or any iterable of strings; files keep to `limits`.

    A folder stands for its Parquet files, and a pattern, such as in/*.txt, for the files that are named like it.
    Lines that arrive one by one keep to limits of their own.

    Raises SourceError for an unknown name and an unreachable URL, and DataError for what cannot be read.
    """
    form = form or Form()
    if isinstance(source, Files):
        return Found(source.name, f"read from {source.name}", Reader(source, form, limits).words())
    if isinstance(source, os.PathLike) or (isinstance(source, str) and _is_path(source)):
        files = find_files([source])
        if files and files.paths != (Path(source),):
            return find(files, form, limits=limits)
        return Found(str(source), f"read from {source}", read_words(Path(source), form, limits=limits))
    if isinstance(source, str) and "://" in source:
        shown = without_secrets(source)
        return Found(shown, f"downloaded from {shown}", _download(source, shown, form, limits))
    for column in (form.column, form.label):
        if column is not None:
            raise DataError(
                f"only tables have columns, and {source!s:.60} is not a table; leave the column {column!r} out"
            )
    if isinstance(source, LiveLines):
        return Found(source.name, f"read from {source.name}", read_lines(source, source.name, form))
    if isinstance(source, str):
        return _find_named(source, form, limits)
    return Found("the given list", "given word by word", _batches(source))


def is_named(source: str) -> bool:
    """Tells whether `source` names a known list, standard input or a URL, rather than a file."""
    return source in SOURCES or source == STANDARD_INPUT or source.startswith(FAKER) or "://" in source


def _is_path(source: str) -> bool:
    if is_named(source):
        return False
    try:
        return Path(source).suffix != "" or os.sep in source or Path(source).exists()
    except OSError:
        return False


def _find_named(source: str, form: Form, limits: Limits) -> Found:
    if source == STANDARD_INPUT:
        if sys.stdin is None:
            raise DataError("there is no standard input to read from; give a file or a named list")
        stream = bounded(sys.stdin.buffer, "standard input", line=limits.line, file=limits.text)
        return Found("standard input", "read from standard input", read_lines(stream, "standard input", form))
    if source == "first-names":
        return Found(source, SOURCES[source].origin, read_words(FIRST_NAMES))
    if source == "names":
        return Found(source, SOURCES[source].origin, read_words(_names_file()))
    if source.startswith(FAKER):
        words, origin = faker_words(source)
        return Found(source, origin, [words])
    raise SourceError(
        f"there is no source {source!r}; did you mean {nearest(source, SOURCES)!r}? "
        f"Give one of {', '.join(SOURCES)}, a file, a URL, or - for standard input"
    )


def _batches(words: Iterable[str]) -> Iterator[pl.Series]:
    if isinstance(words, pl.Series):
        yield words.cast(pl.String)
        return
    if not isinstance(words, Iterable):
        raise DataError(f"a word list is a name, a path or an iterable of strings, not {words!r:.60}")
    remaining = iter(words)
    while batch := list(islice(remaining, BATCH)):
        try:
            yield pl.Series("word", batch, dtype=pl.String)
        except (TypeError, UnicodeEncodeError) as error:
            raise DataError(f"a word list holds nothing but text: {str(error).splitlines()[0]}") from error


def _names_file() -> Path:
    """Returns the file of the 32,033 names in the folder MOREGRAD_DATA or the user's cache; downloads it if missing."""
    path = data_folder() / "names.txt"
    if not path.is_file():
        advice = f"try later, or download it by hand and give the file, or set {DATA_FOLDER} to its folder"
        return fetch(NAMES_URL, path, checksum=f"sha256:{NAMES_SHA256}", advice=advice)
    with path.open("rb") as stream:
        checksum = file_digest(stream, "sha256").hexdigest()
    if checksum != NAMES_SHA256:
        raise SourceError(
            f"{path} is not the list of 32,033 names: its SHA-256 is {checksum}, not {NAMES_SHA256}; "
            f"remove the file, or set {DATA_FOLDER} to another folder"
        )
    return path


def data_folder() -> Path:
    """Returns the folder of lists that are not part of moregrad: MOREGRAD_DATA, or else the user's cache."""
    if folder := os.environ.get(DATA_FOLDER):
        return Path(folder)
    import pooch

    return Path(pooch.os_cache("moregrad"))


def _download(url: str, shown: str, form: Form, limits: Limits) -> Iterator[pl.Series]:
    with TemporaryDirectory() as folder:
        file = fetch(url, Path(folder) / file_name(url), most=limits.table)
        yield from read_words(file, form, name=shown, limits=limits)
