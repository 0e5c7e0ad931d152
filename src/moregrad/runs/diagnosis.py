"""What went wrong in a training that came to its end."""

import math

from moregrad.runs.record import Metrics
from moregrad.runs.run import VALIDATION, Run

LEARNED = 0.9
"""Share of the loss of guessing below which a training loss shows that something was learned."""


def diagnose(run: Run) -> tuple[str, ...]:
    """Says in plain words what is wrong with a trained `run`, whose losses are on record, and what to do.

    The measure is the loss of guessing every token alike, log(vocabulary) nats, where a network starts. The training
    loss is that of the network alone, which in a mixture the counts would hide.
    """
    if run.metrics:
        return _diagnose_training(run, math.log(len(run.vocabulary)))
    if run.record.parameters or run.record.losses is None:
        return ()
    loss, limit = run.record.losses[VALIDATION].all.nats, math.log(len(run.vocabulary))
    cause = "what was counted does not carry over to other words; choose another smoothing, or give more words"
    return (_compare("the validation loss", loss, limit) + cause,) if loss > limit else ()


def _diagnose_training(run: Run, limit: float) -> tuple[str, ...]:
    kept, last = min(run.metrics, key=lambda metrics: metrics.validation), run.metrics[-1]
    lower = min(run.recipe.learning_rate / 3, run.architecture.recipe.learning_rate)
    rate = f"the learning rate is too high, or the steps are too few; try a rate of {lower:.2g}, or more steps"
    if kept.train > limit:
        return (_compare("the network's training loss", kept.train, limit) + rate,)
    if kept.validation > limit:
        by_heart = "it has learned its training words by heart; give more words, or fewer steps"
        cause = by_heart if kept.train < LEARNED * limit else rate
        return (_compare("the validation loss", kept.validation, limit) + cause,)
    return (_regress(kept, last, limit) + rate,) if last.train > limit else ()


def _compare(what: str, loss: float, limit: float) -> str:
    return f"{what} is {loss:,.4f}, above the {limit:.4f} of guessing every character alike: "


def _regress(kept: Metrics, last: Metrics, limit: float) -> str:
    return (
        f"the training loss rose to {last.train:,.4f} by step {last.step}, above the {limit:.4f} of guessing every "
        f"character alike, and the model of step {kept.step} is kept: "
    )
