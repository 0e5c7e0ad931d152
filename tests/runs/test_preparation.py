"""A list prepared once for many runs."""

import moregrad
from moregrad.models.catalogue import architecture
from moregrad.runs.experiment import prepare
from moregrad.runs.preparation import Preparation
from runs.small import NAMES


def test_runs_begun_from_one_preparation_are_those_of_prepare():
    corpus, bigram = moregrad.read_corpus(NAMES), architecture("bigram")
    preparation = Preparation.of(corpus, split="words", start="none")
    begun = preparation.begin(bigram, bigram.recipe, given=())
    wanted = prepare(corpus, bigram, bigram.recipe, given=())
    assert (begun.recipe, begun.record) == (wanted.recipe, wanted.record)
    assert begun.splits is preparation.begin(bigram, bigram.recipe, given=()).splits
