"""The order of places within each layer, so that few lines cross.

Sugiyama, Tagawa and Toda 1981: sweep over the layers, each time sorting one by the mean position of its neighbours in
the layer before. Crossings are counted, the best order is kept, and neighbours that cross less the other way are
exchanged.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from moregrad.scalar.picture.layers import Layers

ROUNDS = 12  # sweeps
PASSES = 20  # over all layers, exchanging, after each sweep


def sort_rows(layers: Layers) -> list[list[int]]:
    """The places of each layer in their final order."""
    rows = _first_order(layers)
    best, fewest = rows, _crossings(rows, layers)
    for sweep in range(ROUNDS):
        if fewest == 0:
            break
        rows = [list(row) for row in rows]
        towards, order = (layers.users, rows) if sweep % 2 else (layers.inputs, rows[::-1])
        for before, row in pairwise(order):
            _sort_by_mean(row, _positions(before), towards)
        _exchange(rows, layers)
        crossings = _crossings(rows, layers)
        if crossings < fewest:
            best, fewest = rows, crossings
    return best


def _first_order(layers: Layers) -> list[list[int]]:
    """Each layer in the order of its users, and of their inputs: without crossings where the graph is a tree."""
    rows = layers.rows()
    for before, row in pairwise(rows):
        key: dict[int, list[float]] = {place: [] for place in row}
        for position, user in enumerate(before):
            for turn, place in enumerate(layers.inputs[user]):
                key[place].append(position + turn / len(layers.inputs[user]))
        row.sort(key=lambda place: sum(key[place]) / len(key[place]))
    return rows


def _positions(row: Sequence[int]) -> dict[int, int]:
    return {place: position for position, place in enumerate(row)}


def _sort_by_mean(row: list[int], before: dict[int, int], neighbours: Sequence[Sequence[int]]) -> None:
    """Sorts the places that have neighbours; the others stay where they are."""
    free = [i for i, place in enumerate(row) if neighbours[place]]
    moved = [row[i] for i in free]
    moved.sort(key=lambda place: sum(before[x] for x in neighbours[place]) / len(neighbours[place]))
    for i, place in zip(free, moved, strict=True):
        row[i] = place


def _crossings(rows: Sequence[Sequence[int]], layers: Layers) -> int:
    return sum(_crossings_between(row, _positions(before), layers.users) for before, row in pairwise(rows))


def _crossings_between(row: Iterable[int], before: dict[int, int], neighbours: Sequence[Sequence[int]]) -> int:
    """How many pairs of lines from `row` to the layer before are in one order here and in the other there."""
    seen: list[int] = []
    crossings = 0
    for place in row:
        ends = sorted(before[x] for x in neighbours[place])
        crossings += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return crossings


def _exchange(rows: Sequence[list[int]], layers: Layers) -> None:
    """Exchanges neighbours in a row as long as that saves crossings, within reason."""
    at = [0] * len(layers.layer)
    for row in rows:
        _note_positions(row, at)
    for _ in range(PASSES):
        if sum(_exchange_in(row, layers, at) for row in rows) == 0:
            break


def _exchange_in(row: list[int], layers: Layers, at: list[int]) -> int:
    """Exchanges each two that cross less the other way; how often that was."""
    ends = {x: [sorted(at[y] for y in side[x]) for side in (layers.users, layers.inputs)] for x in row}
    exchanged = 0
    for i in range(len(row) - 1):
        pair = list(zip(ends[row[i]], ends[row[i + 1]], strict=True))
        if sum(_inversions(a, b) for a, b in pair) > sum(_inversions(b, a) for a, b in pair):
            row[i], row[i + 1] = row[i + 1], row[i]
            exchanged += 1
    _note_positions(row, at)
    return exchanged


def _inversions(first: Sequence[int], second: Sequence[int]) -> int:
    """How often lines to `first` cross lines to `second` from the place behind it."""
    return sum(bisect_left(second, end) for end in first)


def _note_positions(row: Sequence[int], at: list[int]) -> None:
    for position, place in enumerate(row):
        at[place] = position
