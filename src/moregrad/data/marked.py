"""Encoded words with the symbols of their labels, and without."""

import numpy as np
from jaxtyping import Bool, Int

from moregrad.data.corpus import Corpus
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.labels import Labels
from moregrad.data.splits import Splits
from moregrad.data.vocabulary import BOUNDARY, Vocabulary


def encode_parts(corpus: Corpus, parts: Splits) -> tuple[Vocabulary, list[EncodedWords]]:
    """Returns the vocabulary that a model is to read, and the words of each part, both with labels if there are any."""
    if corpus.labels is None or corpus.word_labels is None:
        return corpus.vocabulary, [corpus.encode(part) for part in (parts.train, parts.validation, parts.test)]
    vocabulary = corpus.labels.extend(corpus.vocabulary)
    marked = corpus.labels.mark(corpus.words, corpus.word_labels)
    return vocabulary, [EncodedWords.of(marked.gather(rows), vocabulary) for rows in parts.rows]


def first_tokens(marked: EncodedWords) -> Int[np.ndarray, " words"]:
    """Returns the first token of each word, which is that of its label."""
    return marked.tokens[marked.starts + 1].astype(np.int64)


def choose(marked: EncodedWords, chosen: Bool[np.ndarray, " words"]) -> EncodedWords:
    """Returns some of the words."""
    return EncodedWords(np.append(marked.tokens[:-1][np.repeat(chosen, marked.lengths + 1)], marked.tokens[-1:]))


def strip(marked: EncodedWords, labels: Labels, vocabulary: Vocabulary) -> EncodedWords:
    """Returns words without the symbols of their labels, in the ids of `labels.strip(vocabulary)`."""
    plain = labels.strip(vocabulary)
    table = np.concatenate([[BOUNDARY], plain.ids(vocabulary.characters)])
    kept = np.delete(marked.tokens, marked.starts + 1)
    return EncodedWords(table[kept].astype(plain.dtype))


def count_labels(marked: EncodedWords, labels: Labels, vocabulary: Vocabulary) -> Int[np.ndarray, " labels"]:
    """Counts the words of each label."""
    return np.bincount(first_tokens(marked), minlength=len(vocabulary))[labels.ids(vocabulary)]
