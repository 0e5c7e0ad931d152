"""The n-grams whose ARPA files KenLM scored."""

import moregrad
from moregrad.models.catalogue import architecture
from moregrad.runs import Run, prepare

MODELS = {
    "kneser-ney, 6": ("names", {"order": 6}),
    "witten-bell, 4": ("faker:city:en_US", {"order": 4, "smoothing": "witten-bell"}),
    "add-k, 3": ("first-names", {"order": 3, "smoothing": "add-k", "k": 0.01}),
}
"""By name a list and settings; the towns have spaces."""


def counted(name: str) -> Run:
    """A run of n-grams that has counted its list."""
    source, settings = MODELS[name]
    shape = architecture("ngram", **settings)
    return prepare(moregrad.read_corpus(source), shape, shape.recipe)
