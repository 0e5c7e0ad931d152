"""Losses as a table: one line per list, over all its words and over those the model was not trained on."""

import math
from collections.abc import Iterator, Mapping

from rich.table import Table

from moregrad.cli.screen import table
from moregrad.estimate import Estimate, EstimateWithError
from moregrad.evaluation.novelty import too_little_left
from moregrad.evaluation.scores import Evaluation, Score

MEASURES = ("nats", "bits", "perplexity")


def loss_table(losses: Mapping[str, Evaluation]) -> Table:
    """Returns the table of losses; nats, with their standard error, and bits are per character, the end included.

    `given new` are the nats of the unseen words given that they are new; `calibrated`, where training words are
    repeated, are those of all words if known ones get the share that Good and Turing expect of them.
    """
    repeated = any(loss.calibrated for loss in losses.values())
    columns = ["list", "words", *MEASURES, "unseen", "nats", "given new", *(["calibrated"] if repeated else [])]
    return table(columns, [[name, *_row(loss)][: len(columns)] for name, loss in losses.items()])


def unresolved(losses: Mapping[str, Evaluation]) -> list[str]:
    """Says why there are no losses given new, where the model leaves new words too little of its probability."""
    masses = {loss.training_mass for loss in losses.values() if loss.given_new is None and loss.training_mass}
    return [f"no loss given new: {too_little_left(mass)}" for mass in masses]


def _row(loss: Evaluation) -> list[float | None]:
    unseen = [loss.unseen.words, estimate(loss.unseen)]
    return [*_measures(loss.all), *unseen, _nats(loss.given_new), _nats(loss.calibrated)]


def sampling_notes(losses: Mapping[str, Evaluation], command: str) -> Iterator[str]:
    """Yields a line that says which losses rest on a sample of a list, and the command that scores all words."""
    sampled = [f"{name} of {loss.all.sampled_from:,}" for name, loss in losses.items() if loss.all.sampled_from]
    if sampled:
        yield f"\nWords drawn at random from {', '.join(sampled)}; `{command}` scores all of them"


def estimate(score: Score) -> Estimate | None:
    """Returns the mean nats of `score`, to be shown to the digits that their error supports; None if not finite."""
    return Estimate(score.nats, score.uncertainty) if math.isfinite(score.nats) else None


def _measures(score: Score) -> list[float | None]:
    figures, error = score.to_dict(), score.uncertainty
    if error is None or not math.isfinite(score.nats):
        return [score.words, *(figures[name] for name in MEASURES)]
    nats, bits, perplexity = score.nats, score.bits, score.perplexity
    shown = (
        Estimate(nats, error) if score.standard_error is None else EstimateWithError(nats, error),
        Estimate(bits, error / math.log(2)),
        Estimate(perplexity, error * perplexity) if math.isfinite(perplexity) else None,
    )
    return [score.words, *shown]


def _nats(score: Score | None) -> Estimate | None:
    return estimate(score) if score else None
