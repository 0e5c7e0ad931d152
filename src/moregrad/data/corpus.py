"""A cleaned word list with its vocabulary, its source and an account of the cleaning."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import polars as pl

from moregrad.configuration import accepts
from moregrad.data.cleaning import CleaningReport, clean_table
from moregrad.data.code_points import SLICE
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.labelled import LABEL
from moregrad.data.labels import Labels
from moregrad.data.many_files import Files
from moregrad.data.reading import Reading
from moregrad.data.sources import Found, find
from moregrad.data.summary import Summary
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import DataError
from moregrad.fork import check_process


@dataclass(frozen=True, eq=False)
class Corpus:
    """Words in the order of their source, cleaned as `reading` says; `origin` tells where `source` has them from.

    If `reading` names a column of them, words have `labels`, and `word_labels` is that of each word by name.
    """

    words: pl.Series
    reading: Reading
    report: CleaningReport
    source: str
    origin: str
    labels: Labels | None = None
    word_labels: pl.Series | None = None

    def __len__(self) -> int:
        """The number of words."""
        return len(self.words)

    @cached_property
    def distinct(self) -> pl.Series:
        """Every word once, in the order of first appearance."""
        repeats = self.reading.keep_duplicates or self.word_labels is not None
        return self.words.unique(maintain_order=True) if repeats else self.words

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The characters of all words."""
        return Vocabulary.of(self.words)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the list as a text file: the words in UTF-8, each followed by a line feed."""
        digest = sha256()
        for start in range(0, len(self), SLICE):
            digest.update((self.words.slice(start, SLICE).str.join("\n").item() + "\n").encode())
        return digest.hexdigest()

    def encode(self, words: pl.Series | Iterable[str] | None = None) -> EncodedWords:
        """Encodes `words`, or all words; raises AlphabetError for a character that no word of the corpus has."""
        return EncodedWords.of(self.words if words is None else words, self.vocabulary)

    def summary(self) -> Summary:
        """Counts words, lengths, characters and pairs."""
        return Summary.of(self.words, self.vocabulary)


@accepts(Reading)
def read_corpus(source: str | os.PathLike[str] | Iterable[str] | Files, **settings: Any) -> Corpus:
    """Reads and cleans a word list.

    `source` is the name of a known list, `faker:PROVIDER:LOCALE`, the path or URL of a file, `-` for standard input, or
    the words themselves. `settings` are the fields of `Reading`, such as lower=True. Raises SourceError if the list
    cannot be found, DataError if it cannot be read, no word is left, or its labels cannot be trained with,
    MoregradError in a process forked after moregrad was used, where Polars and JAX would hang.
    """
    check_process()
    reading = Reading().replace(**settings)
    form = reading.form()
    return clean(find(source, form, limits=reading.limits), reading, form.notes)


def clean(found: Found, reading: Reading, notes: list[str]) -> Corpus:
    """Cleans the words of a source as `reading` says; `notes` come from its reader. Raises as `read_corpus` does."""
    table, report = clean_table(found.slices, reading, notes)
    if table.is_empty():
        raise DataError(nothing_left(found.name, report))
    if reading.label is None:
        return Corpus(table["word"], reading, report, found.name, found.origin)
    labels = Labels.of(table["word"], table[LABEL], reading.label)
    return Corpus(table["word"], reading, report, found.name, found.origin, labels, table[LABEL])


def nothing_left(name: str, report: CleaningReport) -> str:
    """Says why no word of a list is left."""
    if report.read == 0:
        return f"{name} is empty; give a list with at least one word"
    reasons = ", ".join(f"{d.count} {reason.replace('_', ' ')}" for reason, d in report.dropped.items() if d.count)
    notes = "".join(f"; note: {note}" for note in report.notes)
    return f"no word of {name} is left: of {report.read} read, {reasons}; loosen the rules or give another list{notes}"
