"""Signs of a training that went wrong although every loss was a number."""

import math

from moregrad.runs.run import Run

SLACK = 1.1
"""The factor by which losses of a training that has hardly begun may differ by chance."""
ADVICE = "most likely the learning rate is too high; try a third of it, warmup steps, or grad_clip 1.0"


def find_warnings(run: Run) -> tuple[str, ...]:
    """Returns what the user of `run`, trained and evaluated, must know: a loss worse than that of guessing evenly.

    The loss of the last steps is that of the network alone, so that counts beside it hide nothing.
    """
    tokens = len(run.vocabulary) - len(run.record.labels or ())
    even = math.log(tokens)
    guessing = f"{even:.4f}, that of guessing all {tokens} characters alike"
    if run.metrics and run.metrics[-1].train > even * SLACK:
        return (f"the training went wrong: its loss ends at {run.metrics[-1].train:,.4f}, above {guessing}; {ADVICE}",)
    if run.metrics and run.metrics[-1].train > run.metrics[0].train * SLACK:
        first, last = run.metrics[0].train, run.metrics[-1].train
        return (f"the training went wrong: its loss rose from {first:,.4f} to {last:,.4f}; {ADVICE}",)
    losses = {name: loss.all.nats for name, loss in (run.record.losses or {}).items()}
    is_fitted = run.step or not run.record.parameters
    worse = [name for name, loss in losses.items() if is_fitted and loss > even]
    begun = "train" not in worse or losses["train"] > even * SLACK
    if worse and begun:
        return (f"the loss on {' and '.join(worse)} is above {guessing}; {_advise(run, worse)}",)
    return ()


def _advise(run: Run, worse: list[str]) -> str:
    if not run.record.parameters:
        return "another smoothing, a lower order or more words help"
    if "train" in worse:
        return "train for more steps, or with another learning rate"
    return "the list is too small for this model, or learned by heart: give more words, a smaller model or fewer steps"
