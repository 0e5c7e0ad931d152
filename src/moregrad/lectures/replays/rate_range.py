"""Part 2: the learning-rate range test with a thousand exponents from -3 to 0."""

import math

from moregrad.data.examples import Windows
from moregrad.layers.layer import parameters
from moregrad.lectures.lists import Lists
from moregrad.lectures.networks import first_mlp
from moregrad.lectures.replays.training import Obtained, Show
from moregrad.lectures.runs import FIRST_MLP, GENERATOR_SEED, minibatches
from moregrad.torch_random import Generator
from moregrad.training.rate_range import RateRange, range_test


def replay(lists: Lists, show: Show) -> Obtained:
    """Tests rates on the lecture's first network; the lecture draws its rows without a seed, here one decides them."""
    generator = Generator(GENERATOR_SEED)
    model = first_mlp(generator)
    examples = Windows.of(lists.encoded("the training words of the lecture split"), model.context)
    plan = RateRange(lowest=1e-3, highest=1.0, steps=1000)
    recipe = plan.course(FIRST_MLP.recipe)
    batches = minibatches(generator, examples.size, recipe)
    found = range_test(model, examples, recipe, **plan.to_dict(), batches=batches)
    rates = {"steepest": found.steepest, "a tenth of the minimum": found.tenth, "the minimum": found.minimum}
    return {
        "parameters": parameters(model),
        "exponents": {name: math.nan if rate is None else math.log10(rate) for name, rate in rates.items()},
    }
