"""Layers: one idea per file, one contract (`Layer`), each an equinox.Module."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
