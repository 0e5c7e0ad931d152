"""The map of the embeddings, turned so that it moves little while a network learns."""

from typing import Any

import numpy as np
from jaxtyping import Float

from moregrad.formats.facts import map_characters
from moregrad.runs.run import Run

Places = Float[np.ndarray, "characters 2"]


def turn(places: Places, before: Places | None) -> Places:
    """Returns the places turned and mirrored as a whole so that they come near to those `before`.

    The axes of a projection have no direction of their own; without this (orthogonal Procrustes, Schönemann 1966) maps
    of two steps in a row would be turned or mirrored.
    """
    if before is None or before.shape != places.shape:
        return places
    left, _, right = np.linalg.svd(places.T @ before)
    return places @ (left @ right)


def follow(run: Run, before: dict[str, Any] | None) -> dict[str, Any]:
    """Returns what `map_characters` does, near to the map `before`; that has to be of the same run."""
    found = map_characters(run)
    if before is None or "places" not in found or "places" not in before:
        return found
    turned = turn(np.array(found["places"]), np.array(before["places"]))
    return {**found, "places": turned.round(5).tolist()}
