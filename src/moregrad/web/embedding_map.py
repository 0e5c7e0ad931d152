"""The embedding of each character as a point in the plane, which moves little while a network learns."""

from typing import Any

import numpy as np
from jaxtyping import Float

from moregrad.evaluation.diagnostics.receptive_fields import token_tables
from moregrad.runs.run import Run

Points = Float[np.ndarray, "tokens 2"]


def has_map(run: Run) -> bool:
    """Tells whether characters have vectors."""
    return bool(token_tables(run.model.inside))


def place(vectors: Float[np.ndarray, "tokens size"], before: Points | None = None) -> Points:
    """Returns the vectors on their two principal components, turned so that they come near to the points `before`.

    The axes of a projection have no direction of their own; without turning (orthogonal Procrustes, Schönemann 1966),
    pictures of two steps in a row would be mirrored or rotated. The sign of a component is otherwise that which its
    largest point makes positive.
    """
    centred = vectors - vectors.mean(axis=0)
    left, deviations, _ = np.linalg.svd(centred, full_matrices=False)
    points = (left * deviations)[:, :2]
    points = np.pad(points, ((0, 0), (0, 2 - points.shape[1])))
    if before is None or before.shape != points.shape:
        signs = np.sign(points[abs(points).argmax(axis=0), np.arange(2)])
        return points * np.where(signs == 0, 1, signs)
    u, _, v = np.linalg.svd(points.T @ before)
    return points @ (u @ v)


def embedding_map(run: Run, before: Points | None = None) -> tuple[list[str], Points] | None:
    """Returns the characters of a run, '.' for the end, and their points; None for a model without embeddings."""
    if not has_map(run):
        return None
    from moregrad.runs.pictures import characters_of, embedding

    characters = list(characters_of(run))
    vectors = embedding(run)[: len(characters)]
    return characters, place(np.asarray(vectors, np.float64), before)


def to_json(found: tuple[list[str], Points] | None) -> dict[str, Any] | None:
    """Returns a map as JSON data."""
    return found and {"characters": found[0], "points": found[1].round(5).tolist()}
