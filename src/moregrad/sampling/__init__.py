"""New words from a model."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
