"""Long lists scored and many words made, part by part: work that was killed goes on, and many processes share it."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
