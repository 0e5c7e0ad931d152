"""All words of a model, one by one, with their surprisal: the witness of searches and ranks."""

from itertools import product

import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation.surprisal import sum_by_word, surprisals
from moregrad.models.model import Model


def all_words(vocabulary: Vocabulary, longest: int) -> list[str]:
    """Every word of 1 to `longest` characters."""
    return ["".join(word) for length in range(1, longest + 1) for word in product(vocabulary.characters, repeat=length)]


def scored(model: Model, vocabulary: Vocabulary, words: list[str]) -> np.ndarray:
    """The nats of each word and its end."""
    encoded = EncodedWords.of(words, vocabulary)
    return sum_by_word(surprisals(model, encoded), encoded)


def begun(model: Model, vocabulary: Vocabulary, words: list[str]) -> np.ndarray:
    """The nats of each word without its end."""
    encoded = EncodedWords.of(words, vocabulary)
    nats = surprisals(model, encoded)
    return sum_by_word(nats, encoded) - nats[encoded.starts + encoded.lengths]


def ordered(model: Model, vocabulary: Vocabulary, words: list[str]) -> list[tuple[str, float]]:
    """The words that are possible, the most probable first, with their nats."""
    found = sorted(zip(scored(model, vocabulary, words).tolist(), words, strict=True))
    return [(word, nats) for nats, word in found if nats < np.inf]
