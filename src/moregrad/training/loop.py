"""The one training loop."""

from collections.abc import Iterator
from dataclasses import dataclass

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import optax
from jaxtyping import Array, Float, Int, PRNGKeyArray, PyTree

from moregrad.data.examples import Examples
from moregrad.jit import jit, trim
from moregrad.layers.layer import Tables, partition
from moregrad.models.model import Model
from moregrad.recipe import Recipe
from moregrad.training.batches import Batches, RandomBatches, ShuffledBatches
from moregrad.training.devices import devices_for, gather, keep_whole, spread
from moregrad.training.loss import cross_entropy
from moregrad.training.optimizers import Hyperparameters, optimizer
from moregrad.training.stored import reach, read_ahead


class Progress(eqx.Module):
    """The state of a training: all that it takes to go on to the very same bits."""

    model: Model
    optimizer: PyTree[Array]
    step: Int[Array, ""]

    @classmethod
    def begin(cls, model: Model, hyperparameters: Hyperparameters) -> "Progress":
        """Returns the progress before the first step."""
        # Of the type that it has when read from a file, or resuming compiles anew: a plain 0 would be of a weak one.
        return cls(model, optimizer(hyperparameters).init(partition(model)[0]), jnp.zeros((), int))


class Course(eqx.Module):
    """All that a training follows beside its rows: which of them each step takes, its numbers, and its noise."""

    batches: Batches
    hyperparameters: Hyperparameters
    noise: PRNGKeyArray

    @classmethod
    def of(cls, examples: Examples, recipe: Recipe, batches: Batches | None = None) -> "Course":
        """Takes rows as `recipe.batches` says, or `batches`, if given."""
        noise = jr.fold_in(jr.key(recipe.seed), 1)
        return cls(batches or _draw(examples, recipe), Hyperparameters.of(recipe), noise)


@dataclass(frozen=True)
class Report:
    """The result of a chunk of steps; reading its numbers waits until they are computed."""

    progress: Progress
    steps: int
    computed: Float[Array, " every"] | Float[np.ndarray, " every"]

    @property
    def model(self) -> Model:
        return self.progress.model

    @property
    def step(self) -> int:
        """Steps taken since the beginning."""
        return int(self.progress.step)

    @property
    def losses(self) -> Float[np.ndarray, " steps"]:
        """The training loss at each step of the chunk, before the step."""
        return np.asarray(self.computed)[: self.steps]


def train(
    model: Model,
    examples: Examples,
    recipe: Recipe,
    *,
    every: int,
    resume: Progress | None = None,
    batches: Batches | None = None,
) -> Iterator[Report]:
    """Trains in chunks of `every` steps and yields a report after each; chunking never changes the result.

    Rows come as `recipe.batches` says, or `batches`, if given; `resume` goes on from an earlier progress. The next
    chunk is computed while the caller looks at a report. A model without weights to train has no steps. Where there
    are several devices, networks side by side are dealt among them.
    """
    trim()
    course = Course.of(examples, recipe, batches)
    progress = resume or Progress.begin(model, course.hyperparameters)
    weights = jax.tree.leaves(partition(model)[0])
    devices = devices_for(model)
    progress, examples = spread((progress, examples), devices)
    under_way: tuple[Progress, int, Array] | None = None
    most = reach(examples, course.batches, every)
    for start in range(int(progress.step), recipe.steps if weights else 0, every):
        count, losses = min(every, recipe.steps - start), []
        for first in range(start, start + count, most):
            rows, order = read_ahead(examples, course.batches, first, most)
            rows = spread(rows, devices) if rows is not examples else rows
            ahead = Course(order, course.hyperparameters, course.noise)
            progress, some = _chunk(progress, rows, ahead, most, jnp.asarray(min(most, start + count - first)))
            losses.append(some)
        if under_way:
            yield Report(*gather(under_way, devices))
        progress = keep_whole(progress, devices)
        under_way = progress, count, losses[0] if len(losses) == 1 else jnp.concatenate(losses)
    if under_way:
        yield Report(*gather(under_way, devices))


def _draw(examples: Examples, recipe: Recipe) -> Batches:
    kind = ShuffledBatches if recipe.batches == "shuffled" else RandomBatches
    return kind(jr.key(recipe.seed), examples.size, recipe.batch_size * examples.readers)


def advance(
    progress: Progress, examples: Examples, course: Course, every: int, count: Int[Array, ""]
) -> tuple[Progress, Float[Array, " every"]]:
    """Takes `count` steps, at most `every`, to be compiled; the trip count is data, so that any count shares it."""
    hyperparameters = course.hyperparameters
    transformation = optimizer(hyperparameters)
    smoothing = hyperparameters.label_smoothing if hyperparameters.smooths else None
    ahead = course.batches.prefetch(progress.step, every)
    trainable, fixed = partition(progress.model)
    still, moving = _part_still(fixed)

    def objective(trainable, moving, tokens, targets, key):
        model = eqx.combine(trainable, moving, still)
        logits, refreshed = model.observe(tokens, key=key)
        moved = _part_still(partition(refreshed)[1])[1]
        return cross_entropy(logits, targets, label_smoothing=smoothing), moved

    def step(i, carry):
        trainable, moving, state, losses = carry
        number = progress.step + i
        tokens, targets = examples.rows(ahead.at(number))
        gradient = jax.value_and_grad(objective, has_aux=True)
        (loss, moving), gradients = gradient(trainable, moving, tokens, targets, jr.fold_in(course.noise, number))
        updates, state = transformation.update(gradients, state, trainable)
        return optax.apply_updates(trainable, updates), moving, state, losses.at[i].set(loss)

    carry = trainable, moving, progress.optimizer, jnp.zeros(every)
    trainable, moving, state, losses = jax.lax.fori_loop(0, count, step, carry)
    return Progress(eqx.combine(trainable, moving, still), state, progress.step + count), losses


_chunk = jit(advance)


def _part_still(fixed: PyTree) -> tuple[PyTree, PyTree]:
    """Separates what stays as it is, tables of counts among it, from arrays that move by observation.

    Tables are not carried from step to step, so that large ones are neither copied nor held twice.
    """
    return eqx.partition(
        fixed,
        lambda node: isinstance(node, Tables) or not eqx.is_array(node),
        is_leaf=lambda node: isinstance(node, Tables),
    )
