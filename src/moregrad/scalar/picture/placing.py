"""How far across each place lies: in the given order, no closer than it must be, as near to its neighbours as it can.

Each sweep takes a layer at a time and puts its places at the weighted median of their neighbours, which keeps a chain
straight where a mean would bend it. Where places would come too close they form a block that moves as one, to the
median of what its members want: isotonic regression by pooling, for distances instead of squares.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from math import inf

from moregrad.scalar.picture.layers import Layers

ROUNDS = 8
SLIGHT = 14.0  # a bend that looks like a mistake

Wish = tuple[float, float]
"""Where to be, and how strongly."""


def place(
    rows: Sequence[Sequence[int]],
    layers: Layers,
    distance: Callable[[int, int], float],
    weight: Callable[[int, int], float],
) -> list[float]:
    """The coordinate of each place.

    `distance(a, b)` is the least between neighbours of a row, `weight(place, user)` how straight a line should be.
    """
    gaps = [[distance(a, b) for a, b in pairwise(row)] for row in rows]
    across = [0.0] * len(layers.layer)
    best, shortest = across, float("inf")
    for _ in range(ROUNDS):
        for sweep in (_outwards, _inwards, _both):
            sweep(rows, gaps, layers, weight, across)
            length = _length(layers, weight, across)
            if length < shortest - 1e-6:
                best, shortest = list(across), length
    _inwards(rows, gaps, layers, weight, best)
    _straighten(rows, gaps, layers, weight, best)
    return best


def _length(layers: Layers, weight: Callable[[int, int], float], across: Sequence[float]) -> float:
    return sum(
        weight(x, user) * abs(across[x] - across[user]) for x, users in enumerate(layers.users) for user in users
    )


def _outwards(rows, gaps, layers: Layers, weight, across: list[float]) -> None:
    """From the root on, each place to those it feeds."""
    for row, gap in zip(rows, gaps, strict=True):
        _settle(row, gap, [_users(x, layers, weight, across) or [(across[x], 1.0)] for x in row], across)


def _inwards(rows, gaps, layers: Layers, weight, across: list[float]) -> None:
    """Towards the root, each place to those it is fed by; where there are none, it stays if it can."""
    for row, gap in zip(reversed(rows), reversed(gaps), strict=True):
        _settle(row, gap, [_inputs(x, layers, weight, across) or [(across[x], 0.1)] for x in row], across)


def _both(rows, gaps, layers: Layers, weight, across: list[float]) -> None:
    for row, gap in zip(rows, gaps, strict=True):
        wishes = [(_users(x, layers, weight, across) + _inputs(x, layers, weight, across)) or [(0.0, 1.0)] for x in row]
        _settle(row, gap, wishes, across)


def _straighten(rows, gaps, layers: Layers, weight, across: list[float]) -> None:
    """Moves places that are all but straight behind the one they feed, where there is room."""
    for row, gap in zip(rows, gaps, strict=True):
        for i, x in enumerate(row):
            if not layers.users[x]:
                continue
            user = max(layers.users[x], key=lambda user: weight(x, user))
            low = across[row[i - 1]] + gap[i - 1] if i else -inf
            high = across[row[i + 1]] - gap[i] if i + 1 < len(row) else inf
            if abs(across[user] - across[x]) <= SLIGHT and low <= across[user] <= high:
                across[x] = across[user]


def _users(x: int, layers: Layers, weight: Callable[[int, int], float], across: Sequence[float]) -> list[Wish]:
    return [(across[user], weight(x, user)) for user in layers.users[x]]


def _inputs(x: int, layers: Layers, weight: Callable[[int, int], float], across: Sequence[float]) -> list[Wish]:
    return [(across[y], weight(y, x)) for y in layers.inputs[x]]


def _settle(row: Sequence[int], gap: Sequence[float], wishes: Sequence[list[Wish]], across: list[float]) -> None:
    """Moves the places of a row to where they want to be, keeping their order and distances."""
    offsets = list(accumulate(gap, initial=0.0))
    blocks: list[tuple[float, int, list[Wish]]] = []
    for offset, wish in zip(offsets, wishes, strict=True):
        size, wanted = 1, [(at - offset, strength) for at, strength in wish]
        middle = _median(wanted)
        while blocks and blocks[-1][0] > middle:
            _, joined, before = blocks.pop()
            size, wanted = size + joined, before + wanted
            middle = _median(wanted)
        blocks.append((middle, size, wanted))
    middles = [middle for middle, size, _ in blocks for _ in range(size)]
    for x, offset, middle in zip(row, offsets, middles, strict=True):
        across[x] = middle + offset


def _median(wishes: list[Wish]) -> float:
    """The weighted median; halfway between where any point in between would do."""
    wishes.sort()
    half = sum(strength for _, strength in wishes) / 2
    reached = 0.0
    for i, (at, strength) in enumerate(wishes):
        reached += strength
        if reached > half * 1.02:
            return at
        if reached >= half * 0.98:
            return (at + wishes[min(i + 1, len(wishes) - 1)][0]) / 2
    return wishes[-1][0]
