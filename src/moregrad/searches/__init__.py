"""Searches for good settings, and the spread of a training over seeds: many trainings, as few programs."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
