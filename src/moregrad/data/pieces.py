"""A list of any length, cleaned, split and encoded on disk, piece by piece.

    words.bucket/      the words without fault, as text, in 256 files by the first bits of their hashes
    sifted.json        what was left out on the way there, and the sums of the hashes of each bucket; with it the first
                       half of the work is done
    words.safetensors  the encoded words of each part, in the order of their hashes
    list.json          the record, and the digest of that file; with it all is done, and the buckets are gone

Words in the order of their hashes are in a random order that depends on nothing but the words: not on that of the
source, nor on the number of its files. Words that repeat have the same hash, so that they meet in one bucket, where
they are compared letter by letter: no word is taken for another. What a disk lost or changed meanwhile is noticed by
the sums and the digest.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import polars as pl
from jaxtyping import UInt64

from moregrad.atomic import clear
from moregrad.data.cleaning import CleaningReport, Dropped, Sieve, find_invisible
from moregrad.data.code_points import from_code_points, to_code_points
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.hashed_split import hash_text, part_of
from moregrad.data.reading import Reading
from moregrad.data.sealed import digest_file, read_sealed, write_sealed
from moregrad.data.stored_words import StoredWords, read_stored, writing
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import DataError

BITS = 8
"""First bits of a hash that tell the bucket of a word."""

PARTS = ("train", "validation", "test")
BUCKET_FOLDER, SIFTED, WORDS, LIST = "words.bucket", "sifted.json", "words.safetensors", "list.json"

Tell = Callable[[str, int, int | None], None]
"""Hears of the work at hand, of how many words it is done, and of how many there are, where that is known."""


def silent(work: str, done: int, whole: int | None) -> None:
    """Tells nobody."""


@dataclass(frozen=True, eq=False)
class StoredList:
    """A list on disk: the words of each part, with the account of the cleaning.

    `distinct` counts words that differ; `fingerprint` is the SHA-256 of all words in the order of their hashes, each
    followed by a line feed.
    """

    words: dict[str, StoredWords]
    vocabulary: Vocabulary
    report: CleaningReport
    distinct: int
    fingerprint: str
    folder: Path


def store(
    raw: Iterable[pl.Series],
    reading: Reading,
    folder: Path,
    *,
    notes: list[str],
    total: Callable[[], int | None] = lambda: None,
    tell: Tell = silent,
) -> StoredList:
    """Reads `raw` into `folder` and returns what is there then; what is there already is not made again.

    `total` estimates how many words there are. The caller sees to it that a folder belongs to one list and one process.
    Raises DataError for what is damaged in it, once that is removed.
    """
    clear(folder)
    try:
        if not (folder / LIST).exists():
            if not (folder / SIFTED).exists():
                shutil.rmtree(folder / BUCKET_FOLDER, ignore_errors=True)
                (folder / BUCKET_FOLDER).mkdir(parents=True)
                _sift(raw, reading, folder, notes, total, tell)
            _encode(reading, folder, tell)
        return _open(folder)
    except _DamagedError as error:
        for name in (SIFTED, LIST):
            (folder / name).unlink(missing_ok=True)
        raise DataError(f"{error} in {folder}: damaged, and removed; give the same command once more") from error
    finally:
        if (folder / LIST).exists() or not (folder / SIFTED).exists():
            shutil.rmtree(folder / BUCKET_FOLDER, ignore_errors=True)


class _DamagedError(DataError):
    """A file is not as it was written; the message names it."""


def _open(folder: Path) -> StoredList:
    """Returns the list that is finished in `folder`."""
    record = _unseal(folder / LIST)
    if digest_file(folder / WORDS) != record["sha256"]:
        raise _DamagedError(WORDS)
    report, vocabulary = msgspec.convert(record["report"], CleaningReport), Vocabulary(record["characters"])
    words = read_stored(folder / WORDS) or {}
    return StoredList(words, vocabulary, report, record["distinct"], record["fingerprint"], folder)


def _unseal(path: Path) -> dict[str, Any]:
    if (facts := read_sealed(path)) is None:
        raise _DamagedError(path.name)
    return facts


def _sift(
    raw: Iterable[pl.Series],
    reading: Reading,
    folder: Path,
    notes: list[str],
    total: Callable[[], int | None],
    tell: Tell,
) -> None:
    """Writes the words without fault to their buckets."""
    sieve, points, sums = Sieve(reading), np.zeros(0, np.int64), [0] * 2**BITS
    with ExitStack() as stack:
        files = [stack.enter_context(_bucket(folder, number).open("wb")) for number in range(2**BITS)]
        for table in sieve.sift(raw):
            words = table["word"]
            points = np.union1d(points, np.unique(to_code_points(words.str.join("").item() or "")))
            for number, (file, (text, added)) in enumerate(zip(files, _deal(words), strict=True)):
                file.write(text)
                sums[number] = (sums[number] + added) % 2**64
            tell("reading", sieve.read, total())
    characters = from_code_points(points.astype(np.uint32))
    dropped = {reason: found.to_dict() for reason, found in sieve.dropped.items()}
    sifted = {"read": sieve.read, "tabs": sieve.tabs, "dropped": dropped, "notes": notes, "characters": characters}
    write_sealed(folder / SIFTED, {**sifted, "sums": sums})


def _deal(words: pl.Series) -> Iterator[tuple[bytes, int]]:
    """Yields the text of the words of each bucket, in their order, and the sum of their hashes."""
    hashes = hash_text(words)
    bucket = (hashes >> np.uint64(64 - BITS)).astype(np.uint16)
    order = np.argsort(bucket, kind="stable")
    ordered, hashes = words.gather(order), hashes[order]
    stops = np.cumsum(np.bincount(bucket, minlength=2**BITS)).tolist()
    for start, stop in zip([0, *stops], stops, strict=False):
        text = ordered.slice(start, stop - start).str.join("\n").item() + "\n" if stop > start else ""
        yield text.encode(), int(hashes[start:stop].sum())


def _encode(reading: Reading, folder: Path, tell: Tell) -> None:
    """Encodes the words of each bucket, but for repeated ones, in the order of their hashes."""
    sifted = _unseal(folder / SIFTED)
    sieve = Sieve(reading, sifted["read"], sifted["tabs"], msgspec.convert(sifted["dropped"], dict[str, Dropped]))
    whole = sieve.read - sum(found.count for found in sieve.dropped.values())
    vocabulary = Vocabulary(sifted["characters"])
    invisible, kept, distinct, digest = Dropped(), 0, 0, sha256()
    with writing(folder / WORDS, PARTS, vocabulary.dtype) as add:
        for number in range(2**BITS):
            words, hashes = _read_bucket(_bucket(folder, number), sifted["sums"][number])
            first = words.is_first_distinct()
            distinct += int(first.sum())
            if not reading.keep_duplicates:
                sieve.leave_out("duplicate", words.filter(~first))
                words, hashes = words.filter(first), hashes[first.to_numpy()]
            if len(words):
                digest.update((words.str.join("\n").item() + "\n").encode())
            invisible, kept, part = find_invisible(words, invisible), kept + len(words), part_of(hashes)
            for index, name in enumerate(PARTS):
                add(name, EncodedWords.of(words.filter(part == index), vocabulary))
            tell("sorting", kept + sieve.dropped["duplicate"].count, whole)
    report = sieve.report(kept, invisible, sifted["notes"]).to_dict()
    facts = {"characters": vocabulary.characters, "distinct": distinct, "fingerprint": digest.hexdigest()}
    write_sealed(folder / LIST, {"report": report, **facts, "sha256": digest_file(folder / WORDS)})


def _bucket(folder: Path, number: int) -> Path:
    return folder / BUCKET_FOLDER / f"{number:03}.txt"


def _read_bucket(path: Path, total: int) -> tuple[pl.Series, UInt64[np.ndarray, " words"]]:
    """Returns the words of a bucket with their hashes, by which they are ordered and whose sum is `total`."""
    try:
        text = path.read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise _DamagedError(path.name) from error
    words = pl.Series("word", [text.removesuffix("\n")] if text else [], dtype=pl.String).str.split("\n").explode()
    hashes = hash_text(words)
    if int(hashes.sum()) != total:
        raise _DamagedError(path.name)
    order = np.argsort(hashes, kind="stable")
    return words.gather(order), hashes[order]
