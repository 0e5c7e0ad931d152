"""Losses as a table: one line per list, over all its words and over those the model was not trained on."""

from collections.abc import Mapping

from rich.table import Table

from moregrad.cli.screen import table
from moregrad.evaluation.scores import Evaluation, Score

MEASURES = ("nats", "bits", "perplexity")


def loss_table(losses: Mapping[str, Evaluation]) -> Table:
    """Returns the table of losses; nats and bits are per character, the end of a word included."""
    rows = [[name, *_measures(loss.all), *_measures(loss.unseen)] for name, loss in losses.items()]
    return table(["list", "words", *MEASURES, "unseen", *MEASURES], rows)


def _measures(score: Score) -> list[float | None]:
    figures = score.to_dict()
    return [figures[name] for name in ("words", *MEASURES)]
