"""From a list of words to a trained run in a folder."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
