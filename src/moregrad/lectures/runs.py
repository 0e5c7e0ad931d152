"""The published runs as data: everything that determines their figures, which stand in the folder `published`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import jax.numpy as jnp

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.lectures import networks
from moregrad.models.window_model import WindowModel
from moregrad.recipe import Recipe
from moregrad.torch_random import Generator
from moregrad.training.batches import Batches, FixedBatches, FullBatch
from moregrad.training.loop import Report, train

GENERATOR_SEED = 2147483647
GLOBAL_SEED = 42


def minibatches(generator: Generator, size: int, recipe: Recipe) -> Batches:
    """Draws the rows of every step from the generator that drew the weights."""
    return FixedBatches(jnp.asarray(generator.randint(size, recipe.steps, recipe.batch_size)))


def whole_list(generator: Generator, size: int, recipe: Recipe) -> Batches:
    """Takes every row at every step."""
    return FullBatch(size)


@dataclass(frozen=True)
class PublishedRun:
    """A published training run: its network, data, recipe and seed."""

    network: Callable[[Generator], WindowModel]  # draws the initial weights
    batches: Callable[[Generator, int, Recipe], Batches]  # draws the rows of every step, after the weights
    recipe: Recipe
    seed: int  # of the generator
    words: str  # what of names.txt it was trained on

    def replay(self, encoded: EncodedWords, *, every: int) -> Iterator[Report]:
        """Trains on `encoded`, which must hold `words` in their published order, and reports every `every` steps."""
        generator = Generator(self.seed)
        model = self.network(generator)
        examples = Windows.of(encoded, model.context)
        batches = self.batches(generator, examples.size, self.recipe)
        return train(model, examples, self.recipe, every=every, batches=batches)


def _descent(steps: int, *, drop_at: float = 1.0) -> Recipe:
    """Gradient descent on 32 rows, at rate 0.1 up to the share `drop_at` of the steps and 0.01 from there."""
    return Recipe(steps=steps, batch_size=32, optimizer="sgd", learning_rate=0.1, schedule="step", drop_at=drop_at)


ONE_LAYER_ON_EMMA = PublishedRun(
    network=networks.one_layer,
    batches=whole_list,
    recipe=_descent(5),
    seed=GENERATOR_SEED,
    words="the first name",
)
FIRST_MLP_ON_FIVE_WORDS = PublishedRun(
    network=networks.first_mlp,
    batches=whole_list,
    recipe=_descent(1000),
    seed=GENERATOR_SEED,
    words="the first five names",
)
FIRST_MLP = PublishedRun(
    network=networks.first_mlp,
    batches=whole_list,
    recipe=_descent(100),
    seed=GENERATOR_SEED,
    words="the whole list",
)
INITIALIZATIONS = {
    name: PublishedRun(
        network=network,
        batches=minibatches,
        recipe=_descent(200_000, drop_at=0.5),
        seed=GENERATOR_SEED,
        words="the training words of the lecture split",
    )
    for name, network in {
        "original": networks.plain_mlp,
        "small head": partial(networks.plain_mlp, head=0.01, head_bias=0.0),
        "small hidden": partial(networks.plain_mlp, hidden=0.2, hidden_bias=0.01, head=0.01, head_bias=0.0),
        "kaiming": partial(networks.plain_mlp, hidden=networks.KAIMING, hidden_bias=0.01, head=0.01, head_bias=0.0),
        "batchnorm": networks.batchnorm_mlp,
    }.items()
}
"""Part 3, step by step: the head made small, then the hidden layer, then as Kaiming He says, then with BatchNorm."""

BATCHNORM_MLP = INITIALIZATIONS["batchnorm"]
DEEP_MLP = PublishedRun(
    network=networks.deep_mlp,
    batches=minibatches,
    recipe=_descent(1001),
    seed=GENERATOR_SEED,
    words="the training words of the lecture split",
)
WAVENET = PublishedRun(
    network=networks.wavenet,
    batches=minibatches,
    recipe=_descent(200_000, drop_at=0.75),
    seed=GLOBAL_SEED,
    words="the training words of the lecture split",
)
