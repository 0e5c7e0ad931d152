"""Ratios of the change that a step makes in a weight to the weight itself."""

from collections.abc import Iterable

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from moregrad.evaluation.diagnostics.taps import name_path
from moregrad.jit import jit
from moregrad.layers.layer import partition
from moregrad.models.model import Model
from moregrad.training.loop import Report


def update_ratios(model: Model, reports: Iterable[Report]) -> dict[str, Float[np.ndarray, " steps"]]:
    """Returns log10 of the ratio of update to data by the path of each weight, a number per report.

    `reports` are those of `train(model, examples, recipe, every=1)`, or some of them from the beginning. The ratio is
    that of the standard deviations of the change of a weight and of the weight after it; about -3 is usual (third
    lecture). Biases, gains and other arrays of one axis are left out.
    """
    model = model.inside
    names = [
        name_path(path) for path, leaf in jax.tree_util.tree_leaves_with_path(partition(model)[0]) if leaf.ndim > 1
    ]
    rows: list[Array] = []
    for report in reports:
        rows.append(_ratios(model, report.model.inside))
        model = report.model.inside
    table = np.asarray(rows, np.float64).reshape(len(rows), len(names))
    with np.errstate(divide="ignore", invalid="ignore"):
        return dict(zip(names, np.log10(table.T), strict=True))


@jit
def _ratios(before: Model, after: Model) -> Float[Array, " weights"]:
    pairs = zip(*(jax.tree.leaves(partition(model)[0]) for model in (before, after)), strict=True)
    ratios = [jnp.std(new - old, ddof=1) / jnp.std(new, ddof=1) for old, new in pairs if old.ndim > 1]
    return jnp.stack(ratios) if ratios else jnp.zeros(0)
