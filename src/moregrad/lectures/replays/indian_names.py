"""An earlier project's Indian names: cleaned, counted, and learned by the network of one layer in 6,001 steps."""

from itertools import islice

import numpy as np

from moregrad.lectures.lists import Lists
from moregrad.lectures.networks import one_layer
from moregrad.lectures.replays.bigrams import sum_one_by_one
from moregrad.lectures.replays.one_layer import Logits, descend
from moregrad.lectures.replays.training import Obtained, Show
from moregrad.ngrams.bigrams import Bigrams
from moregrad.torch_random import Generator

SEED = 1234
STAGES = {"0.1": 1, "10": 2000, "1": 2000, "0.5": 2000}
"""The notebook's steps at one learning rate after the other."""

SCRIPT_RATE, SCRIPT_STEPS = 10.0, 300
"""Those of the project's script, which begins anew."""


def replay(lists: Lists, show: Show) -> Obtained:
    """Counts the pairs and goes down the gradient in stages."""
    corpus = lists.indian_names
    words, summary = corpus.words, corpus.summary()
    counted = Bigrams.of(words)
    smoothed = counted.report(words, smoothing=1)
    start = np.asarray(one_layer(Generator(SEED)).embedding.weight, np.float64)
    stages = _descend_in_stages(start, counted)
    lengths = words.str.len_chars()
    b_to_c = _softmax(start)[2, 3]
    return {
        "cleaning": {"read": corpus.report.read, "kept": len(words), "rejected": corpus.report.rejected.count},
        "distinct": summary.distinct,
        "pairs": int(counted.counts.sum()),
        "empty": int((counted.counts == 0).sum()),
        "lengths": {"shortest": lengths.min(), "longest": lengths.max()},
        "first letters": dict(zip(counted.characters, counted.counts[0], strict=True)),
        "last letters": dict(zip(counted.characters, counted.counts[:, 0], strict=True)),
        "counts + 1": smoothed.mean,
        "single precision": float(-sum_one_by_one(smoothed.log_likelihood)) / len(smoothed),
        "b to c": b_to_c,
        "surprisal of b to c": -np.log(b_to_c),
        "stages": {rate: [loss for _, loss in steps] for rate, steps in stages.items()},
        "script": [loss for _, loss in islice(descend(start, counted.counts, SCRIPT_RATE), SCRIPT_STEPS + 1)],
    }


def _descend_in_stages(weight: Logits, counted: Bigrams) -> dict[str, list[tuple[Logits, float]]]:
    """Returns the weights and the loss before every step of each stage, and after its last."""
    stages = {}
    for rate, steps in STAGES.items():
        stages[rate] = list(islice(descend(weight, counted.counts, float(rate)), steps + 1))
        weight = stages[rate][-1][0]
    return stages


def _softmax(logits: Logits) -> Logits:
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)
