"""moregrad: learn a list of words, make more of them, score any.

    >>> import moregrad
    >>> run = moregrad.train("first-names", "ngram", order=3)
    >>> words = run.sample(3)
    >>> score = run.score(["emma"])[0].nats_per_character

Names are imported when they are first asked for, so that `import moregrad` loads neither JAX nor Polars.
"""

from typing import Any

from moregrad.public import attach

_load, __dir__, __all__ = attach(__name__, __file__)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("moregrad")
    return _load(name)
