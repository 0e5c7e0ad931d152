"""Names that n-grams are counted of."""

import pytest

from moregrad.data import read_corpus, split


@pytest.fixture(scope="session")
def names(names_path):
    """The names of the lecture's split, encoded: those to train on and those to validate on; and the vocabulary."""
    corpus = read_corpus(names_path, keep_duplicates=True)
    splits = split(corpus, "lecture")
    return corpus.encode(splits.train), corpus.encode(splits.validation), len(corpus.vocabulary)
