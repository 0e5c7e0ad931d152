"""Losses as a table: one line per list, over all its words and over those the model was not trained on."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from moregrad.cli.screen import table

MEASURES = ("words", "nats", "bits", "perplexity")
UNSEEN = ("unseen", "nats", "bits", "perplexity")


def loss_table(losses: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Table:
    """The table of a run's recorded losses; nats and bits are per character, the end of a word counted."""
    rows = [
        [name, *(loss[part][measure] for part in ("all", "unseen") for measure in MEASURES)]
        for name, loss in losses.items()
    ]
    return table(["list", *MEASURES, *UNSEEN], rows)
