"""The parts that replays of trainings share."""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import numpy as np
from jaxtyping import Float

from moregrad.evaluation.surprisal import surprisals
from moregrad.lectures.lists import Lists
from moregrad.lectures.names import sample_names
from moregrad.lectures.runs import PublishedRun
from moregrad.models.model import Model
from moregrad.torch_random import Generator, Multinomial

Obtained = Mapping[str, Any]
"""Figures by the name of their series: a number, a list, or figures by place."""

Show = Callable[[float], None]
"""Is told which share of the work is done."""

CHUNKS = 20


def train(run: PublishedRun, lists: Lists, show: Show) -> tuple[Model, Float[np.ndarray, " steps"]]:
    """Trains to the last step; returns the model and the loss of the batch before every step."""
    losses = []
    steps = run.recipe.steps
    for report in run.replay(lists.encoded(run.words), every=max(steps // CHUNKS, 1)):
        losses.append(report.losses)
        show(report.step / steps)
    return report.model, np.concatenate(losses)  # pyright: ignore[reportPossiblyUnboundVariable]


def nats(model: Model, lists: Lists, *parts: str) -> dict[str, float]:
    """Returns the mean surprisal of each of `parts`, in nats per character."""
    return {part: float(surprisals(model, lists.encoded(part)).mean(dtype=np.float64)) for part in parts}


def names(model: Model, generator: Generator, count: int, draw: Multinomial) -> list[str]:
    """Samples `count` names."""
    return list(islice(sample_names(model, generator, draw), count))
