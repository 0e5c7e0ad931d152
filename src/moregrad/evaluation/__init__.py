"""Surprisal of words under a model: losses of whole lists, scores of single words, tables."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
