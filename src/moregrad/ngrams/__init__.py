"""N-grams: counting, smoothing and a trie to look them up, in NumPy and without a network."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
