"""What others read and write: runs as files of other formats."""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
