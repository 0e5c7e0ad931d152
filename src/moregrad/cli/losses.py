"""Losses as a table: one line per list, over all its words and over those the model was not trained on."""

from collections.abc import Mapping

from rich.table import Table

from moregrad.cli.screen import table
from moregrad.evaluation.novelty import too_little_left
from moregrad.evaluation.scores import Evaluation, Score

MEASURES = ("nats", "bits", "perplexity")


def loss_table(losses: Mapping[str, Evaluation]) -> Table:
    """Returns the table of losses; nats and bits are per character, the end of a word included.

    `given new` are the nats of the unseen words given that they are new; `calibrated`, where training words are
    repeated, are those of all words if known ones get the share that Good and Turing expect of them.
    """
    repeated = any(loss.calibrated for loss in losses.values())
    columns = ["list", "words", *MEASURES, "unseen", *MEASURES, "given new", *(["calibrated"] if repeated else [])]
    return table(columns, [[name, *_row(loss)][: len(columns)] for name, loss in losses.items()])


def unresolved(losses: Mapping[str, Evaluation]) -> list[str]:
    """Says why there are no losses given new, where the model leaves new words too little of its probability."""
    masses = {loss.training_mass for loss in losses.values() if loss.given_new is None and loss.training_mass}
    return [f"no loss given new: {too_little_left(mass)}" for mass in masses]


def _row(loss: Evaluation) -> list[float | None]:
    return [*_measures(loss.all), *_measures(loss.unseen), _nats(loss.given_new), _nats(loss.calibrated)]


def _measures(score: Score) -> list[float | None]:
    figures = score.to_dict()
    return [figures[name] for name in ("words", *MEASURES)]


def _nats(score: Score | None) -> float | None:
    return score.to_dict()["nats"] if score else None
