"""Eleven lessons from a derivative to a Transformer, with exercises that check answers.

`moregrad lessons` writes them as notebooks. Each has its exercises in a module of its own here.
"""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
