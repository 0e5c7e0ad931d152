"""A trained model with all that sampling, scoring, evaluating and a server need of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from moregrad.configuration import accepts, shorten
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.labels import Labels
from moregrad.data.membership import Known
from moregrad.data.vocabulary import Vocabulary, to_nfc
from moregrad.data.word_list import to_list
from moregrad.errors import DataError
from moregrad.evaluation.explanation import Explanation, explain
from moregrad.evaluation.novelty import Listed
from moregrad.evaluation.probabilities import Probabilities, probabilities_after
from moregrad.evaluation.samples import SAMPLE, score_sample, score_whole
from moregrad.evaluation.scores import Evaluation, Scored, WordScore, find_problems, score_words
from moregrad.evaluation.surprisal import word_nats
from moregrad.fork import check_process
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.recipe import Recipe
from moregrad.runs.plotting_options import Plotting
from moregrad.runs.record import Metrics, Record
from moregrad.sampling.coverage import estimate_mass
from moregrad.sampling.options import Sampling, Top
from moregrad.sampling.ranks import Rank, Ranks
from moregrad.sampling.top import Watch, top_words
from moregrad.sampling.words import Samples, Tally, collect, name_label, sample_words
from moregrad.training.loop import Progress

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TRAIN, VALIDATION, TEST = "train", "validation", "test"
Share = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class Run:
    """A trained model with its words, its record and all it takes to go on training.

    `model` is the best one by validation loss, `progress` the last one with its optimizer state.
    """

    architecture: Architecture
    recipe: Recipe
    vocabulary: Vocabulary
    block: int
    model: Model
    progress: Progress
    splits: Mapping[str, EncodedWords]
    record: Record
    metrics: tuple[Metrics, ...] = ()

    @property
    def step(self) -> int:
        """Steps taken since the beginning."""
        return int(self.progress.step)

    @cached_property
    def known(self) -> Known:
        """The words of all splits."""
        return Known(self.splits)

    @cached_property
    def labels(self) -> Labels | None:
        """The labels that words have; None if they have none."""
        return None if self.record.labels is None else Labels(tuple(self.record.labels))

    def given(self, label: str | None = None) -> "Run":
        """Returns a run of words that have `label`, or by default any label, each with its share.

        Its model, vocabulary and splits know nothing of labels. It samples, scores and searches as every run does, but
        it cannot be saved, trained or drawn. A run whose words have no labels is returned as it is. Raises DataError
        for a label that does not exist, ModelError for one where words have none.
        """
        if self.labels is None and label is None:
            return self
        from moregrad.runs.labelling import given

        if label not in self._given:
            self._given[label] = given(self, label)
        return self._given[label]

    @cached_property
    def _given(self) -> "dict[str | None, Run]":
        return {}

    @cached_property
    def _trained(self) -> Listed:
        """The training words, with the probability that the model puts on them, estimated if they are many."""
        words = self.splits[TRAIN]
        if len(words) <= SAMPLE:
            return Listed.of(word_nats(self.model, words), words)
        known = Known({TRAIN: words})
        return Listed.estimated(estimate_mass(self.model, self.vocabulary, known, longest=self.block - 1), words)

    @accepts(Sampling)
    def sample(self, count: int = Sampling.count, **settings: Any) -> Samples:
        """Makes `count` words, each with its surprisal and whether it is in a split or new.

        `settings` are the fields of `Sampling`, such as temperature=0.8, prefix="san", novel=True, and
        label="female" where words have labels. Words are drawn from
        those that end within `max_length` characters. Fewer come back, and their `shortage` says why, if no more can be
        found that do, or that are `novel` (in no split) or `distinct`. A prefix is put in lower case if the list was.
        Raises ConfigurationError for a value that is not allowed, AlphabetError for a prefix with a character outside
        the vocabulary.
        """
        check_process()
        options = Sampling().replace(count=count, **settings)
        if self.labels is not None or options.label is not None:
            from moregrad.runs.labelled_samples import sample_labelled

            return sample_labelled(self, options)
        options = options.replace(prefix=self._normalise(options.prefix))
        tally = Tally(self._longest(options))
        made = sample_words(self.model, self.vocabulary, self.known, options, longest=tally.longest, tally=tally)
        return collect(made, options, tally)

    @accepts(Top)
    def top(self, count: int = Top.count, *, watch: Watch | None = None, **settings: Any) -> Samples:
        """Finds the `count` most probable words, the most probable first, each as `sample` gives it.

        `settings` are the fields of `Top`, such as prefix="san", novel=True, max_length=8. The order is exact: no word
        that is not among them is more probable. Of equally probable words the shorter comes first, of these the one
        whose characters come first in the order of their code points. As in `sample`, none is empty. Fewer come back,
        and their `shortage` says why, if there are no more that the model holds possible, or if the search reaches its
        `limit`. `watch` is called with the number of prefixes looked at so far. Raises the errors that `sample` does.
        """
        check_process()
        options = Top().replace(count=count, **settings)
        if self.labels is not None or options.label is not None:
            plain = self.given(options.label)
            return name_label(plain.top(**vars(options.replace(label=None)), watch=watch), options.label)
        options = options.replace(prefix=self._normalise(options.prefix))
        return top_words(self.model, self.vocabulary, self.known, options, longest=self._longest(options), watch=watch)

    @cached_property
    def ranks(self) -> Ranks:
        """What tells the rank of a word from its surprisal in nats: a search and a sample, made once, in seconds."""
        check_process()
        run = self.given()
        return Ranks.of(run.model, len(run.vocabulary), longest=run.block - 1)

    def rank(self, words: Iterable[str], *, label: str | None = None) -> list[Rank]:
        """Returns the place of each word by probability among all words no longer than the longest of the list.

        It is 1 for the most probable word. The first thousand ranks are exact; others are estimated from words that the
        model makes, the same at every call, and have a standard error. Where words have labels, it is the place among
        the words that have `label`, or by default among all. Raises what `score` does.
        """
        scores = self.score(words, label=label)
        ranks, errors = self.given(label).ranks(np.array([score.nats for score in scores]))
        return [Rank(score.word, *found) for score, *found in zip(scores, ranks.tolist(), errors.tolist(), strict=True)]

    def score(self, words: Iterable[str], *, label: str | None = None) -> list[WordScore]:
        """Returns the surprisal in nats of every character of every word; a word that cannot be scored says why.

        Where words have labels, it is that given `label`, or by default under all labels, each with its share.
        Processes share the work only if they are spawned: `multiprocessing.get_context("spawn").Pool(...)`, each with
        `load` of its own. Raises MoregradError in a process forked after a model was used, where JAX would hang.
        """
        check_process()
        run = self.given(label)
        return score_words(run.model, run.vocabulary, self.normalise(words))

    def evaluate(self, words: Iterable[str] | None = None, *, label: str | None = None) -> dict[str, Evaluation]:
        """Returns the loss on each split, or on `words`, over all words and over those not trained on.

        Of a list of more than 50,000 words so many are scored, drawn at random and always the same ones, as
        `sampled_from` tells; `evaluate_all` scores the others too. If more than 50,000 words were trained on, the
        probability that the model puts on them, for the losses given new, is estimated to 0.002 from words that it
        makes. Words that `score` cannot score are left out.

        Where words have labels, each word of a split is given its own, and with `label` only those that have it are
        evaluated, none of them given new; `words` are given `label`, or by default any, each with its share. The labels
        themselves are not counted, so that losses are those of the same characters with labels and without.
        """
        check_process()
        if self.labels is not None or label is not None:
            from moregrad.runs.labelling import evaluate_labelled

            return evaluate_labelled(self, label) if words is None else self.given(label).evaluate(words)
        return self._sum({name: score_sample(self.model, listed) for name, listed in self._lists(words).items()})

    def evaluate_all(
        self, words: Iterable[str] | None = None, *, label: str | None = None, callback: Share | None = None
    ) -> dict[str, Evaluation]:
        """Returns what `evaluate` does, over every word however long the lists are.

        `callback` is called now and then with the name of a list and the share of it that is done, from 0 to 1.
        """
        check_process()
        tell = callback or (lambda name, share: None)
        if self.labels is not None or label is not None:
            from moregrad.runs.labelling import evaluate_all_labelled

            if words is None:
                return evaluate_all_labelled(self, label, tell)
            return self.given(label).evaluate_all(words, callback=callback)
        scored = {}
        for name, listed in self._lists(words).items():
            tell(name, 0.0)
            done = partial(_tell_share, tell, name, max(len(listed), 1))
            scored[name] = score_whole(self.model, listed, done=done)
            tell(name, 1.0)
        return self._sum(scored)

    def probabilities(self, prefix: str = "", *, label: str | None = None) -> Probabilities:
        """Returns how likely each character is after `prefix`, or as the first of a word if it is empty, and the end.

        A prefix is put in lower case if the list was. Where words have labels, these are the probabilities given
        `label`, or by default under all labels. Raises AlphabetError for a character outside the vocabulary,
        ModelError for a prefix longer than the model reads.
        """
        check_process()
        run = self.given(label)
        return probabilities_after(run.model, run.vocabulary, self._as_text(prefix))

    def explain(self, word: str, *, label: str | None = None) -> Explanation:
        """Returns the surprisal in nats of each character of `word` and of its end, and what was expected instead.

        A word is put in lower case if the list was. Where words have labels, it is explained given `label`, or by
        default under all labels. Raises AlphabetError for a character outside the vocabulary,
        ModelError for a word longer than the model reads.
        """
        check_process()
        run = self.given(label)
        return explain(run.model, run.vocabulary, self._as_text(word))

    @accepts(Plotting)
    def plot(self, kind: str, **settings: Any) -> "Axes":
        """Draws a picture of the run, which a notebook shows, such as "losses", "embeddings", "attention", "bigrams".

        `settings` are the fields of `Plotting`, such as word="emma". Raises ConfigurationError, with those there are,
        for a picture that does not exist and a setting that it does not have, ModelError for one that the model has
        nothing to show in.
        """
        check_process()
        from moregrad.runs.plotting import plot_run

        return plot_run(self, kind, **settings)

    def _lists(self, words: Iterable[str] | None) -> Mapping[str, EncodedWords]:
        return self.splits if words is None else {"words": self._encode(words)}

    def _sum(self, scored: Mapping[str, Scored]) -> dict[str, Evaluation]:
        own = scored.get(TRAIN)
        trained = Listed.of(own.nats, own.words) if own and own.sampled_from is None else self._trained
        return {name: Evaluation.of(each, trained) for name, each in scored.items()}

    def _encode(self, words: Iterable[str]) -> EncodedWords:
        listed = self.normalise(words)
        refused = find_problems(self.model, self.vocabulary, listed)
        return EncodedWords.of([word for index, word in enumerate(listed) if index not in refused], self.vocabulary)

    def __repr__(self) -> str:
        words = sum(map(len, self.splits.values()))
        return f"<Run of {self.architecture!r}, {words:,} words, step {self.step:,}>"

    def _repr_html_(self) -> str:
        from moregrad.runs.notebook import describe

        return describe(self)

    def _longest(self, options: Sampling | Top) -> int:
        allowed = self.model.longest
        if options.max_length is None:
            return self.block - 1
        if allowed is not None:
            options.require("max_length", options.max_length <= allowed, f"at most {allowed} for this model")
        return options.max_length

    def normalise(self, words: Iterable[str]) -> list[str]:
        """Returns words in the form of those trained on: composed, and in lower case if those were put in it."""
        return [self._normalise(word) for word in to_list(words)]

    def _as_text(self, text: str) -> str:
        if not isinstance(text, str):
            raise DataError(f"{shorten(text)} is no text; give one, such as 'emma'")
        return self._normalise(text)

    def _normalise(self, text: str) -> str:
        return to_nfc(text.lower() if self.record.lower else text)


def _tell_share(tell: Share, name: str, words: int, done: int) -> None:
    tell(name, done / words)
