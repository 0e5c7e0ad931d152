"""A run on a list that does not fit in memory: its words stay on disk, in pieces that are made once."""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

from moregrad.configuration import shorten
from moregrad.data.bounded import Limits
from moregrad.data.corpus import nothing_left
from moregrad.data.many_files import Files, Reader, find_files
from moregrad.data.pieces import StoredList, Tell, silent, store
from moregrad.data.reading import Reading
from moregrad.data.sources import data_folder, is_named
from moregrad.data.splits import LEAST_WORDS, Leakage, too_short
from moregrad.errors import DataError, StorageError
from moregrad.models.architecture import Architecture
from moregrad.models.composite import Composite
from moregrad.ngrams.counted import table_of, thresholds_within
from moregrad.recipe import Recipe
from moregrad.runs.fit import begin
from moregrad.runs.folder import take_turns
from moregrad.runs.planning import plan, plan_start
from moregrad.runs.record import Record, versions
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run
from moregrad.runs.starting import Starting, settle

AUTO, MEMORY, STREAM = WAYS = ("auto", "memory", "stream")
BY_HASH = "hash"

PER_BYTE = 40
"""Bytes of memory that a list takes for each of its text, as benchmarks/ten_million_lines.py measures."""

GRAMS = 2**23
"""N-grams that are kept of a list on disk, unless it is told how to prune them."""

FORMAT = 2
"""Raised when pieces of earlier versions can no longer be used."""


def choose_files(sources: Sequence[Any], reading: Reading, *, read: str, split: str) -> Files | None:
    """Returns the files to read in pieces; None where the list is to be read into memory.

    Raises DataError for a way of reading that there is not, and for what cannot be read in pieces.
    """
    if read not in WAYS:
        raise DataError(f"there is no way {shorten(read)} to read; give one of {', '.join(WAYS)}")
    named = any(is_named(each) if isinstance(each, str) else not isinstance(each, os.PathLike) for each in sources)
    files = None if read == MEMORY or named else find_files(sources)
    obstacle = _obstacle(files, reading, split)
    if read == STREAM and obstacle:
        raise DataError(obstacle)
    large = files is not None and files.bytes * PER_BYTE > memory() / 2
    return files if read == STREAM or (large and not obstacle) else None


def _obstacle(files: Files | None, reading: Reading, split: str) -> str:
    if files is None:
        return "only files are read in pieces; save the list in one, or leave --read out"
    if reading.label is not None:
        return "lists with labels are not read in pieces; leave the label out, or read into memory"
    if split not in ("words", BY_HASH):
        return f"the {split} split is made in memory; a list in pieces is split by hash: leave --split out"
    return ""


def memory() -> int:
    """Returns the bytes of memory of the machine, 16 GB where it does not say."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 2**34


def announce(files: Files, scratch: Path) -> str:
    """Says why and how a list is read in pieces."""
    need, there = files.bytes * PER_BYTE, memory()
    reason = f", since in memory it would take about {need / 1e9:,.0f} GB of {there / 1e9:,.0f}"
    return (
        f"{files.name}: read in pieces and split by hash{reason if need > there / 2 else ''}\n"
        f"its pieces go to {scratch}"
    )


def tell_kept(scratch: Path) -> str:
    """Says how large the pieces in a folder are, and for how long."""
    size = sum(path.stat().st_size for path in scratch.rglob("*") if path.is_file())
    return (
        f"{size / 1e6:,.0f} MB of pieces stay there for the next time; no run needs them: remove the folder as you like"
    )


def scratch_folder(files: Files, reading: Reading, scratch: str | os.PathLike[str] | None) -> Path:
    """Returns the folder where the pieces of a list are kept, in `scratch` or in the user's cache."""
    facts = [FORMAT, files.identity(), {name: getattr(reading, name) for name in reading.settings()}]
    home = Path(scratch) if scratch is not None else data_folder() / "lists"
    return home / sha256(dumps(facts).encode()).hexdigest()[:16]


def store_files(files: Files, reading: Reading, folder: Path, *, tell: Tell = silent) -> StoredList:
    """Returns the list of `files` in `folder`, made now or before. Raises DataError if too few words are left."""
    form = reading.form()
    # A text is read line by line; only tables that are no Parquet are whole in memory.
    reader = Reader(files, form, Limits(reading.max_line_bytes, reading.max_file_bytes, None))
    with _working(folder, tell):
        stored = store(reader.words(), reading, folder, notes=form.notes, total=reader.total, tell=tell)
    if not stored.report.kept:
        raise DataError(nothing_left(files.name, stored.report))
    if stored.distinct < LEAST_WORDS:
        raise DataError(too_short(files.name, stored.distinct))
    if not all(map(len, stored.words.values())):
        raise DataError(f"{files.name} has too few words to be split by their hashes; give more, or --read memory")
    return stored


@contextmanager
def _working(folder: Path, tell: Tell) -> Iterator[None]:
    """Keeps other processes out of a folder of pieces; those that need the same ones wait until they are made."""
    try:
        with take_turns(folder, lambda: tell("waiting for another process", 0, None)):
            yield
    except OSError as error:
        reason = error.strerror or error
        advice = "make room, or name another place with --scratch"
        raise StorageError(f"cannot write the pieces of the list in {folder}: {reason}; {advice}") from error


def prepare_stored(
    files: Files,
    stored: StoredList,
    reading: Reading,
    architecture: Architecture,
    recipe: Recipe,
    *,
    given: Collection[str],
    start: Starting,
    tell: Tell = silent,
) -> Run:
    """Returns a run on a stored list before its first step, as `prepare` does for one in memory."""
    splits = {name: stored.words[name] for name in (TRAIN, VALIDATION, TEST)}
    size = len(splits[TRAIN])
    begun = settle(start, architecture, stored.vocabulary, size)
    plans = plan if begun is None else plan_start
    architecture, recipe = plans(architecture, recipe, size, given=given)
    architecture = _prune(architecture, stored, tell)
    record = Record(
        source=files.name,
        origin=f"read in pieces from {len(files.paths)} file{'s' * (len(files.paths) > 1)}",
        fingerprint=stored.fingerprint,
        cleaning=stored.report,
        split=BY_HASH,
        words={name: len(words) for name, words in splits.items()},
        leakage=Leakage(0, 0),
        versions=versions(),
        lower=reading.lower,
    )
    return begin(splits, stored.vocabulary, architecture, recipe, record, start=begun)


def _prune(architecture: Architecture, stored: StoredList, tell: Tell) -> Architecture:
    """Returns a model that counts with thresholds by which its n-grams fit in memory, unless it has some."""
    order, words = _longest_order(architecture), stored.words[TRAIN]
    if not order:
        return architecture
    done = 0

    def count(words_done: int) -> None:
        nonlocal done
        done += words_done
        tell("counting", done, len(words))

    with _working(stored.folder, tell):
        table = table_of(words, len(stored.vocabulary), order, folder=stored.folder, tell=count)
    prune = thresholds_within(table, GRAMS)
    return architecture if _values(architecture, "prune") or not prune else architecture.replace(prune=prune)


def _longest_order(architecture: Architecture) -> int:
    return max([*_values(architecture, "order"), *_values(architecture, "orders")], default=0)


def _values(architecture: Architecture, name: str) -> list[Any]:
    """Returns the value of a setting, or the values in it, of an architecture that counts, and of its members."""
    members = architecture.members if isinstance(architecture, Composite) else ()
    theirs = [value for member in members for value in _values(member, name)]
    own = getattr(architecture, name, ()) if "prune" in architecture.settings() else ()
    return [*theirs, *(own if isinstance(own, tuple) else (own,))]
