"""A trained model with all that sampling, scoring, evaluating and a server need of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import polars as pl

from moregrad.configuration import accepts, shorten
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.labels import Labels
from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import Vocabulary, to_nfc
from moregrad.data.word_list import to_list
from moregrad.errors import DataError
from moregrad.evaluation.explanation import Explanation, explain
from moregrad.evaluation.novelty import Listed
from moregrad.evaluation.probabilities import Probabilities, probabilities_after
from moregrad.evaluation.rating import NovelScore, Rating
from moregrad.evaluation.samples import draw, nats_in_pieces
from moregrad.evaluation.scores import Evaluation, WordScore, evaluate_splits, find_problems, score_words
from moregrad.evaluation.surprisal import word_nats
from moregrad.evaluation.tables import rate_table
from moregrad.fork import check_process
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.models.ngram import NGram, NGramModel
from moregrad.recipe import Recipe
from moregrad.runs.comparison import Comparison
from moregrad.runs.plotting_options import Plotting
from moregrad.runs.record import Metrics, Record
from moregrad.runs.verdict import Verdict
from moregrad.sampling.ban import Ban, read_ban
from moregrad.sampling.constrained import GUIDE_ORDER
from moregrad.sampling.constraints import Constraints
from moregrad.sampling.edits import Neighbours
from moregrad.sampling.options import SPELLED, Sampling, Top, Wanted
from moregrad.sampling.ranks import Rank, Ranks
from moregrad.sampling.shortage import Tally
from moregrad.sampling.top import Watch, top_words
from moregrad.sampling.words import Samples, collect, name_label, sample_words
from moregrad.training.loop import Progress

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GUIDE_WORDS = 2**17
"""Words that a guide has counted at most."""

TRAIN, VALIDATION, TEST = "train", "validation", "test"
Share = Callable[[str, float], None]
W = TypeVar("W", bound=Wanted)


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

    @property
    def verdict(self) -> Verdict | None:
        """The verdict on the training, in numbers and, as a string, in words; None if it has not ended."""
        return self.record.verdict

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
    def neighbours(self) -> Neighbours:
        """The words of all splits, indexed so that those near to any word are found."""
        return Neighbours.of(self.splits.values())

    @cached_property
    def comparison(self) -> Comparison:
        """The words of the splits by their surprisal, to which others are compared."""
        return Comparison(self.model, self.vocabulary, self.splits, TRAIN, self.known, self.block - 1)

    @cached_property
    def guide(self) -> NGramModel:
        """Counts of training words, evenly spaced if they are many, by which a search for wanted words is guided."""
        words = self.splits[TRAIN]
        spaced = words.take(np.arange(0, len(words), -(-len(words) // GUIDE_WORDS) or 1))
        return NGram(order=GUIDE_ORDER).count(spaced, len(self.vocabulary))

    @accepts(Sampling)
    def sample(self, count: int = Sampling.count, **settings: Any) -> Samples:
        """Makes `count` words, each with its surprisal and whether it is in a split or new.

        `settings` are the fields of `Sampling`, such as temperature=0.8, prefix="san", novel=True, and
        label="female" where words have labels. Words are drawn from
        those that end within `max_length` characters. Fewer come back, and their `shortage` says why, if no more can be
        found that do, or that are `novel` (in no split) or `distinct`. What is wanted of the letters, such as a prefix
        or a pattern, is put in lower case if the list was. Raises ConfigurationError for a value that is not allowed
        and for wishes that no word satisfies, AlphabetError for a character outside the vocabulary.
        """
        check_process()
        options = Sampling().replace(count=count, **settings)
        if self.labels is not None or options.label is not None:
            from moregrad.runs.labelled_samples import sample_labelled

            return sample_labelled(self, options)
        options = self._as_trained(options)
        tally = Tally(self._longest(options))
        made = sample_words(
            self.model,
            self.vocabulary,
            self.known,
            options,
            longest=tally.longest,
            constraints=self._constraints(options, tally.longest),
            guide=lambda: self.guide,
            tally=tally,
        )
        return collect(made, options, tally)

    @accepts(Top)
    def top(self, count: int = Top.count, *, watch: Watch | None = None, **settings: Any) -> Samples:
        """Finds the `count` most probable words, the most probable first, each as `sample` gives it.

        `settings` are the fields of `Top`, such as prefix="san", suffix="a", novel=True. The order is exact: no word
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
        options = self._as_trained(options)
        longest = self._longest(options)
        return top_words(
            self.model,
            self.vocabulary,
            self.known,
            options,
            longest=longest,
            constraints=self._constraints(options, longest),
            watch=watch,
        )

    @cached_property
    def ranks(self) -> Ranks:
        """The ranks of words by surprisal in nats, from a search and a sample that are made once, in seconds."""
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

    def rate(self, words: Iterable[str], *, label: str | None = None) -> list[Rating]:
        """Returns of every word its score, where it stands, and its percentile among the held-out words.

        `where` is the first split that holds it, or "new". The percentile is the share of held-out words, in percent,
        that are less plausible: cost more nats per character. A word that cannot be scored says why.
        """
        check_process()
        run = self.given(label)
        table = rate_table(run.model, run.vocabulary, run.comparison.standing, self._as_series(words))
        return [Rating(**row) for row in table.drop("surprisal").iter_rows(named=True)]

    def score_novel(self, words: Iterable[str], *, label: str | None = None) -> list[NovelScore]:
        """Returns the nats of every word given that it is new: p(w) / (1 - M), M the model's mass on all splits.

        It is the probability with which `sample` draws `novel` words at temperature 1, of any length; within a
        `max_length` all of them are likelier by one and the same factor. Where words have labels, it is so for each
        `label`; by default M is that of all labels together, while `sample` keeps their shares. The empty word counts
        with the splits, since it is never drawn. If the splits have more than 50,000 words, M is estimated to 0.002.
        A word that is in a split has no such score and says so. Raises ModelError if 1 - M is too small for float32 to
        tell.
        """
        check_process()
        run = self.given(label)
        table = rate_table(run.model, run.vocabulary, run.comparison.novel_standing, self._as_series(words))
        return [_as_novel(row) for row in table.iter_rows(named=True)]

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
            from moregrad.runs.labelling import evaluate_labelled, uncalibrated

            if words is None:
                return evaluate_labelled(self, label)
            return uncalibrated(self.given(label).evaluate(words))
        if words is None:
            return evaluate_splits(self.model, self.splits, trained=TRAIN, estimate=lambda: self.comparison.trained)
        encoded = self._encode(words)
        drawn = draw(encoded)
        return {"words": Evaluation.of(word_nats(self.model, drawn), drawn, self.comparison.trained, encoded)}

    def evaluate_all(
        self, words: Iterable[str] | None = None, *, label: str | None = None, callback: Share | None = None
    ) -> dict[str, Evaluation]:
        """Returns what `evaluate` does, over every word however long the lists are.

        `callback` is called now and then with the name of a list and the share of it that is done, from 0 to 1.
        """
        check_process()
        tell = callback or (lambda name, share: None)
        if self.labels is not None or label is not None:
            from moregrad.runs.labelling import evaluate_all_labelled, uncalibrated

            if words is None:
                return evaluate_all_labelled(self, label, tell)
            return uncalibrated(self.given(label).evaluate_all(words, callback=callback))
        lists = self.splits if words is None else {"words": self._encode(words)}
        nats = {name: nats_in_pieces(self.model, listed, partial(tell, name)) for name, listed in lists.items()}
        trained = Listed.of(nats[TRAIN], lists[TRAIN]) if words is None else self.comparison.trained
        return {name: Evaluation.of(nats[name], listed, trained) for name, listed in lists.items()}

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

    def _longest(self, options: Wanted) -> int:
        allowed = self.model.longest
        if options.max_length is None:
            return self.block - 1
        if allowed is not None:
            options.require("max_length", options.max_length <= allowed, f"at most {allowed} for this model")
        return options.max_length

    def _as_series(self, words: Iterable[str]) -> pl.Series:
        return pl.Series("word", self.normalise(words), dtype=pl.String)

    def _as_trained(self, options: W) -> W:
        """Returns `options` with their wishes in the form of the words trained on."""
        return options.replace(**{name: self._normalise(getattr(options, name)) for name in SPELLED})

    def _constraints(self, options: Wanted, longest: int) -> Constraints:
        """Returns what `options`, in the form of the words trained on, want of words of at most so many characters."""
        ban = Ban.of(pl.Series("word", self.normalise(read_ban(options.ban)))) if options.ban else None
        neighbours = self.neighbours if options.unlike else None
        return Constraints.of(options, self.vocabulary, longest=longest, ban=ban, neighbours=neighbours)

    def normalise(self, words: Iterable[str]) -> list[str]:
        """Returns words in the form of those trained on: composed, and in lower case if those were put in it."""
        return [self._normalise(word) for word in to_list(words)]

    def _as_text(self, text: str) -> str:
        if not isinstance(text, str):
            raise DataError(f"{shorten(text)} is no text; give one, such as 'emma'")
        return self._normalise(text)

    def _normalise(self, text: str) -> str:
        return to_nfc(text.lower() if self.record.lower else text)


def longest_row(splits: Mapping[str, EncodedWords]) -> int:
    """Returns the number of tokens in the longest word of all splits, the boundary before it included."""
    return max(words.longest for words in splits.values()) + 1


def _as_novel(row: Mapping[str, Any]) -> NovelScore:
    problem = row["problem"]
    if row["nats_given_new"] is None and problem is None:
        problem = "it is the empty word" if row["where"] == NEW else f"it is in {row['where']}, so it is not new"
    return NovelScore(row["word"], row["nats_given_new"], problem)
