"""Looking inside a network: activations, gradients, updates, statistics, attention and receptive fields, as arrays."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
