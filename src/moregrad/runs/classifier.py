"""Classification of words by runs: which of several lists a word is most like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import is_in
from moregrad.data.vocabulary import UNKNOWN
from moregrad.data.word_list import to_list
from moregrad.errors import ModelError
from moregrad.evaluation.classification import Classification
from moregrad.evaluation.confusion import Accuracy
from moregrad.evaluation.scores import find_problems
from moregrad.evaluation.surprisal import word_nats
from moregrad.fork import check_process
from moregrad.runs.labelling import labels_of, with_label
from moregrad.runs.prior import SIZES, UNIFORM, Prior, to_probabilities
from moregrad.runs.run import TEST, TRAIN, Run

HELD_OUT = 2_000
"""At most so many held-out words of each list are classified to measure the accuracy."""

Runs = Sequence[Run] | Mapping[str, Run]


@dataclass(frozen=True, eq=False)
class Classifier:
    """Runs of several lists by name, and the probability of each list before a word is known."""

    runs: Mapping[str, Run]
    prior: Float[np.ndarray, " lists"]

    @classmethod
    def of(cls, runs: Run | Runs, prior: Prior = None) -> "Classifier":
        """Names the lists after their sources unless they have names; the lists of a run with labels are these.

        Raises ModelError for fewer than two lists, ConfigurationError for a prior that does not fit them.
        """
        if isinstance(runs, Run) and runs.labels is not None:
            named, usual = runs_by_label(runs), SIZES
        else:
            named, usual = name_runs(runs), UNIFORM
        sizes = {name: len(run.splits[TRAIN]) for name, run in named.items()}
        return cls(named, to_probabilities(usual if prior is None else prior, sizes))

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the lists."""
        return tuple(self.runs)

    def classify(self, words: Iterable[str]) -> Classification:
        """Returns the probability of each list given each word; each run puts words in lower case if its list was.

        A list whose run cannot read a word has probability 0 for it, and `problems` say so; if none can read it, all
        are unknown.
        """
        check_process()
        listed = to_list(words)
        columns, problems = [], [[] for _ in listed]
        for name, run in self.runs.items():
            logs, unread = log_likelihoods(run, listed)
            columns.append(logs)
            for index, problem in unread.items():
                problems[index].append(f"{name} cannot read it: {problem}")
        joined = tuple("; ".join(each) for each in problems)
        return Classification(tuple(listed), self.lists, np.stack(columns, axis=1), self.prior, joined)

    @cached_property
    def accuracy(self) -> Accuracy:
        """The accuracy on test words of each list, 2,000 at most, that none of the models was trained on."""
        counts = np.zeros((len(self.runs), len(self.runs) + 1), np.int64)
        excluded = np.zeros(len(self.runs), np.int64)
        for row, run in enumerate(self.runs.values()):
            words = run.splits[TEST].first(HELD_OUT).words(run.vocabulary).to_list()
            trained = np.any([_is_trained_on(other, words) for other in self.runs.values()], axis=0)
            fresh = [word for word, seen in zip(words, trained.tolist(), strict=True) if not seen]
            found = self.classify(fresh).likeliest
            columns = [len(self.runs) if name is None else self.lists.index(name) for name in found]
            counts[row] = np.bincount(columns, minlength=len(self.runs) + 1)
            excluded[row] = trained.sum()
        return Accuracy(self.lists, counts, excluded, self.prior)


def classify(words: Iterable[str], runs: Run | Runs, *, prior: Prior = None) -> Classification:
    """Tells which of several lists each word is most like, with probabilities by Bayes' rule.

    `runs` are a sequence of runs, or a mapping of names to runs, or one run whose words have labels. `prior` is
    "uniform", "sizes" for the numbers of training words, or numbers, one for each list; by default labels have their
    sizes, and lists are alike. `Classifier` measures the accuracy on held-out words as well.
    Raises ModelError for fewer than two lists, ConfigurationError for a prior that does not fit them.
    """
    return Classifier.of(runs, prior).classify(words)


def log_likelihoods(run: Run, words: Sequence[str]) -> tuple[Float[np.ndarray, " words"], dict[int, str]]:
    """Returns log p(word) of each word in nats, and why, by index, words cannot be read, which have -inf."""
    forms = run.normalise(words)
    found = find_problems(run.model, run.vocabulary, forms)
    problems = {index: _strange(run, forms[index]) or problem for index, problem in found.items()}
    readable = [index for index in range(len(forms)) if index not in problems]
    encoded = EncodedWords.of([forms[index] for index in readable], run.vocabulary)
    logs = np.full(len(forms), -np.inf)
    logs[readable] = 0.0 - word_nats(run.model, encoded)
    return logs, problems


def name_runs(runs: Run | Runs) -> dict[str, Run]:
    """Returns runs by name: those given, or their sources, numbered where several have the same."""
    if isinstance(runs, Run):
        runs = [runs]
    if not isinstance(runs, Mapping):
        listed = list(runs)
        sources = [run.record.source if isinstance(run, Run) else "" for run in listed]
        numbered = [
            f"{source} ({sources[: index + 1].count(source)})" if sources.count(source) > 1 else source
            for index, source in enumerate(sources)
        ]
        runs = dict(zip(numbered, listed, strict=True))
    for run in runs.values():
        if not isinstance(run, Run):
            raise ModelError(f"{run!r:.60} is no run; give what train or load returned")
    if len(runs) < 2:
        raise ModelError(
            f"{len(runs)} list: to classify words give the runs of two lists or more, or one whose words have labels"
        )
    return {name: run.given() for name, run in runs.items()}


def runs_by_label(run: Run) -> dict[str, Run]:
    """Returns a run of each label, with the words that have it."""
    names = labels_of(run).names
    return {name: replace(run.given(name), splits=with_label(run, name)) for name in names}


def _strange(run: Run, word: str) -> str:
    """Names the first character of `word` that `run` does not know; empty if it knows all."""
    ids = run.vocabulary.ids(word)
    return f"{word[int(ids.argmin())]!r} is not in its vocabulary" if UNKNOWN in ids else ""


def _is_trained_on(run: Run, words: Sequence[str]) -> Bool[np.ndarray, " words"]:
    """Tells which words, in the form in which `run` reads them, are among those that it was trained on."""
    forms = run.normalise(words)
    found = np.zeros(len(forms), bool)
    readable = [index for index, form in enumerate(forms) if UNKNOWN not in run.vocabulary.ids(form)]
    encoded = EncodedWords.of([forms[index] for index in readable], run.vocabulary)
    found[readable] = is_in(encoded, run.splits[TRAIN])
    return found
