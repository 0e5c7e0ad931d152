"""The published runs as data: everything that determines their figures, and the figures.

Losses are nats per character. Those of BATCHNORM_MLP, WAVENET and ONE_LAYER_ON_EMMA are as the notebooks of Neural
Networks: Zero to Hero print them (github.com/karpathy/nn-zero-to-hero); so are the first and the final losses of
DEEP_MLP. The other figures are what the notebooks' code gives in torch where they print none or draw without a seed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

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
    """A published training run: its network, data, recipe and seed, and the losses that it printed."""

    network: Callable[[Generator], WindowModel]  # draws the initial weights
    batches: Callable[[Generator, int, Recipe], Batches]  # draws the rows of every step, after the weights
    recipe: Recipe
    seed: int  # of the generator
    words: str  # what of names.txt it was trained on
    printed: Mapping[int, float]  # loss of the batch by step, counted from 0
    decimals: int  # to which the printed losses are rounded
    train: float | None = None  # losses of the two splits after the last step, with running statistics
    validation: float | None = None

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


def _every(stride: int, losses: str) -> dict[int, float]:
    return {stride * index: float(loss) for index, loss in enumerate(losses.split())}


ONE_LAYER_ON_EMMA = PublishedRun(
    network=networks.one_layer,
    batches=whole_list,
    recipe=_descent(5),
    seed=GENERATOR_SEED,
    words="the first name",
    printed=_every(1, "3.7693 3.7492 3.7292 3.7092 3.6891887"),
    decimals=4,
)
# The printed losses contain the penalty, 0.01 * mean(W ** 2).
ONE_LAYER = PublishedRun(
    network=networks.one_layer,
    batches=whole_list,
    recipe=Recipe(steps=100, optimizer="sgd", learning_rate=50.0, schedule="constant", weight_decay=0.02 / 729),
    seed=GENERATOR_SEED,
    words="the whole list",
    printed={0: 3.768619, 1: 3.378807, 4: 2.934484, 9: 2.718831, 19: 2.588681, 49: 2.510758, 99: 2.490130},
    decimals=6,
)
FIRST_MLP_ON_FIVE_WORDS = PublishedRun(
    network=networks.first_mlp,
    batches=whole_list,
    recipe=_descent(1000),
    seed=GENERATOR_SEED,
    words="the first five names",
    printed=_every(
        1,
        "17.769714 13.656402 11.298769 9.452457 7.984263 6.891321 6.100014 5.452036 4.898152 4.414664 3.985849 "
        "3.602831",
    )
    | {99: 0.336739, 999: 0.256150},
    decimals=6,
)
FIRST_MLP = PublishedRun(
    network=networks.first_mlp,
    batches=whole_list,
    recipe=_descent(100),
    seed=GENERATOR_SEED,
    words="the whole list",
    printed=_every(
        1,
        "19.505230 17.084473 15.776530 14.833345 14.002608 13.253263 12.579918 11.983102 11.470492 11.051856 10.709586 "
        "10.407630",
    )
    | {99: 3.589253},
    decimals=6,
)
BATCHNORM_MLP = PublishedRun(
    network=networks.batchnorm_mlp,
    batches=minibatches,
    recipe=_descent(200_000, drop_at=0.5),
    seed=GENERATOR_SEED,
    words="the training words of the lecture split",
    printed=_every(
        10_000,
        "3.3239 2.0322 2.5675 2.0125 2.2446 1.8897 2.0785 2.3681 2.2918 2.0238 "
        "2.3673 2.3132 1.6414 1.9311 2.2231 2.0027 2.0997 2.4949 2.0199 2.1707",
    ),
    decimals=4,
    train=2.0674145,
    validation=2.1056840,
)
DEEP_MLP = PublishedRun(
    network=networks.deep_mlp,
    batches=minibatches,
    recipe=_descent(1001),
    seed=GENERATOR_SEED,
    words="the training words of the lecture split",
    printed=_every(100, "3.28703 2.91674 2.66861 2.61538 2.49842 2.44259 2.57377 2.81318 2.57892 2.42985 2.28070"),
    decimals=5,
    train=2.4002976,
    validation=2.3982467,
)
WAVENET = PublishedRun(
    network=networks.wavenet,
    batches=minibatches,
    recipe=_descent(200_000, drop_at=0.75),
    seed=GLOBAL_SEED,
    words="the training words of the lecture split",
    printed=_every(
        10_000,
        "3.3167 2.0576 2.0723 2.5134 2.1476 1.7836 2.2592 1.9331 1.6875 2.0395 "
        "1.7736 1.9570 1.7465 1.8126 1.7406 1.7466 1.8806 1.6266 1.6476 1.8555",
    ),
    decimals=4,
    train=1.7690284,
    validation=1.9936515,
)
