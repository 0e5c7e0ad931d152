"""The lists of words that the published runs were made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from moregrad.data.corpus import Corpus, read_corpus
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.sources import DATA_FOLDER, data_folder
from moregrad.data.splits import Splits, split
from moregrad.errors import SourceError

INDIAN_NAMES = "indian-names.csv"


@dataclass(frozen=True)
class Lists:
    """The 32,033 names of the lectures and, where they are at hand, the Indian names of an earlier project.

    `indian_file` names their file; by default it is the one in the folder MOREGRAD_DATA.
    """

    indian_file: Path | None = None

    @cached_property
    def names(self) -> Corpus:
        """names.txt as the lectures read it; downloaded once, or read from the folder MOREGRAD_DATA."""
        return read_corpus("names", keep_duplicates=True)

    @cached_property
    def splits(self) -> Splits:
        """The lectures' split of it."""
        return split(self.names, "lecture")

    @cached_property
    def indian_names(self) -> Corpus:
        """The Indian names, cleaned as their project cleaned them; raises SourceError where the file is missing."""
        file = self.indian_file or data_folder() / INDIAN_NAMES
        if not file.is_file():
            raise SourceError(
                f"the list of Indian names has no public address, and there is no file {file}; give the file with "
                f"--indian-names FILE, or put it into the folder that {DATA_FOLDER} names as {INDIAN_NAMES}"
            )
        return read_corpus(file, lower=True, alphabet="a-z")

    def encoded(self, part: str) -> EncodedWords:
        """Encodes a part of the names, called as published runs call it, or a split."""
        return self.names.encode(self._parts[part])

    @cached_property
    def _parts(self) -> Mapping[str, pl.Series]:
        words, splits = self.names.words, self.splits
        return {
            "the first name": words[:1],
            "the first five names": words[:5],
            "the whole list": words,
            "the training words of the lecture split": splits.train,
            "train": splits.train,
            "validation": splits.validation,
            "test": splits.test,
        }
