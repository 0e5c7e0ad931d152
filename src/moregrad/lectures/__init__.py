"""The training runs of Neural Networks: Zero to Hero as data: networks, seeds, recipes and printed losses."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
