"""Part 3: one network with five initialisations, 200,000 steps each."""

from typing import Any

import jax.numpy as jnp
import numpy as np

from moregrad.data.examples import Windows
from moregrad.evaluation.diagnostics.calibration import calibrate
from moregrad.evaluation.diagnostics.tracing import DEAD, trace
from moregrad.layers.layer import parameters
from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show, nats, train
from moregrad.lectures.runs import INITIALIZATIONS, PublishedRun
from moregrad.models.model import Model
from moregrad.torch_random import Generator


def replay(lists: Lists, show: Show) -> Obtained:
    """Trains each network to its end; BatchNorm's losses are by running statistics, and by calibrated ones too."""
    found: dict[str, Any] = {name: {} for name in ("parameters", "first loss", "saturated")}
    for number, (name, run) in enumerate(INITIALIZATIONS.items()):
        model, losses = train(run, lists, lambda share, done=number: show((done + share) / len(INITIALIZATIONS)))
        found["parameters"][name] = parameters(model)
        found["first loss"][name] = losses[0]
        found["saturated"][name] = saturated(run, lists)
        found[f"final {name}"] = nats(model, lists, "train", "validation", "test")
        if name == "batchnorm":
            found["printed"] = losses
            found["calibrated"] = nats(_calibrate(model, run, lists), lists, "train", "validation")
    return found


def saturated(run: PublishedRun, lists: Lists) -> float:
    """Returns the share of the hidden units' outputs in the first batch whose absolute value is above 0.99."""
    generator = Generator(run.seed)
    model = run.network(generator)
    examples = Windows.of(lists.encoded(run.words), model.context)
    rows = generator.randint(examples.size, run.recipe.steps, run.recipe.batch_size)[0]
    shares = trace(model, *examples.rows(jnp.asarray(rows))).saturation(DEAD)
    return float(np.mean(list(shares.values())))


def _calibrate(model: Model, run: PublishedRun, lists: Lists) -> Model:
    return calibrate(model, Windows.of(lists.encoded(run.words), model.lead + 1))
