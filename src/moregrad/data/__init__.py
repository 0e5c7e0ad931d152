"""Word lists: sources, cleaning, vocabulary, splits, and words encoded as integer arrays."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
