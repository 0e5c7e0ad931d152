"""Part 1: pairs of characters counted, and what names cost by the counts."""

import numpy as np

from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show
from moregrad.lectures.runs import GENERATOR_SEED
from moregrad.ngrams.bigrams import Bigrams
from moregrad.torch_random import Generator, multinomial

SOME = ["emma", "olivia", "ava"]


def replay(lists: Lists, show: Show) -> Obtained:
    """Counts all pairs of the list; losses are float64, in nats."""
    words = lists.names.words
    counted = Bigrams.of(words)
    exact, smoothed = counted.report(words), counted.report(words, smoothing=1)
    andrejq, emma = (counted.report([word], smoothing=1) for word in ("andrejq", "emma"))
    some = {smoothing: counted.report(SOME, smoothing=smoothing) for smoothing in (0, 1)}
    generator = Generator(GENERATOR_SEED)
    weights = generator.rand(3)
    return {
        "names": len(words),
        "pairs": len(exact),
        "kinds": len(counted.pairs()),
        "counts": counted.pairs(),
        "first letters": dict(zip(counted.characters, counted.probabilities()[0], strict=True)),
        "losses": {"counts": exact.mean, "counts + 1": smoothed.mean},
        "totals": {"counts": exact.total_nll, "counts + 1": smoothed.total_nll},
        "single precision": -sum_one_by_one(smoothed.log_likelihood),
        "some names": {"counts": some[0].total, "counts + 1": some[1].total},
        "andrejq unsmoothed": counted.report(["andrejq"]).mean,
        "andrejq": andrejq.nll,
        "whole names": {"andrejq": andrejq.mean, "emma": emma.mean},
        "weights": weights / weights.sum(),
        "draws": multinomial(generator, weights / weights.sum(), 12),
    }


def sum_one_by_one(numbers: np.ndarray) -> np.float32:
    """Returns the sum of `numbers` in single precision, added one after the other, as a loop of PyTorch does."""
    return np.cumsum(numbers.astype(np.float32), dtype=np.float32)[-1]
