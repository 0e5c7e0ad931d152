"""moregrad: learn a list of words, make more of them, score any.

    >>> import moregrad
    >>> run = moregrad.train(["emma", "olivia", "ava", "isabella", "sophia"] * 2, "ngram")
    >>> sample = run.sample(3)
    >>> scores = run.score(["emma", "xqz"])

Names are imported when they are first asked for, so that `import moregrad` loads neither JAX nor Polars.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moregrad.data.corpus import Corpus as Corpus
    from moregrad.data.corpus import read_corpus as read_corpus
    from moregrad.errors import MoregradError as MoregradError
    from moregrad.experiment import load as load
    from moregrad.experiment import save as save
    from moregrad.experiment import train as train
    from moregrad.run import Run as Run
    from moregrad.training.recipe import Recipe as Recipe

_HOMES = {
    "Corpus": "data.corpus",
    "MoregradError": "errors",
    "Recipe": "training.recipe",
    "Run": "run",
    "load": "experiment",
    "read_corpus": "data.corpus",
    "save": "experiment",
    "train": "experiment",
}

__all__ = ["Corpus", "MoregradError", "Recipe", "Run", "load", "read_corpus", "save", "train"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'moregrad' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"moregrad.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
