"""A run and its folder.

    model.safetensors   the run: weights of the best and the last model, tables of counts, optimizer state, metrics;
                        in its header how to rebuild them, the record, and digests of all of it and of the words
    words.safetensors   the encoded words of each split
    run.json            the record, for people and other programs; moregrad does not read it
    metrics.jsonl       one line per evaluation, likewise
    samples.txt         words the model made when training ended, likewise

Every file is written whole or not at all, and a run is saved when its model.safetensors is.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import equinox as eqx
import jax
import jax.random as jr
import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load, save

from moregrad import atomic
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.stored_words import StoredWords, read_stored
from moregrad.data.vocabulary import BOUNDARY, Vocabulary
from moregrad.errors import DataError, StorageError
from moregrad.models.labelled import AnyLabel, GivenLabel
from moregrad.ngrams.counted import clear_scratch
from moregrad.runs.arrays import Arrays, digest, fill, flatten, from_columns, list_names, to_columns
from moregrad.runs.header import FORMAT, Header, parse
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run, longest_row
from moregrad.runs.upgrade import BOUND, upgrade_arrays, upgrade_header, upgrade_settings
from moregrad.training.loop import Progress
from moregrad.training.optimizers import Hyperparameters

HEADER, DIGEST = "moregrad", "sha256"
MODEL, WORDS, RECORD = "model.safetensors", "words.safetensors", "run.json"
METRICS, SAMPLES = "metrics.jsonl", "samples.txt"
FILES = (MODEL, WORDS, RECORD, METRICS, SAMPLES)
SPLITS = (TRAIN, VALIDATION, TEST)


def save_words(splits: Mapping[str, EncodedWords], folder: Path) -> str:
    """Writes the encoded words of each split and returns their digest; raises StorageError if that cannot be done."""
    if source := _file_of(splits):
        with _writing(folder / WORDS), atomic.replacing(folder / WORDS) as temporary:
            _place(source, temporary)
        return _digest_file(source)
    content = _pack(splits)
    _write(folder / WORDS, content)
    return digest_content(content)


def digest_content(content: bytes) -> str:
    """Returns the digest of the content of a file."""
    return sha256(content).hexdigest()


def digest_words(splits: Mapping[str, EncodedWords]) -> str:
    """Returns the digest that `save_words` would return."""
    source = _file_of(splits)
    return _digest_file(source) if source else digest_content(_pack(splits))


def _file_of(splits: Mapping[str, EncodedWords]) -> Path | None:
    """Returns the file of words that are mapped from one; None for words in memory."""
    stored = [words for words in splits.values() if isinstance(words, StoredWords)]
    return next((words.path for words in stored if words.path), None)


def _place(source: Path, path: Path) -> None:
    """Makes `path` another name of the file, which nothing ever changes, or a copy on another disk."""
    try:
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def save_run(run: Run, folder: Path, *, words: str) -> None:
    """Writes all of `run` but its words, whose digest is `words`.

    Raises StorageError, and leaves the earlier run in the folder, if that cannot be done.
    """
    header = Header.of(run, words).to_json()
    trees = {"best": run.model, "last": run.progress.model, "optimizer": run.progress.optimizer}
    arrays = flatten(trees) | to_columns(run.metrics)
    _write(folder / MODEL, save(arrays, {HEADER: header, DIGEST: digest(header, arrays)}))
    record = json.dumps(run.record.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)
    _write(folder / RECORD, f"{record}\n".encode())
    _write(folder / METRICS, "".join(json.dumps(metrics.to_dict()) + "\n" for metrics in run.metrics).encode())


def save_samples(words: Iterable[str], folder: Path) -> None:
    """Writes words that the model made, one to a line; raises StorageError if that cannot be done."""
    _write(folder / SAMPLES, "".join(f"{word}\n" for word in words).encode())


def claim(folder: Path, run: Run) -> str:
    """Makes `folder` ready for saves of `run`: writes its words, if no run is there yet, and returns their digest.

    Raises StorageError if another run is there, or this one at another step.
    """
    if isinstance(run.model, GivenLabel | AnyLabel):
        raise StorageError("this run is that of a label; save the one that it was made from, which has all labels")
    for name in FILES:
        atomic.clear(folder, name)
    clear_scratch(folder)
    if not holds_run(folder):
        return save_words(run.splits, folder)
    stored = load_run(folder)
    words = digest_words(run.splits)
    same = stored.architecture == run.architecture and digest_words(stored.splits) == words
    if not same or stored.step != run.step:
        there = f"this run at step {stored.step}, not {run.step}" if same else "another run"
        raise StorageError(f"{folder} holds {there} by now; load it again, or name another folder")
    return words


def discard(folder: Path) -> None:
    """Removes the files of a run that came to nothing."""
    for name in FILES:
        with suppress(OSError):
            (folder / name).unlink()


def holds_run(folder: Path) -> bool:
    """Tells whether a run was saved in `folder`."""
    return (folder / MODEL).is_file()


def find_runs(home: Path) -> list[Path]:
    """Returns the folders in `home` that hold a run, those that changed last first."""
    try:
        folders = [folder for folder in home.iterdir() if holds_run(folder)]
        return sorted(folders, key=lambda folder: -folder.stat().st_mtime)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(f"{home} cannot be read: {error.strerror}; name the folders of runs") from error


def load_run(folder: str | os.PathLike[str]) -> Run:
    """Reads the run in `folder`; raises StorageError for a missing, damaged or newer one."""
    folder = Path(folder)
    try:
        atomic.check_name(folder)
        found = holds_run(folder)
    except OSError as error:
        raise StorageError(
            f"{folder} is no run folder: {error.strerror}; give one that `moregrad train` made"
        ) from error
    if not found:
        begun = (folder / WORDS).is_file()
        advice = "its training never began; name another" if begun else f"`moregrad train --out {folder}` makes one"
        raise StorageError(f"{folder} is no run folder: it has no {MODEL}; {advice}")
    try:
        return _read_run(folder)
    except StorageError as error:
        raise StorageError(f"{folder} cannot be read: {error}") from error


def _pack(splits: Mapping[str, EncodedWords]) -> bytes:
    return save({name: np.ascontiguousarray(words.tokens) for name, words in splits.items()})


def _read_run(folder: Path) -> Run:
    fields, arrays = _read_model(folder / MODEL)
    found = _digest_words_file(folder / WORDS)
    if earlier := fields["format"] < BOUND:
        fields = upgrade_header(fields, parse(_read(folder / RECORD).decode("utf-8", "replace"), RECORD), found)
    header = Header.from_dict(upgrade_settings(fields))
    if header.words != found:
        raise StorageError(f"its {WORDS} is damaged or belongs to another run")
    vocabulary = header.build_vocabulary()
    splits = _read_words(folder / WORDS, vocabulary)
    block = header.block or longest_row(splits)
    architecture, recipe = header.build_architecture(), header.build_recipe()
    blank = eqx.filter_eval_shape(architecture.build, len(vocabulary), block, key=jr.key(0))
    fresh = eqx.filter_eval_shape(Progress.begin, blank, Hyperparameters.of(recipe))
    trees = {"best": blank, "last": fresh.model, "optimizer": fresh.optimizer}
    if earlier:
        lines = [parse(line, METRICS) for line in _read(folder / METRICS).decode("utf-8", "replace").splitlines()]
        arrays = upgrade_arrays(fields, arrays, lines, list_names(trees))
    filled = fill(trees, arrays)
    progress = Progress(filled["last"], filled["optimizer"], jax.device_put(np.int32(header.step)))
    metrics = from_columns(arrays, header.step)
    return Run(architecture, recipe, vocabulary, block, filled["best"], progress, splits, header.record, metrics)


def _read_model(path: Path) -> tuple[dict[str, Any], Arrays]:
    """Returns the header of a run as plain data, and its arrays, both as they were written."""
    try:
        with safe_open(path, "numpy") as file:
            metadata = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError, TypeError, ValueError) as error:
        raise StorageError(f"its {path.name} is damaged: {error}") from error
    if HEADER not in metadata:
        raise StorageError(f"its {path.name} is not of moregrad: its header says nothing of it")
    fields = parse(metadata[HEADER], path.name)
    if fields.get("format") not in range(1, FORMAT + 1):
        raise StorageError(
            f"it has format {fields.get('format')!s:.20}; this moregrad reads up to {FORMAT}: upgrade moregrad"
        )
    tied = fields["format"] >= BOUND or DIGEST in metadata
    if tied and metadata.get(DIGEST) != digest(metadata[HEADER], arrays):
        raise StorageError(f"its {path.name} is damaged: it does not match its digest")
    return fields, arrays


def _read_words(path: Path, vocabulary: Vocabulary) -> dict[str, EncodedWords]:
    try:
        stored = read_stored(path)
        splits: Mapping[str, EncodedWords] = (
            {name: EncodedWords(tokens) for name, tokens in load(_read(path)).items()} if stored is None else stored
        )
    except (SafetensorError, TypeError, ValueError, DataError, OSError) as error:
        raise StorageError(f"its {WORDS} is damaged: {error}") from error
    for name in SPLITS:
        words = splits.get(name)
        if words is None or not _holds_words(words, vocabulary):
            raise StorageError(f"its {WORDS} holds no words for {name} in its vocabulary")
    return {name: splits[name] for name in SPLITS}


def _holds_words(words: EncodedWords, vocabulary: Vocabulary) -> bool:
    tokens = words.tokens
    if tokens.dtype != vocabulary.dtype or tokens.ndim != 1 or not len(tokens):
        return False
    bounded = tokens[0] == tokens[-1] == BOUNDARY
    return bounded and all(piece.tokens.max() < len(vocabulary) for piece in words.pieces())


def _digest_words_file(path: Path) -> str:
    try:
        return _digest_file(path)
    except OSError as error:
        raise StorageError(f"its {path.name} cannot be read: {error.strerror}") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageError(f"its {path.name} cannot be read: {error.strerror}") from error


def _write(path: Path, content: bytes) -> None:
    with _writing(path):
        atomic.write_bytes(path, content)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Makes the folder of `path` for what is written there; raises StorageError if that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror}; an earlier file there is untouched") from error
