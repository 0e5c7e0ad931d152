"""Many trainings of one shape as one program: the one loop over a leading axis."""

from collections.abc import Iterator, Sequence
from typing import Any

import equinox as eqx
import jax
import numpy as np
from jax.sharding import Mesh, PartitionSpec
from jaxtyping import Array, Float, Int, PyTree

from moregrad.data.examples import Examples
from moregrad.errors import TrainingError
from moregrad.jit import jit, trim
from moregrad.layers.layer import Tables, parameters
from moregrad.models.model import Model
from moregrad.models.side_by_side import SideBySide
from moregrad.recipe import Recipe
from moregrad.training.batches import Batches
from moregrad.training.devices import NETWORKS, all_devices, gather, spread
from moregrad.training.loop import Course, Progress, Report, advance

ONE_BY_ONE = {"cpu"}
"""Devices that compute their share of the trainings one after the other, where others compute them all at once.

The cache of a core holds the numbers of one training; all at once took as long or longer, measured on GRUs, MLPs and
Transformers of 400 to 30,000 parameters.
"""


class Training(eqx.Module):
    """A training under way: where it is, and what it follows."""

    progress: Progress
    course: Course


def train_together(
    models: Sequence[Model],
    examples: Examples,
    recipes: Sequence[Recipe],
    *,
    every: int,
    resume: Sequence[Progress] | None = None,
    batches: Sequence[Batches] | None = None,
) -> Iterator[list[Report]]:
    """Trains every model by the recipe at its place, all as one program; yields their reports after every chunk.

    Each report is that of the model trained alone by `moregrad.training.train`, batches and noise included. Rates,
    decay, smoothing, steps and seeds may differ; the structure of the models, optimizer, schedule and batch size may
    not, nor whether gradients are clipped or labels smoothed: TrainingError is raised where they do. A training that
    has taken all its steps takes none in the chunks that follow.
    """
    trim()
    given = batches or [None] * len(models)
    courses = [Course.of(examples, recipe, own) for recipe, own in zip(recipes, given, strict=True)]
    paired = zip(models, courses, strict=True)
    progress = list(resume or (Progress.begin(model, course.hyperparameters) for model, course in paired))
    while counts := [_left(recipe, now, every) for recipe, now in zip(recipes, progress, strict=True)]:
        if not any(counts):
            return
        trainings = [Training(now, course) for now, course in zip(progress, courses, strict=True)]
        reports = advance_together(trainings, examples, counts, every=every)
        yield reports
        progress = [report.progress for report in reports]


def _left(recipe: Recipe, progress: Progress, every: int) -> int:
    left = recipe.steps - int(progress.step) if parameters(progress.model) else 0
    return min(max(left, 0), every)


def advance_together(
    trainings: Sequence[Training], examples: Examples, counts: Sequence[int], *, every: int, room: int = 0
) -> list[Report]:
    """Takes so many steps, at most `every`, of each training in one program, and waits for them.

    Any number of trainings up to `room` share the program. They are dealt among the devices, those with most to do
    first. Raises TrainingError for trainings of several shapes.
    """
    if len({_shape(training) for training in trainings}) > 1:
        raise TrainingError("trainings of several shapes cannot share a program; train those of each shape together")
    devices, one_by_one = all_devices(), jax.default_backend() in ONE_BY_ONE
    dealt = _deal(counts, room, devices.size if devices else 1)
    parts = [_without_tables(trainings[place or 0]) for place in dealt]
    steps = np.asarray([0 if place is None else counts[place] for place in dealt], np.int32)
    together, taken = SideBySide.of([own for own, _ in parts]), SideBySide(jax.device_put(steps))
    together, taken, tables, rows = spread((together, taken, parts[0][1], examples), devices)
    own, losses = gather(_advance(together, taken, tables, rows, every, devices, one_by_one), devices)
    numbers = np.asarray(losses)
    common = eqx.combine(eqx.filter(parts[0][0].progress, eqx.is_array, inverse=True), parts[0][1].progress)
    reports = [Report(_take(own, common, at), int(steps[at]), numbers[at]) for at in range(len(dealt))]
    return [reports[dealt.index(place)] for place in range(len(trainings))]


def _deal(counts: Sequence[int], room: int, devices: int) -> list[int | None]:
    """Returns which training is at each place of the leading axis; None where there is none.

    Each device takes an equal stretch of the axis, and of the trainings an equal share of those with most to do.
    """
    order = sorted(range(len(counts)), key=lambda place: -counts[place])
    size = -(-max(room, len(order)) // devices) * devices
    filled = [*order, *[None] * (size - len(order))]
    return [filled[place] for device in range(devices) for place in range(device, size, devices)]


def _without_tables(training: PyTree) -> tuple[PyTree, PyTree]:
    """Separates tables of counts, which trainings on one list share, so that they are held once."""
    return eqx.partition(
        training, lambda node: not isinstance(node, Tables), is_leaf=lambda node: isinstance(node, Tables)
    )


def _take(progress: PyTree, common: PyTree, place: int) -> Progress:
    """Returns one of the trainings; sliced by NumPy, since JAX compiles a program for every shape."""
    own = jax.tree.map(lambda leaf: jax.device_put(np.asarray(leaf)[place]), progress)
    return eqx.combine(own, common)


def _shape(training: Training) -> Any:
    leaves, structure = jax.tree.flatten(training)
    return structure, tuple((leaf.shape, str(leaf.dtype)) if eqx.is_array(leaf) else leaf for leaf in leaves)


@jit
def _advance(
    trainings: SideBySide,
    counts: SideBySide,
    tables: PyTree,
    examples: Examples,
    every: int,
    devices: Mesh | None,
    one_by_one: bool,
) -> tuple[PyTree, Float[Array, "trainings every"]]:
    """Takes the steps of all trainings; each device those of its own."""
    arrays, static = eqx.partition(trainings.stacked, eqx.is_array)
    common, rest = eqx.partition((tables, examples), eqx.is_array)

    def advance_share(own: PyTree, counts: Int[Array, " share"], common: PyTree) -> PyTree:
        tables, rows = eqx.combine(common, rest)

        def advance_one(now: tuple[PyTree, Int[Array, ""]]) -> PyTree:
            training = eqx.combine(now[0], static, tables)
            progress, losses = advance(training.progress, rows, training.course, every, now[1])
            return eqx.filter(_without_tables(progress)[0], eqx.is_array), losses

        if one_by_one:
            return jax.lax.map(advance_one, (own, counts))
        return jax.vmap(advance_one)((own, counts))

    parts = PartitionSpec(NETWORKS)
    if devices:
        specs = (parts, parts, PartitionSpec())
        advance_share = jax.shard_map(advance_share, mesh=devices, in_specs=specs, out_specs=parts, check_vma=False)
    return advance_share(arrays, counts.stacked, common)
