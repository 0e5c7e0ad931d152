"""Models of other programs as runs."""

import math
import os
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from moregrad import atomic
from moregrad.configuration import accepts
from moregrad.data.alphabet import characters
from moregrad.data.cleaning import clean
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.reading import Reading
from moregrad.data.splits import Leakage, check_method
from moregrad.data.splits import split as split_corpus
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError, ConfigurationError, DataError
from moregrad.fork import check_process
from moregrad.formats.foreign import Foreign
from moregrad.runs.experiment import Words, read, save
from moregrad.runs.fit import as_run
from moregrad.runs.folder import check_free
from moregrad.runs.preparation import record_of
from moregrad.runs.record import Record, versions
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run, longest_row
from moregrad.runs.storage import holds_run

LONGEST = 64
"""Characters in the longest word where neither the file nor words tell it."""

READABLE = (
    "moregrad imports the checkpoints of makemore.py, ARPA files of n-grams, and folders that "
    "`moregrad export --to hf` wrote"
)


@accepts(Reading)
def import_run(
    file: str | os.PathLike[str],
    *,
    words: Words | None = None,
    split: str | None = None,
    heads: int | None = None,
    out: str | os.PathLike[str] | None = None,
    **settings: Any,
) -> Run:
    """Returns the model in `file` as a run: a checkpoint of makemore.py, an ARPA file, or a folder of Hugging Face's.

    `words` are those that it was trained on, as `train` takes them; without them the run has none, and what is new is
    not known. They are split as makemore.py does for its checkpoints, as they were for folders that moregrad wrote, and
    else by words, unless `split` says otherwise. A checkpoint has no characters: they are those of the words, or of
    `alphabet`; nor does that of a Transformer tell its `heads`, 4 by default. `settings` are those of `Reading`. With
    `out` the run is saved in that folder.

    Warns of what the file leaves open. Raises DataError for a file that cannot be read, and for words that do not fit.
    """
    check_process()
    path, reading = Path(file), Reading().replace(**settings)
    if reading.label is not None:
        raise ConfigurationError("a model that is imported has no labels; leave the column of labels out")
    folder = None if out is None else check_free(out)
    if split is not None:
        check_method(split)
    try:
        run = _with_words(_read(path, heads), path, words, split, reading)
    except DataError as error:
        raise DataError(f"{path} cannot be imported: {error}") from error
    for warning in run.record.warnings:
        warnings.warn(warning, stacklevel=3)
    if folder is not None:
        save(run, folder)
    return run


def _read(path: Path, heads: int | None) -> Foreign:
    """Reads `path` by the reader that its beginning asks for."""
    try:
        atomic.check_name(path)
        if path.is_dir():
            return _read_folder(path, heads)
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as error:
        raise DataError(f"it cannot be read: {error.strerror}") from error
    from moregrad.formats.arpa.reading import DATA, read_arpa
    from moregrad.formats.makemore.archive import ARCHIVE, BEFORE
    from moregrad.formats.makemore.reading import read_makemore

    if start.startswith((ARCHIVE, BEFORE)):
        return read_makemore(path, heads=heads)
    _check_no_heads(heads)
    if start.lstrip().startswith(DATA):
        return read_arpa(path)
    raise DataError(f"it is of no kind that is known: {READABLE}")


def _read_folder(path: Path, heads: int | None) -> Foreign:
    from moregrad.formats.hugging_face.reading import read_folder
    from moregrad.formats.hugging_face.writing import CONFIG

    if (path / CONFIG).is_file():
        _check_no_heads(heads)
        return read_folder(path)
    raise DataError("it is a run of moregrad already" if holds_run(path) else f"it has no {CONFIG}; {READABLE}")


def _check_no_heads(heads: int | None) -> None:
    if heads is not None:
        raise ConfigurationError(f"heads {heads}: only makemore.py's Transformer is given them; leave them out")


def _with_words(foreign: Foreign, path: Path, words: Words | None, split: str | None, reading: Reading) -> Run:
    """Returns a run of `foreign`, evaluated on `words` if they are given."""
    if words is None:
        vocabulary = _vocabulary(foreign, reading, None)
        run = _as_run(foreign, vocabulary, dict.fromkeys((TRAIN, VALIDATION, TEST), ()), _record(foreign, path))
        return replace(run, record=run.record.replace(warnings=foreign.notes))
    how = split or foreign.split
    corpus = read(words, reading.replace(lower=reading.lower or foreign.lower), split=how)
    parts = split_corpus(corpus, how)
    vocabulary = _vocabulary(foreign, reading, corpus.vocabulary)
    record = record_of(corpus, parts)
    record = record.replace(origin=f"{foreign.origin}, with words {record.origin}")
    splits = {TRAIN: parts.train, VALIDATION: parts.validation, TEST: parts.test}
    run = _as_run(foreign, vocabulary, splits, record)
    losses = run.evaluate()
    notes = list(foreign.notes)
    if losses[TEST].all.nats > math.log(len(vocabulary)):
        notes.append("the model does worse on these words than guessing: most likely they are not its own")
    return replace(run, record=run.record.replace(losses=losses, warnings=tuple(notes)))


def _vocabulary(foreign: Foreign, reading: Reading, found: Vocabulary | None) -> Vocabulary:
    """Returns the vocabulary in the file, else that of the alphabet, else the one `found` in the words."""
    if foreign.vocabulary is not None:
        return foreign.vocabulary
    if reading.alphabet is not None:
        found = Vocabulary(characters(reading.alphabet))
    if found is None:
        raise DataError(
            f"it does not tell its {foreign.vocab - 1} characters; give the words that it was trained on with --words "
            "(words= in Python), or its --alphabet"
        )
    if len(found) != foreign.vocab:
        raise DataError(
            f"it has {foreign.vocab - 1} characters, and there are {len(found) - 1} in the {found.quoted}; give just "
            "the words that it was trained on, or its --alphabet"
        )
    return found


def _as_run(foreign: Foreign, vocabulary: Vocabulary, words: Any, record: Record) -> Run:
    try:
        splits = {name: EncodedWords.of(pl.Series(part, dtype=pl.String), vocabulary) for name, part in words.items()}
    except AlphabetError as error:
        raise DataError(f"{error}, which its model has; give an alphabet, by which such words are left out") from error
    longest, block = longest_row(splits), foreign.block
    if block is not None and longest > block:
        raise DataError(f"it reads words of up to {block - 1} characters, and one has {longest - 1}; give a max_length")
    architecture = foreign.architecture
    recipe = architecture.recipe.replace(steps=0)
    block = block or (longest if longest > 1 else LONGEST + 1)
    return as_run(foreign.model, splits, vocabulary, block, architecture, recipe, record)


def _record(foreign: Foreign, path: Path) -> Record:
    """Returns the record of a run without words."""
    return Record(
        source=path.name,
        origin=foreign.origin,
        fingerprint="",
        cleaning=clean([pl.Series([], dtype=pl.String)], Reading())[1],
        split=foreign.split,
        words=dict.fromkeys((TRAIN, VALIDATION, TEST), 0),
        leakage=Leakage(0, 0),
        versions=versions(),
        lower=foreign.lower,
    )
