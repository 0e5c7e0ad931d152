"""The order of vertices within each layer, with few crossings of lines.

Sugiyama, Tagawa and Toda 1981: sweep over the layers, sorting each by the mean position of its neighbours in the layer
before. Neighbours in a row that cross less the other way are exchanged, and the order with the fewest crossings is
kept.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from moregrad.drawing.layers import Layers

SWEEPS = 12
PASSES = 20  # over all layers, exchanging neighbours, after each sweep


def sort_rows(layers: Layers) -> list[list[int]]:
    """The vertices of each layer in their final order."""
    rows = _sort_by_users(layers)
    best, fewest = rows, _count_crossings(rows, layers)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        rows = [list(row) for row in rows]
        towards, order = (layers.users, rows) if sweep % 2 else (layers.inputs, rows[::-1])
        for before, row in pairwise(order):
            _sort_by_mean(row, _index(before), towards)
        _exchange(rows, layers)
        crossings = _count_crossings(rows, layers)
        if crossings < fewest:
            best, fewest = rows, crossings
    return best


def _sort_by_users(layers: Layers) -> list[list[int]]:
    """Sorts each layer by its users, and by their order of inputs: a tree has no crossings then."""
    rows = layers.rows()
    for before, row in pairwise(rows):
        keys: dict[int, list[float]] = {vertex: [] for vertex in row}
        for position, user in enumerate(before):
            for i, vertex in enumerate(layers.inputs[user]):
                keys[vertex].append(position + i / len(layers.inputs[user]))
        row.sort(key=lambda vertex: sum(keys[vertex]) / len(keys[vertex]))
    return rows


def _index(row: Sequence[int]) -> dict[int, int]:
    return {vertex: position for position, vertex in enumerate(row)}


def _sort_by_mean(row: list[int], before: dict[int, int], neighbours: Sequence[Sequence[int]]) -> None:
    """Sorts the vertices that have neighbours; the others stay where they are."""
    free = [i for i, vertex in enumerate(row) if neighbours[vertex]]
    moved = [row[i] for i in free]
    moved.sort(key=lambda vertex: sum(before[x] for x in neighbours[vertex]) / len(neighbours[vertex]))
    for i, vertex in zip(free, moved, strict=True):
        row[i] = vertex


def _count_crossings(rows: Sequence[Sequence[int]], layers: Layers) -> int:
    return sum(_count_crossings_between(row, _index(before), layers.users) for before, row in pairwise(rows))


def _count_crossings_between(row: Iterable[int], before: dict[int, int], neighbours: Sequence[Sequence[int]]) -> int:
    """The number of pairs of lines from `row` to the layer before that cross."""
    seen: list[int] = []
    crossings = 0
    for vertex in row:
        ends = sorted(before[x] for x in neighbours[vertex])
        crossings += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return crossings


def _exchange(rows: Sequence[list[int]], layers: Layers) -> None:
    """Exchanges neighbours in rows as long as that saves crossings, for at most `PASSES` passes."""
    positions = {vertex: position for row in rows for vertex, position in _index(row).items()}
    for _ in range(PASSES):
        if sum(_exchange_in(row, layers, positions) for row in rows) == 0:
            break


def _exchange_in(row: list[int], layers: Layers, positions: dict[int, int]) -> int:
    """Exchanges each pair of neighbours that cross less the other way; returns the number of exchanges."""
    ends = {x: [sorted(positions[y] for y in side[x]) for side in (layers.users, layers.inputs)] for x in row}
    exchanged = 0
    for i in range(len(row) - 1):
        pair = list(zip(ends[row[i]], ends[row[i + 1]], strict=True))
        if sum(_count_inversions(a, b) for a, b in pair) > sum(_count_inversions(b, a) for a, b in pair):
            row[i], row[i + 1] = row[i + 1], row[i]
            exchanged += 1
    positions.update(_index(row))
    return exchanged


def _count_inversions(first: Sequence[int], second: Sequence[int]) -> int:
    """The number of crossings between lines to `first` and lines to `second`, the vertex behind it."""
    return sum(bisect_left(second, end) for end in first)
