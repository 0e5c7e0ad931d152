"""Those of many words that a vocabulary can write, as one tape."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from moregrad.data.tape import Tape
from moregrad.data.vocabulary import BOUNDARY, Vocabulary


@dataclass(frozen=True, eq=False)
class Encoded:
    """The words that could be encoded, and which ones they were."""

    tape: Tape
    known: Bool[np.ndarray, " words"]


def encode_known(words: Sequence[str], vocabulary: Vocabulary) -> Encoded:
    """The tape of those `words` whose characters are all in `vocabulary`."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    ids = vocabulary.ids("".join(words))
    owner = np.repeat(np.arange(len(words)), lengths)
    known = np.ones(len(words), bool)
    known[owner[ids < 0]] = False
    return Encoded(_joined(ids[known[owner]], lengths[known], vocabulary.dtype), known)


def _joined(ids: Int[np.ndarray, " characters"], lengths: Int[np.ndarray, " words"], dtype: np.dtype) -> Tape:
    symbols = np.full(len(ids) + len(lengths) + 1, BOUNDARY, dtype)
    symbols[np.arange(len(ids)) + np.repeat(np.arange(len(lengths)), lengths) + 1] = ids
    return Tape(symbols)
