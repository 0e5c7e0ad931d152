"""The lectures' examples as plain arrays, made without moregrad's compiled part, for the peers."""

import numpy as np

from moregrad.data import read_corpus, split

CONTEXT_BEFORE_WORD = 0


def lecture_windows(context: int) -> tuple[np.ndarray, np.ndarray]:
    """Contexts [182625, context] and the symbol after each, of the training part of the lecture split of names.txt."""
    corpus = read_corpus("names", keep_duplicates=True)
    symbols = corpus.encode(split(corpus, "lecture").train).symbols
    contexts = np.empty((len(symbols) - 1, context), np.int64)
    recent = [CONTEXT_BEFORE_WORD] * context
    for place, symbol in enumerate(symbols[:-1].tolist()):
        recent = [*recent[1:], symbol] if symbol else [CONTEXT_BEFORE_WORD] * context
        contexts[place] = recent
    return contexts, symbols[1:].astype(np.int64)
