"""Runs as files of other formats, written and read."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
