"""Models: one architecture per file, all under one contract."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
