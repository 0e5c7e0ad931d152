"""Cleaning of raw words, with an account of every word that is left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from moregrad.data.alphabet import outside_pattern
from moregrad.data.labelled import LABEL, separate
from moregrad.data.reading import Reading

REASONS = ("blank", "control", "rejected", "too_long", "unlabelled", "duplicate")
EXAMPLES = 5
SLICE = 2**20

# Control characters, the separators that end lines and paragraphs, and the byte order mark: unseen in print, and a list
# of one word to a line would break at some of them.
CONTROL = r"[\p{Cc}\p{Zl}\p{Zp}\x{FEFF}]"

# Characters without a width of their own that no script needs, and the mark of a character that was lost before.
INVISIBLE = "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd]"

WORD = pl.col("word")


@dataclass(frozen=True)
class Dropped:
    """The number of words left out for one reason, and the first few of them as they were read."""

    count: int = 0
    examples: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the count and the examples as JSON data."""
        return {"count": self.count, "examples": list(self.examples)}

    def more(self, words: pl.Series) -> "Dropped":
        """Adds `words`."""
        return Dropped(self.count + len(words), (*self.examples, *words.head(EXAMPLES - len(self.examples))))


@dataclass(frozen=True)
class CleaningReport:
    """An account of every word that was read: `kept` and the counts of all reasons add up to `read`.

    A word is left out for the first reason that applies: it is blank, it holds a control character, it is rejected for
    a character outside the given alphabet, it is too long, it has no label where words have labels, it is a duplicate
    of an earlier word, with the same label if there are labels. `notes` say how the file was understood and what is odd
    about its words; `labels` count the kept words of each label.
    """

    read: int
    kept: int
    blank: Dropped
    control: Dropped
    rejected: Dropped
    too_long: Dropped
    duplicate: Dropped
    notes: tuple[str, ...] = ()
    unlabelled: Dropped = Dropped()
    labels: Mapping[str, int] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the counts, and for each reason its count and examples, as JSON data."""
        dropped = {reason: found.to_dict() for reason, found in self.dropped.items()}
        labels = {} if self.labels is None else {"labels": dict(self.labels)}
        return {"read": self.read, "kept": self.kept, **dropped, "notes": list(self.notes), **labels}

    @property
    def dropped(self) -> dict[str, Dropped]:
        """The words left out for each reason, in the order in which reasons apply."""
        reasons = (reason for reason in REASONS if reason != "unlabelled" or self.labels is not None)
        return {reason: getattr(self, reason) for reason in reasons}


def normalise(words: pl.Series, reading: Reading) -> pl.Series:
    """Returns `words` in the form in which they are kept."""
    if reading.strip_invisible:
        words = words.str.replace_all(INVISIBLE, "").str.replace_all("\t", " ", literal=True)
    words = words.str.strip_chars()
    if reading.lower:
        words = words.str.to_lowercase()
    is_ascii = words.str.len_bytes().sum() == words.str.len_chars().sum()
    return words if is_ascii else words.str.normalize("NFC")


def _faults(reading: Reading) -> dict[str, pl.Expr]:
    """Returns, by reason, whether a normalised word is left out for it; duplicates are known only in the end."""
    faults = {"blank": WORD == "", "control": WORD.str.contains(CONTROL)}
    if reading.alphabet is not None:
        faults["rejected"] = WORD.str.contains(outside_pattern(reading.alphabet))
    if reading.max_length is not None:
        faults["too_long"] = WORD.str.len_chars() > reading.max_length
    if reading.label is not None:
        faults["unlabelled"] = pl.col(LABEL) == ""
    return faults


def clean(raw: Iterable[pl.Series], reading: Reading, notes: Iterable[str] = ()) -> tuple[pl.Series, CleaningReport]:
    """Returns the words of `raw` that `reading` allows, in the same order, and an account of all of them."""
    table, report = clean_table(raw, reading, notes)
    return table["word"], report


def clean_table(
    raw: Iterable[pl.Series], reading: Reading, notes: Iterable[str] = ()
) -> tuple[pl.DataFrame, CleaningReport]:
    """Returns what `clean` does, the words as a table, with the column `label` if `reading` asks for labels.

    Without labels rows that repeat a word are left out, with labels those that repeat both.
    """
    sieve = Sieve(reading)
    table = pl.concat([pl.DataFrame(schema=dict.fromkeys(sieve.columns, pl.String)), *sieve.sift(raw)], rechunk=True)
    if not reading.keep_duplicates and _has_repeats(table["word"]):
        first = table["word"].is_first_distinct() if reading.label is None else table.to_struct().is_first_distinct()
        sieve.leave_out("duplicate", table["word"].filter(~first))
        table = table.filter(first)
    labels = None if reading.label is None else _count_labels(table[LABEL])
    return table, sieve.report(len(table), find_invisible(table["word"]), notes, labels)


@dataclass
class Sieve:
    """Keeps the words that `reading` allows, but for repeated ones, and counts all others by reason as they come."""

    reading: Reading
    read: int = 0
    tabs: int = 0
    dropped: dict[str, Dropped] = field(default_factory=lambda: dict.fromkeys(REASONS, Dropped()))

    @property
    def columns(self) -> list[str]:
        """The columns of tables of words."""
        return ["word"] if self.reading.label is None else ["word", LABEL]

    def sift(self, raw: Iterable[pl.Series]) -> Iterator[pl.DataFrame]:
        """Yields tables of the words without fault among `raw`, at most SLICE at a time."""
        faults = _faults(self.reading)
        for table in _tables(raw, self.reading):
            self.read += table.height
            for reason, fault in faults.items():
                faulty = table.select(fault).to_series()
                self.leave_out(reason, table["raw"].filter(faulty))
                if reason == "control":
                    self.tabs += int(table["word"].filter(faulty).str.contains("\t", literal=True).sum())
                table = table.filter(~faulty)
            yield table.select(self.columns)

    def leave_out(self, reason: str, words: pl.Series) -> None:
        """Adds `words` to those that are left out for `reason`."""
        self.dropped[reason] = self.dropped[reason].more(words)

    def report(
        self, kept: int, invisible: Dropped, notes: Iterable[str], labels: Mapping[str, int] | None = None
    ) -> CleaningReport:
        """Returns the account of all words, of which so many were `kept`, the `invisible` ones among them."""
        found = (*notes, *_point_out(invisible), *_point_out_tabs(self.tabs))
        return CleaningReport(read=self.read, kept=kept, notes=found, labels=labels, **self.dropped)


def find_invisible(words: pl.Series, before: Dropped = Dropped()) -> Dropped:
    """Adds the `words` with characters that are not seen to those found before."""
    return before.more(words.filter(words.str.contains(INVISIBLE)))


def _count_labels(labels: pl.Series) -> dict[str, int]:
    """Counts the words of each label, in code point order."""
    return dict(sorted(labels.value_counts().iter_rows()))


def _point_out(invisible: Dropped) -> Iterator[str]:
    """Tells of the kept words with characters that are not seen."""
    if invisible.count:
        examples = ", ".join(map(ascii, invisible.examples))
        yield f"invisible or replacement characters in {invisible.count:,} words, such as {examples}: --strip-invisible"


def _point_out_tabs(count: int) -> Iterator[str]:
    if count:
        yield (
            f"words with tabs inside: {count:,}; give --delimiter and --column for a table, "
            "or --strip-invisible for spaces"
        )


def _tables(raw: Iterable[pl.Series], reading: Reading) -> Iterator[pl.DataFrame]:
    """Yields tables of some words as they were read and in the form in which they would be kept."""
    for rows in raw:
        words, labels = (rows, None) if reading.label is None else separate(rows)
        for start in range(0, len(words), SLICE):
            part = words.slice(start, SLICE).fill_null("")
            label = {} if labels is None else {LABEL: labels.slice(start, SLICE)}
            yield pl.DataFrame({"raw": part, "word": normalise(part, reading), **label})


def _has_repeats(words: pl.Series) -> bool:
    """Tells whether a word may occur twice, in a fraction of the time and memory that comparing the words takes."""
    hashes = np.sort(words.hash().to_numpy())
    return bool((hashes[1:] == hashes[:-1]).any())
