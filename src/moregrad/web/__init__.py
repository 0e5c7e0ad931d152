"""The playground in a browser, and the JSON interface beneath it, for which other programs may ask."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
