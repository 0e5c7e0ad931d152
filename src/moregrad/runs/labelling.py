"""Runs whose words have labels, seen as runs of the words alone."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import polars as pl
from jaxtyping import Bool, Float

from moregrad.data.corpus import Corpus
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.data.labels import Labels
from moregrad.data.marked import choose, count_labels, first_tokens, strip
from moregrad.data.unscored import Unscored
from moregrad.errors import ModelError
from moregrad.evaluation.samples import PIECE, SAMPLE, draw
from moregrad.evaluation.scores import Evaluation, Score, find_problems
from moregrad.evaluation.surprisal import sum_by_word, surprisals
from moregrad.models.labelled import AnyLabel, GivenLabel, OwnLabel
from moregrad.models.model import Model
from moregrad.runs.run import TRAIN, Run, Share


def labels_of(run: Run) -> Labels:
    """Returns the labels of `run`; raises ModelError if it has none."""
    if run.labels is None:
        raise ModelError("the words of this run have no labels; train one with --label COLUMN, label= in Python")
    return run.labels


def given(run: Run, label: str | None) -> Run:
    """Returns `run` as one of words alone: of those with a label, or with any, each label with its share.

    Raises ModelError if words have no labels, DataError for a label that does not exist.
    """
    labels = labels_of(run)
    plain, ids = labels.strip(run.vocabulary), labels.ids(run.vocabulary)
    tokens = np.concatenate([[0], run.vocabulary.ids(plain.characters)])
    if label is not None:
        model: Model = GivenLabel.of(run.model, int(ids[labels.index(label)]), tokens)
        return replace(run.given(), model=model)
    model = AnyLabel.of(run.model, ids, shares(run), tokens)
    splits = {name: strip(words, labels, run.vocabulary) for name, words in run.splits.items()}
    record = run.record.replace(labels=None, label_column=None)
    return replace(run, vocabulary=plain, block=run.block - 1, model=model, splits=splits, record=record)


def shares(run: Run) -> Float[np.ndarray, " labels"]:
    """Returns the probability of each label: its share of the training words."""
    counts = count_labels(run.splits[TRAIN], labels_of(run), run.vocabulary)
    return counts / counts.sum()


def with_label(run: Run, label: str) -> dict[str, EncodedWords]:
    """Returns the words of each split that have a label, without it."""
    labels = labels_of(run)
    wanted = labels.ids(run.vocabulary)[labels.index(label)]
    return {
        name: strip(choose(words, first_tokens(words) == wanted), labels, run.vocabulary)
        for name, words in run.splits.items()
    }


def examples_of(run: Run) -> Examples:
    """Returns the rows that `run` is trained on; labels are read, and never asked for."""
    rows = run.architecture.examples(run.splits[TRAIN], len(run.vocabulary))
    return rows if run.labels is None else Unscored.of(rows, _is_label(run.labels, run))


def word_surprisals(run: Run, model: Model, words: EncodedWords) -> Float[np.ndarray, " predictions"]:
    """Returns minus the log probability of each character and end of `words` under `model`, given their labels.

    `words` are as `run` is trained on; their labels have no surprisal, since they are given.
    """
    if run.labels is None:
        return surprisals(model, words)
    nats = surprisals(OwnLabel.of(model, _is_label(run.labels, run)), words)
    return np.delete(nats, words.starts)


def evaluate_labelled(run: Run, label: str | None) -> dict[str, Evaluation]:
    """Returns the loss on each split, or on the words of it that have `label`: on each word given its own label.

    Unseen are the words that no label has in training. Only characters and the end of words are counted. Of more than
    50,000 words a random sample is scored.
    """
    return {name: _evaluate_sample(run, marked) for name, marked in _wanted(run, label).items()}


def evaluate_all_labelled(run: Run, label: str | None, tell: Share) -> dict[str, Evaluation]:
    """Returns what `evaluate_labelled` does, over every word; `tell` hears of each split that begins and ends."""
    losses = {}
    for name, marked in _wanted(run, label).items():
        tell(name, 0.0)
        losses[name] = _evaluate(run, marked, None)
        tell(name, 1.0)
    return losses


def uncalibrated(losses: Mapping[str, Evaluation]) -> dict[str, Evaluation]:
    """Returns losses without those by Good and Turing, to whom a word with two labels would be a repeated one."""
    return {name: replace(evaluation, calibrated=None) for name, evaluation in losses.items()}


def evaluate_listed(run: Run, corpus: Corpus, *, all: bool = False) -> Evaluation:
    """Returns the loss on the words of `corpus`, each given its own label.

    Of more than 50,000 words a random sample is scored, or with `all` every word. Words that `run` cannot score, and
    those with a label that it does not have, are left out.
    """
    known, plain, labels = labels_of(run), run.given(), corpus.word_labels
    if labels is None:
        raise ModelError("the words of this list have no labels; name their column")
    forms = pl.Series("word", run.normalise(corpus.words), dtype=pl.String)
    refused = find_problems(plain.model, plain.vocabulary, forms.to_list())
    kept = labels.is_in(list(known.names)).to_numpy() & ~np.isin(np.arange(len(forms)), list(refused))
    marked = known.mark(forms.filter(kept), labels.filter(kept))
    encoded = EncodedWords.of(marked, run.vocabulary)
    return _evaluate(run, encoded, None) if all else _evaluate_sample(run, encoded)


def _wanted(run: Run, label: str | None) -> Mapping[str, EncodedWords]:
    if label is None:
        return run.splits
    wanted = run.vocabulary.ids(labels_of(run).symbol(label))
    return {name: choose(marked, first_tokens(marked) == wanted) for name, marked in run.splits.items()}


def _evaluate_sample(run: Run, marked: EncodedWords) -> Evaluation:
    return _evaluate(run, draw(marked), len(marked) if len(marked) > SAMPLE else None)


def _evaluate(run: Run, marked: EncodedWords, sampled_from: int | None) -> Evaluation:
    pieces = [word_surprisals(run, run.model, piece) for piece in marked.slices(PIECE)] if len(marked) else []
    plain = strip(marked, labels_of(run), run.vocabulary)
    totals, sizes = sum_by_word(np.concatenate([np.zeros(0, np.float32), *pieces]), plain), plain.lengths + 1
    unseen = ~run.given().known[TRAIN].holds(plain)
    return Evaluation(Score.of(totals, sizes, sampled_from), Score.of(totals[unseen], sizes[unseen], sampled_from))


def _is_label(labels: Labels, run: Run) -> Bool[np.ndarray, " vocab"]:
    return np.isin(np.arange(len(run.vocabulary)), labels.ids(run.vocabulary))
