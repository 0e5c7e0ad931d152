"""A run whose words have labels."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.labelled_table import write_table

import moregrad


def train_labelled(model: str = "ngram", **settings: Any) -> moregrad.Run:
    """Trains on the small table of two kinds of words."""
    with TemporaryDirectory() as folder:
        path = write_table(Path(folder) / "table.csv")
        return moregrad.train(path, model, column="word", label="kind", **settings)
