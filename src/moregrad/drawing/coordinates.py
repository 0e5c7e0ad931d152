"""The coordinate of each vertex across the flow: rows keep their order and distances, lines become short and straight.

Each sweep takes one layer at a time and puts its vertices at the weighted median of their neighbours, which keeps a
chain straight where a mean would bend it. Vertices that would come too close form a block that moves as one, to the
median of the targets of its members: isotonic regression by pooling, for distances instead of squares.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from math import inf

from moregrad.drawing.layers import Layers

ROUNDS = 8
SLIGHT = 18.0  # a bend up to this looks like a mistake
SPARE = 120.0  # by which the picture may grow to straighten such bends

Row = tuple[Sequence[int], Sequence[float]]
"""Vertices, and the least distance of each from the next."""

Pull = tuple[int, float]
"""A vertex to be near to, and the weight of that."""

Target = tuple[float, float]
"""A coordinate to be at, and the weight of that."""


def find_coordinates(
    rows: Sequence[Sequence[int]],
    layers: Layers,
    distance: Callable[[int, int], float],
    weight: Callable[[int, int], float],
) -> list[float]:
    """The coordinate of each vertex.

    `distance(a, b)` is the least distance between neighbours of a row, `weight(vertex, user)` tells how much it matters
    that their line is straight.
    """
    spaced = [(row, [distance(a, b) for a, b in pairwise(row)]) for row in rows]
    users = [[(user, weight(x, user)) for user in layers.users[x]] for x in range(len(layers.layer))]
    inputs = [[(x, weight(x, user)) for x in layers.inputs[user]] for user in range(len(layers.layer))]
    both = [to_users + to_inputs for to_users, to_inputs in zip(users, inputs, strict=True)]
    across = [0.0] * len(layers.layer)
    best, shortest = across, inf
    for _ in range(ROUNDS):
        _sweep(spaced, users, across)
        _sweep(spaced[::-1], inputs, across)
        _sweep(spaced, both, across)
        length = _measure_lines(users, across)
        if length < shortest - 1e-6:
            best, shortest = list(across), length
    # The shortest lines pull operations off the middle of their inputs, where they look best.
    _sweep(spaced[::-1], inputs, best)
    _straighten(spaced, users, best)
    return best


def _measure_lines(users: Sequence[Sequence[Pull]], across: Sequence[float]) -> float:
    return sum(weight * abs(across[x] - across[user]) for x, pulls in enumerate(users) for user, weight in pulls)


def _sweep(rows: Sequence[Row], pulls: Sequence[Sequence[Pull]], across: list[float]) -> None:
    """Settles one row after the other; a vertex that nothing pulls stays if it can."""
    for row, gap in rows:
        _settle(row, gap, [[(across[y], weight) for y, weight in pulls[x]] or [(across[x], 0.1)] for x in row], across)


def _straighten(rows: Sequence[Row], users: Sequence[Sequence[Pull]], across: list[float]) -> None:
    """Moves vertices that are almost straight behind the one they feed, making room where there is none."""
    spare = SPARE
    for depth, (row, gap) in enumerate(rows):
        for i, x in enumerate(row):
            user, weight = max(users[x], key=lambda pull: pull[1], default=(x, 0.0))
            bend = across[user] - across[x]
            if not 0.01 < abs(bend) <= SLIGHT:
                continue
            low = across[row[i - 1]] + gap[i - 1] if i else -inf
            high = across[row[i + 1]] - gap[i] if i + 1 < len(row) else inf
            if low <= across[user] <= high:
                across[x] = across[user]
            elif weight >= 2.0 and abs(bend) <= spare:
                spare -= abs(bend)
                _part(rows, depth, x, user, across)


def _part(rows: Sequence[Row], depth: int, x: int, user: int, across: list[float]) -> None:
    """Shifts everything beyond `x` and `user` until the two are in line.

    Lines that were straight stay straight, and no two vertices come closer.
    """
    shift = abs(across[user] - across[x])
    inner, outer = across[user], across[x]
    for layer, (row, _) in enumerate(rows):
        edge = inner if layer < depth else outer
        for y in row:
            if across[y] > edge or (across[y] == edge and (inner < outer) == (layer < depth)):
                across[y] += shift


def _settle(row: Sequence[int], gap: Sequence[float], targets: Sequence[list[Target]], across: list[float]) -> None:
    """Moves the vertices of a row as close to their targets as their order and distances allow."""
    offsets = list(accumulate(gap, initial=0.0))
    blocks: list[tuple[float, int, list[Target]]] = []
    for offset, target in zip(offsets, targets, strict=True):
        size, pooled = 1, [(coordinate - offset, weight) for coordinate, weight in target]
        middle = _find_median(pooled)
        while blocks and blocks[-1][0] > middle:
            _, joined, before = blocks.pop()
            size, pooled = size + joined, before + pooled
            middle = _find_median(pooled)
        blocks.append((middle, size, pooled))
    middles = [middle for middle, size, _ in blocks for _ in range(size)]
    for x, offset, middle in zip(row, offsets, middles, strict=True):
        across[x] = middle + offset


def _find_median(targets: list[Target]) -> float:
    """The weighted median; the middle of an interval where any point of it would do."""
    targets.sort()
    half = sum(weight for _, weight in targets) / 2
    reached = 0.0
    for i, (coordinate, weight) in enumerate(targets):
        reached += weight
        if reached > half * 1.02:
            return coordinate
        if reached >= half * 0.98:
            return (coordinate + targets[min(i + 1, len(targets) - 1)][0]) / 2
    return targets[-1][0]
