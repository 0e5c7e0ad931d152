"""A run whose words have labels."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.labelled_table import write_table

import moregrad

GRU = {"hidden": 8, "embedding": 8, "steps": 30, "eval_every": 15}
"""A network that is trained in a moment; the same settings are compiled once."""


def train_labelled(model: str = "ngram", **settings: Any) -> moregrad.Run:
    """Trains on the small table of two kinds of words."""
    with TemporaryDirectory() as folder:
        path = write_table(Path(folder) / "table.csv")
        return moregrad.train(path, model, column="word", label="kind", **settings)
