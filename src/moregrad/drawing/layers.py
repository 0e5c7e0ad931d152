"""The layer of each block, and the lanes that long lines take through the layers between.

A block is a number from 0 on; `inputs[i]` are the blocks that feed block i, all of them smaller than i. A block that
feeds no other is in layer 0; any other is one layer farther out than the farthest of those it feeds.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Layers(NamedTuple):
    """Vertices, the layer of each, and their neighbours in the layers before and behind.

    The first vertices are the blocks; the others are lanes (Sugiyama's dummy vertices), one for each layer that lines
    out of a block cross. Lines out of the same block share their lanes. A vertex that feeds another twice is its
    neighbour twice.
    """

    layer: list[int]
    origin: list[int]  # the block that a lane belongs to; a block itself
    users: list[list[int]]
    inputs: list[list[int]]

    def rows(self) -> list[list[int]]:
        """The vertices of each layer, from layer 0 on."""
        rows: list[list[int]] = [[] for _ in range(max(self.layer) + 1)]
        for vertex, layer in enumerate(self.layer):
            rows[layer].append(vertex)
        return rows


def find_layers(inputs: Sequence[Sequence[int]]) -> Layers:
    """Assigns layers by the longest path to layer 0, and adds lanes."""
    layer = _find_depths(inputs)
    layers = Layers(layer, list(range(len(inputs))), [[] for _ in inputs], [[] for _ in inputs])
    lanes: dict[tuple[int, int], int] = {}
    for user, feeding in enumerate(inputs):
        for block in feeding:
            _link(_reach(layers, lanes, block, layer[user] + 1), user, layers)
    return layers


def _find_depths(inputs: Sequence[Sequence[int]]) -> list[int]:
    depth = [0] * len(inputs)
    for user in reversed(range(len(inputs))):
        for block in inputs[user]:
            depth[block] = max(depth[block], depth[user] + 1)
    return depth


def _reach(layers: Layers, lanes: dict[tuple[int, int], int], block: int, layer: int) -> int:
    """The vertex in `layer` that lines out of `block` pass; adds the lanes that are missing on the way."""
    vertex = block
    for between in range(layers.layer[block] - 1, layer - 1, -1):
        lane = lanes.setdefault((block, between), len(layers.layer))
        if lane == len(layers.layer):
            layers.layer.append(between)
            layers.origin.append(block)
            layers.users.append([])
            layers.inputs.append([])
            _link(vertex, lane, layers)
        vertex = lane
    return vertex


def _link(vertex: int, user: int, layers: Layers) -> None:
    layers.users[vertex].append(user)
    layers.inputs[user].append(vertex)
