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
SLIGHT = 18.0  # a bend that looks like a mistake
SPARE = 120.0  # what the picture may grow by to mend such bends

Wish = tuple[float, float]
"""Where to be, and how strongly."""


Pull = tuple[int, float]
"""The place to be near to, and how strongly."""


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
    users = [[(user, weight(x, user)) for user in layers.users[x]] for x in range(len(layers.layer))]
    inputs = [[(x, weight(x, user)) for x in layers.inputs[user]] for user in range(len(layers.layer))]
    both = [to_users + to_inputs for to_users, to_inputs in zip(users, inputs, strict=True)]
    across = [0.0] * len(layers.layer)
    best, shortest = across, inf
    for _ in range(ROUNDS):
        _sweep(rows, gaps, users, across)
        _sweep(rows[::-1], gaps[::-1], inputs, across)
        _sweep(rows, gaps, both, across)
        length = _length(users, across)
        if length < shortest - 1e-6:
            best, shortest = list(across), length
    # The shortest lines pull operations off the middle of their inputs, where they look best.
    _sweep(rows[::-1], gaps[::-1], inputs, best)
    _straighten(rows, gaps, users, best)
    return best


def _length(users: Sequence[Sequence[Pull]], across: Sequence[float]) -> float:
    return sum(weight * abs(across[x] - across[user]) for x, pulls in enumerate(users) for user, weight in pulls)


def _sweep(
    rows: Sequence[Sequence[int]],
    gaps: Sequence[Sequence[float]],
    pulls: Sequence[Sequence[Pull]],
    across: list[float],
) -> None:
    """Settles one row after the other; a place that nothing pulls stays if it can."""
    for row, gap in zip(rows, gaps, strict=True):
        _settle(row, gap, [[(across[y], weight) for y, weight in pulls[x]] or [(across[x], 0.1)] for x in row], across)


def _straighten(
    rows: Sequence[Sequence[int]],
    gaps: Sequence[Sequence[float]],
    users: Sequence[Sequence[Pull]],
    across: list[float],
) -> None:
    """Moves places that are all but straight behind the one they feed; where there is no room, makes some."""
    spare = SPARE
    for depth, (row, gap) in enumerate(zip(rows, gaps, strict=True)):
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


def _part(rows: Sequence[Sequence[int]], depth: int, x: int, user: int, across: list[float]) -> None:
    """Shifts all that is beyond `x` and `user` so far that the one of them that lags is straight behind the other.

    What was straight stays so, and nothing comes closer.
    """
    shift = abs(across[user] - across[x])
    inner, outer = across[user], across[x]
    for layer, row in enumerate(rows):
        edge = inner if layer < depth else outer
        for y in row:
            if across[y] > edge or (across[y] == edge and (inner < outer) == (layer < depth)):
                across[y] += shift


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
