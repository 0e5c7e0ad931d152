"""The probability that a model puts on a long list, estimated from words that it makes: which share is in the list."""

from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.model import Model
from moregrad.sampling.free import BATCH
from moregrad.sampling.options import Sampling
from moregrad.sampling.shortage import Tally
from moregrad.sampling.words import sample_words

DRAWS = 50 * BATCH
"""Words drawn: the standard error of the share is then 0.002 at most."""


def estimate_mass(model: Model, vocabulary: Vocabulary, known: Known, *, longest: int) -> float:
    """Returns the share of 51,200 draws that are in one of the lists of `known`, always the same draws.

    Draws that have not ended within `longest` characters, which no listed word may exceed, count as outside.
    """
    tally, found = Tally(longest), 0
    for sample in sample_words(model, vocabulary, known, Sampling(), longest=longest, tally=tally):
        if tally.drawn > DRAWS:
            break
        found += sample.where != NEW
    return found / max(min(tally.drawn, DRAWS), 1)
