"""The manners of scikit-learn's density estimators, asked for by scikit-learn itself."""

import pickle
import subprocess
import sys

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.utils.validation import check_is_fitted

from moregrad.errors import ConfigurationError, ModelError
from moregrad.runs import WordDensity
from runs.small import NAMES, SMALL


@pytest.fixture(scope="module")
def density() -> WordDensity:
    """A small network that has learned its words."""
    return WordDensity("mlp", **SMALL).fit(NAMES)


def test_parameters_are_those_given_and_a_clone_has_them_without_what_was_learned(density: WordDensity):
    assert density.get_params() == {"model": "mlp", **SMALL}
    copy: WordDensity = clone(density)  # pyright: ignore[reportAssignmentType]
    assert copy.get_params() == density.get_params()
    check_is_fitted(density)
    with pytest.raises(ModelError, match="call fit first"):
        copy.score(NAMES)


def test_parameters_can_be_changed_also_those_that_were_not_given():
    density = WordDensity().set_params(model="ngram", order=3, lower=True, steps=5, split="words")
    assert repr(density) == "WordDensity(model='ngram', order=3, lower=True, steps=5, split='words')"
    with pytest.raises(ConfigurationError, match="ngram has no setting 'ordre'; did you mean 'order'"):
        density.set_params(ordre=4, lower=False)
    assert density.get_params()["lower"]


def test_log_likelihoods_are_those_of_the_run(density: WordDensity):
    expected = [-score.nats for score in density.run_.score(NAMES)]
    assert density.score_samples(NAMES) == pytest.approx(expected, rel=1e-6)
    assert density.score(np.array(NAMES)) == pytest.approx(np.mean(expected), rel=1e-6)


def test_a_word_that_cannot_be_scored_has_no_likelihood_at_all(density: WordDensity):
    first, second = density.score_samples(["ada", "xyz"])
    assert np.isfinite(first)
    assert second == -np.inf
    assert density.score(["ada", "xyz"]) == -np.inf


def test_words_are_made(density: WordDensity):
    made = density.sample(5, random_state=1)
    assert made == density.sample(5, random_state=1) != density.sample(5, random_state=2)
    assert density.score_samples(made).shape == (5,)
    assert len(density.sample()) == 1


def test_what_was_learned_is_pickled_also_after_use(density: WordDensity):
    density.run_.rate(NAMES)
    density.run_.sample(3, pattern="*a", unlike=1)
    density.run_.rank(["ada"])
    copy = pickle.loads(pickle.dumps(density))
    assert copy.score_samples(NAMES).tolist() == density.score_samples(NAMES).tolist()
    assert copy.sample(3) == density.sample(3)


def test_a_search_takes_the_parameters_under_which_words_held_out_are_likeliest():
    words = [*NAMES, *(name[::-1] for name in NAMES)]
    search = GridSearchCV(WordDensity("ngram"), {"order": [1, 3]}, cv=2).fit(words)
    means = search.cv_results_["mean_test_score"]
    assert np.isfinite(means).all()
    assert search.best_params_ == {"order": [1, 3][np.argmax(means)]}
    alone = cross_val_score(WordDensity("ngram", **search.best_params_), words, cv=2)
    assert search.best_score_ == pytest.approx(alone.mean())
    assert search.score(words) == pytest.approx(search.best_estimator_.score(words))


def test_scikit_learn_is_not_needed():
    code = f"from moregrad.runs import WordDensity; WordDensity('ngram').fit({NAMES}).score({NAMES})"
    hidden = f"import sys; sys.modules['sklearn'] = None; {code}"
    subprocess.run([sys.executable, "-c", hidden], check=True)
