"""Cleaning of raw words, with an account of every word that is left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from moregrad.data.alphabet import outside_pattern
from moregrad.errors import DataError

REASONS = ("blank", "control", "rejected", "too_long", "duplicate")
EXAMPLES = 5
SLICE = 2**20

# Control characters, the separators that end lines and paragraphs, and the byte order mark: unseen in print, and a list
# of one word to a line would break at some of them.
CONTROL = r"[\p{Cc}\p{Zl}\p{Zp}\x{FEFF}]"

WORD = pl.col("word")


@dataclass(frozen=True)
class Dropped:
    """The number of words left out for one reason, and the first few of them as they were read."""

    count: int = 0
    examples: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Dropped":
        """Reads what `to_dict` wrote."""
        return cls(record["count"], tuple(record["examples"]))

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
    a character outside the given alphabet, it is too long, it is a duplicate of an earlier word.
    """

    read: int
    kept: int
    blank: Dropped
    control: Dropped
    rejected: Dropped
    too_long: Dropped
    duplicate: Dropped

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "CleaningReport":
        """Reads what `to_dict` wrote."""
        dropped = {reason: Dropped.from_dict(record[reason]) for reason in REASONS}
        return cls(read=record["read"], kept=record["kept"], **dropped)

    def to_dict(self) -> dict[str, Any]:
        """Returns the counts, and for each reason its count and examples, as JSON data."""
        dropped = {reason: found.to_dict() for reason, found in self.dropped.items()}
        return {"read": self.read, "kept": self.kept, **dropped}

    @property
    def dropped(self) -> dict[str, Dropped]:
        """The words left out for each reason, in the order in which reasons apply."""
        return {reason: getattr(self, reason) for reason in REASONS}


@dataclass(frozen=True)
class Rules:
    """What is done to a word before it is kept: white space around it is cut off, and Unicode is composed to NFC.

    `alphabet` is written as in `a-z`; None allows every character that is not a control character. `max_length` counts
    characters; None allows every length.
    """

    lower: bool = False
    alphabet: str | None = None
    keep_duplicates: bool = False
    max_length: int | None = None

    def __post_init__(self) -> None:
        if self.max_length is not None and self.max_length < 1:
            raise DataError(f"max_length {self.max_length}: must be 1 or more")

    def form(self, words: pl.Series) -> pl.Series:
        """`words` in the form in which they are kept."""
        words = words.str.strip_chars()
        if self.lower:
            words = words.str.to_lowercase()
        is_ascii = words.str.len_bytes().sum() == words.str.len_chars().sum()
        return words if is_ascii else words.str.normalize("NFC")

    @property
    def faults(self) -> dict[str, pl.Expr]:
        """Reason to whether a word in that form is left out for it; duplicates are known only in the end."""
        faults = {"blank": WORD == "", "control": WORD.str.contains(CONTROL)}
        if self.alphabet is not None:
            faults["rejected"] = WORD.str.contains(outside_pattern(self.alphabet))
        if self.max_length is not None:
            faults["too_long"] = WORD.str.len_chars() > self.max_length
        return faults


def clean(raw: Iterable[pl.Series], rules: Rules) -> tuple[pl.Series, CleaningReport]:
    """The words of `raw` that stand up to `rules`, in the same order, and what became of all of them."""
    words, read, dropped = _sift(raw, rules)
    if not rules.keep_duplicates and _has_repeats(words):
        first = words.is_first_distinct()
        dropped["duplicate"] = dropped["duplicate"].more(words.filter(~first))
        words = words.filter(first)
    return words, CleaningReport(read=read, kept=len(words), **dropped)


def _sift(raw: Iterable[pl.Series], rules: Rules) -> tuple[pl.Series, int, dict[str, Dropped]]:
    """The words without fault, how many were read, and the others by what is wrong with them."""
    kept, read, faults = [pl.Series("word", [], dtype=pl.String)], 0, rules.faults
    dropped: dict[str, Dropped] = dict.fromkeys(REASONS, Dropped())
    for table in _tables(raw, rules):
        read += table.height
        for reason, fault in faults.items():
            faulty = table.select(fault).to_series()
            dropped[reason] = dropped[reason].more(table["raw"].filter(faulty))
            table = table.filter(~faulty)
        kept.append(table["word"])
    return pl.concat(kept, rechunk=True), read, dropped


def _tables(raw: Iterable[pl.Series], rules: Rules) -> Iterator[pl.DataFrame]:
    """Every word as it was read beside the form in which it would be kept, some at a time."""
    for words in raw:
        for start in range(0, len(words), SLICE):
            part = words.slice(start, SLICE).fill_null("")
            yield pl.DataFrame({"raw": part, "word": rules.form(part)})


def _has_repeats(words: pl.Series) -> bool:
    """Tells whether a word may occur twice, in a fraction of the time and memory that comparing the words takes."""
    hashes = np.sort(words.hash().to_numpy())
    return bool((hashes[1:] == hashes[:-1]).any())
