"""Which layer each block of a graph is in, and the lanes that long lines take through the layers between.

A block is a position from 0 on; `inputs[i]` are the blocks that feed block i, all of them smaller than i. The last
block is the root, in layer 0; a block is one layer farther out than the farthest of those it feeds.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Layers(NamedTuple):
    """Places, the layer of each, and their neighbours in the layers before and behind.

    The first places are the blocks; behind them come lanes, one for each layer that lines out of a block cross. Lines
    out of the same block share their lanes. A place that feeds another twice is its neighbour twice.
    """

    layer: list[int]
    origin: list[int]  # the block that a lane belongs to; a block's own position
    users: list[list[int]]
    inputs: list[list[int]]

    def rows(self) -> list[list[int]]:
        """The places of each layer, from the root's on."""
        rows: list[list[int]] = [[] for _ in range(max(self.layer) + 1)]
        for place, layer in enumerate(self.layer):
            rows[layer].append(place)
        return rows


def find_layers(inputs: Sequence[Sequence[int]]) -> Layers:
    """Layers by longest path from the root, with lanes."""
    layer = _distances(inputs)
    layers = Layers(layer, list(range(len(inputs))), [[] for _ in inputs], [[] for _ in inputs])
    lanes: dict[tuple[int, int], int] = {}
    for user, feeding in enumerate(inputs):
        for block in feeding:
            _link(_lane(layers, lanes, block, layer[user] + 1), user, layers)
    return layers


def _distances(inputs: Sequence[Sequence[int]]) -> list[int]:
    distance = [0] * len(inputs)
    for user in reversed(range(len(inputs))):
        for block in inputs[user]:
            distance[block] = max(distance[block], distance[user] + 1)
    return distance


def _lane(layers: Layers, lanes: dict[tuple[int, int], int], block: int, layer: int) -> int:
    """The place in `layer` where lines out of `block` pass, made with all before it if it is new."""
    place = block
    for between in range(layers.layer[block] - 1, layer - 1, -1):
        new = lanes.setdefault((block, between), len(layers.layer))
        if new == len(layers.layer):
            layers.layer.append(between)
            layers.origin.append(block)
            layers.users.append([])
            layers.inputs.append([])
            _link(place, new, layers)
        place = new
    return place


def _link(place: int, user: int, layers: Layers) -> None:
    layers.users[place].append(user)
    layers.inputs[user].append(place)
