"""moregrad: learn a list of words, make more of them, score any.

    >>> import moregrad
    >>> run = moregrad.train("first-names", "ngram", order=3)
    >>> words = run.sample(3)
    >>> score = run.score(["emma"])[0].nats_per_character

Names are imported when they are first asked for, so that `import moregrad` loads neither JAX nor Polars.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moregrad.data.corpus import Corpus as Corpus
    from moregrad.data.corpus import read_corpus as read_corpus
    from moregrad.errors import MoregradError as MoregradError
    from moregrad.models.bigram import Bigram as Bigram
    from moregrad.models.bow import BoW as BoW
    from moregrad.models.cnn import CNN as CNN
    from moregrad.models.mixture import Mixture as Mixture
    from moregrad.models.mlp import MLP as MLP
    from moregrad.models.ngram import NGram as NGram
    from moregrad.models.recurrent import GRU as GRU
    from moregrad.models.recurrent import LSTM as LSTM
    from moregrad.models.recurrent import RNN as RNN
    from moregrad.models.transformer import Transformer as Transformer
    from moregrad.models.wavenet import WaveNet as WaveNet
    from moregrad.runs.experiment import load as load
    from moregrad.runs.experiment import resume as resume
    from moregrad.runs.experiment import save as save
    from moregrad.runs.experiment import train as train
    from moregrad.runs.run import Run as Run
    from moregrad.recipe import Recipe as Recipe

_HOMES = {
    "Bigram": "models.bigram",
    "BoW": "models.bow",
    "CNN": "models.cnn",
    "Corpus": "data.corpus",
    "GRU": "models.recurrent",
    "LSTM": "models.recurrent",
    "MLP": "models.mlp",
    "Mixture": "models.mixture",
    "MoregradError": "errors",
    "NGram": "models.ngram",
    "RNN": "models.recurrent",
    "Recipe": "training.recipe",
    "Run": "runs.run",
    "Transformer": "models.transformer",
    "WaveNet": "models.wavenet",
    "load": "runs.experiment",
    "read_corpus": "data.corpus",
    "resume": "runs.experiment",
    "save": "runs.experiment",
    "train": "runs.experiment",
}

__all__ = [
    "CNN",
    "GRU",
    "LSTM",
    "MLP",
    "RNN",
    "Bigram",
    "BoW",
    "Corpus",
    "Mixture",
    "MoregradError",
    "NGram",
    "Recipe",
    "Run",
    "Transformer",
    "WaveNet",
    "load",
    "read_corpus",
    "resume",
    "save",
    "train",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("moregrad")
    if name not in _HOMES:
        raise AttributeError(f"module 'moregrad' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"moregrad.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
