"""Training and scoring in the manner of scikit-learn's density estimators."""

import warnings
from collections.abc import Iterable
from typing import Any, Self

import numpy as np
import polars as pl
from jaxtyping import Float

from moregrad.configuration import unknown_setting
from moregrad.data.reading import Reading
from moregrad.errors import ConfigurationError, ModelError
from moregrad.evaluation.tables import score_table
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import architecture
from moregrad.runs.experiment import DEFAULT_MODEL, Words, train
from moregrad.runs.run import Run

OTHERS = ("recipe", "split", "out", "callback", "minutes", "start")
"""Parameters of `train` that are no fields of a configuration."""


class WordDensity:
    """The distribution of a list of words, with the methods that scikit-learn knows, which itself is not needed.

        density = WordDensity("gru", hidden=32, steps=500).fit(words)
        density.score(others)  # mean log-likelihood of a word in nats, the greater the better
        GridSearchCV(WordDensity("ngram"), {"order": [2, 3, 4]}, cv=3).fit(words)

    `model` and `settings` are those of `moregrad.train`; they are the parameters that `get_params` returns. What was
    learned is `run_`, a `Run`, which can do more. Of the words that it is given, `fit` trains on eight tenths.
    """

    def __init__(self, model: str | Architecture = DEFAULT_MODEL, **settings: Any) -> None:
        self.model, self.settings = model, settings

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Returns the parameters that were given, by name; those left out are as `moregrad.train` has them."""
        return {"model": self.model, **self.settings}

    def set_params(self, **parameters: Any) -> Self:
        """Changes parameters and returns self; raises ConfigurationError, with the nearest, for an unknown one."""
        changed = {**self.get_params(), **parameters}
        model = changed.pop("model")
        base = architecture(model) if isinstance(model, str) else model
        for name in changed:
            if name not in {*OTHERS, *Reading.settings(), *base.recipe.settings(), *base.options()}:
                raise ConfigurationError(f"{base.title} has no {unknown_setting(name, base, base.recipe, Reading())}")
        self.model, self.settings = model, changed
        return self

    def fit(self, X: Words, y: object = None) -> Self:
        """Learns the words X, of which repeated ones count once, and returns self; raises what `moregrad.train` does.

        y is left alone, as by every density estimator.
        """
        self.run_ = train(X, self.model, **self.settings)
        return self

    def score_samples(self, X: Iterable[str]) -> Float[np.ndarray, " words"]:
        """Returns the log-likelihood of each word in nats, its end included.

        It is minus infinity for a word that cannot be scored, such as one with a character that `fit` has not met.
        """
        run = self._fitted().given()
        table = score_table(run.model, run.vocabulary, pl.Series("word", run.normalise(X), dtype=pl.String))
        return -table["nats"].fill_null(np.inf).to_numpy()

    def score(self, X: Iterable[str], y: object = None) -> float:
        """Returns the mean log-likelihood of a word in nats: minus infinity if one of them cannot be scored."""
        return float(self.score_samples(X).mean())

    def sample(self, n_samples: int = 1, random_state: int = 0) -> list[str]:
        """Makes words, the same for the same `random_state`; warns if they are fewer than asked for."""
        made = self._fitted().sample(n_samples, seed=random_state)
        if made.shortage:
            warnings.warn(made.shortage, stacklevel=2)
        return [sample.word for sample in made]

    def _fitted(self) -> Run:
        if not self.__sklearn_is_fitted__():
            raise ModelError("the words are not learned yet; call fit first")
        return self.run_

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "run_")

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags

        words = InputTags(one_d_array=True, two_d_array=False, string=True)
        return Tags(estimator_type="density_estimator", target_tags=TargetTags(required=False), input_tags=words)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"WordDensity({given})"
