"""Part 3: six linear layers with BatchNorm, 1,001 steps, and the tables of the last one."""

import jax.numpy as jnp
import numpy as np

from moregrad.data.examples import Windows
from moregrad.evaluation.diagnostics.taps import weights_by_path
from moregrad.evaluation.diagnostics.tracing import trace
from moregrad.layers.layer import parameters
from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show, names, nats
from moregrad.lectures.runs import DEEP_MLP, GENERATOR_SEED
from moregrad.torch_random import Generator, multinomial_race


def replay(lists: Lists, show: Show) -> Obtained:
    """Trains the network and traces its last step; the lecture divides gradients by the weights after that step."""
    last = DEEP_MLP.recipe.steps - 1
    before, after = DEEP_MLP.replay(lists.encoded(DEEP_MLP.words), every=last)
    examples = Windows.of(lists.encoded(DEEP_MLP.words), before.model.lead + 1)
    generator = Generator(DEEP_MLP.seed)
    DEEP_MLP.network(generator)
    rows = generator.randint(examples.size, last + 1, DEEP_MLP.recipe.batch_size)[last]
    seen = trace(before.model, *examples.rows(jnp.asarray(rows)))
    matrices = {path: each for path, each in seen.weight_gradients.items() if each.ndim > 1}
    tanh = seen.only("tanh")
    return {
        "parameters": parameters(after.model),
        "printed": np.concatenate([before.losses, after.losses]),
        "final": nats(after.model, lists, "train", "validation", "test"),
        "tanh mean": [outputs.mean() for outputs in tanh.activations.values()],
        "tanh deviation": [np.std(outputs, ddof=1) for outputs in tanh.activations.values()],
        "tanh saturated": [100 * share for share in seen.saturation().values()],
        "tanh gradient": [np.std(gradient, ddof=1) for gradient in tanh.gradients.values()],
        "weight gradient mean": [gradient.mean() for gradient in matrices.values()],
        "weight gradient": [np.std(gradient, ddof=1) for gradient in matrices.values()],
        "weight gradient to data": list(seen.gradient_to_data(weights_by_path(after.model)).values()),
        "names": names(after.model, Generator(GENERATOR_SEED + 10), 20, multinomial_race),
    }
