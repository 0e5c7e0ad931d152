"""names.txt for the peers: as the lectures' arrays and as a file; made without the part of moregrad that needs JAX."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from moregrad.data import Corpus, read_corpus, split


def names() -> Corpus:
    """The 32,033 names with their repeats."""
    return read_corpus("names", keep_duplicates=True)


def lecture_windows(context: int, part: str = "train") -> tuple[np.ndarray, np.ndarray]:
    """Contexts [examples, context] and the token after each, of `part` of the lecture split."""
    corpus = names()
    words: pl.Series = getattr(split(corpus, "lecture"), part)
    tokens = corpus.encode(words).tokens
    contexts = np.zeros((len(tokens) - 1, context), np.int64)
    recent = [0] * context
    for place, token in enumerate(tokens[:-1].tolist()):
        recent = [*recent[1:], token] if token else [0] * context
        contexts[place] = recent
    return contexts, tokens[1:].astype(np.int64)


@contextmanager
def names_file() -> Iterator[str]:
    """The path of a text file with a name per line, there for the time being."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "names.txt"
        path.write_text("\n".join(names().words))
        yield str(path)
