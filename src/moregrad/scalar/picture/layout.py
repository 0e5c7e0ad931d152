"""Where blocks go and how lines run between them, along the direction of the flow and across it."""

from collections.abc import Sequence
from typing import NamedTuple

from moregrad.scalar.picture.layers import Layers, find_layers
from moregrad.scalar.picture.ordering import sort_rows
from moregrad.scalar.picture.placing import place

BETWEEN_BLOCKS = 18.0
BESIDE_LANES = 13.0
NARROWEST, WIDEST = 34.0, 120.0  # the space between layers, for lines to bend in
PORTS = 8.0  # between lines that arrive at the same block


class Block(NamedTuple):
    """What is to be placed: a body and, before it, the lead that lines arrive at."""

    lead: float  # length of the lead and the space behind it; 0 for none
    body: float  # length of the body
    breadth: float  # of the broader of the two
    inlet: float  # how far from the middle of the lead lines may arrive
    inputs: tuple[int, ...]  # the blocks whose lines arrive, all before this one


class Spot(NamedTuple):
    """Where a block is."""

    along: float  # the beginning of its body
    across: float  # its middle


class Bend(NamedTuple):
    """A curve from one layer to the next; between bends a line is straight."""

    leaves: float  # along
    start: float  # across
    arrives: float
    end: float


class Route(NamedTuple):
    """The line from a block to one it feeds."""

    source: int
    user: int
    port: float  # how far from the middle of the user's lead it arrives
    bends: tuple[Bend, ...]


class Layout(NamedTuple):
    """All of it, from 0 to `length` and 0 to `breadth`."""

    spots: list[Spot]
    routes: list[Route]
    length: float
    breadth: float


class Column(NamedTuple):
    """The room of a layer along the flow."""

    start: float
    body: float
    end: float


def lay_out(blocks: Sequence[Block]) -> Layout:
    """Places `blocks`, of which the last is the root, so that none overlap and few lines cross."""
    layers = find_layers([block.inputs for block in blocks])
    rows = sort_rows(layers)
    across = _across(blocks, layers, rows)
    columns = _columns(blocks, layers, rows, across)
    spots = [Spot(columns[layers.layer[i]].body, across[i]) for i in range(len(blocks))]
    return Layout(spots, _routes(blocks, layers, columns, across), columns[0].end, _breadth(blocks, across))


def _across(blocks: Sequence[Block], layers: Layers, rows: Sequence[Sequence[int]]) -> list[float]:
    across = place(rows, layers, lambda a, b: _distance(blocks, a, b), _weights(blocks, layers))
    first = min(across[i] - block.breadth / 2 for i, block in enumerate(blocks))
    first = min([first, *across[len(blocks) :]])
    return [x - first for x in across]


def _breadth(blocks: Sequence[Block], across: Sequence[float]) -> float:
    last = max(across[i] + block.breadth / 2 for i, block in enumerate(blocks))
    return max([last, *across[len(blocks) :]])


def _distance(blocks: Sequence[Block], a: int, b: int) -> float:
    lanes = (a >= len(blocks)) + (b >= len(blocks))
    breadths = sum(blocks[x].breadth for x in (a, b) if x < len(blocks))
    return breadths / 2 + (BESIDE_LANES if lanes else BETWEEN_BLOCKS)


def _weights(blocks: Sequence[Block], layers: Layers):
    """How straight the line from a place to its user should be: lanes most, then the trunk of the graph."""
    depth = [0] * len(blocks)
    for i, block in enumerate(blocks):
        depth[i] = max((depth[x] + 1 for x in block.inputs), default=0)

    def trunk(x: int, user: int) -> bool:
        deepest = [y for y in blocks[user].inputs if y == x or depth[y] >= depth[x]]
        return deepest == [x]

    def weight(x: int, user: int) -> float:
        if user >= len(blocks):
            return 8.0 if x >= len(blocks) else 2.0
        return (2.0 if x >= len(blocks) else 1.0) * (4.0 if trunk(layers.origin[x], user) else 1.0)

    return weight


def _columns(
    blocks: Sequence[Block], layers: Layers, rows: Sequence[Sequence[int]], across: Sequence[float]
) -> list[Column]:
    columns = []
    start = 0.0
    for row in reversed(rows):
        here = [blocks[x] for x in row if x < len(blocks)]
        body = start + max(block.lead for block in here)
        end = body + max(block.body for block in here)
        columns.append(Column(start, body, end))
        start = end + _space(row, layers, across)
    return columns[::-1]


def _space(row: Sequence[int], layers: Layers, across: Sequence[float]) -> float:
    """More where lines must go far across, so that they need not bend sharply."""
    farthest = max((abs(across[x] - across[user]) for x in row for user in layers.users[x]), default=0.0)
    return min(NARROWEST + 0.15 * farthest, WIDEST)


def _routes(blocks: Sequence[Block], layers: Layers, columns: Sequence[Column], across: Sequence[float]) -> list[Route]:
    routes = []
    for user, block in enumerate(blocks):
        ways = [_way(layers, x, place) for x, place in zip(block.inputs, layers.inputs[user], strict=True)]
        ports = _ports([across[way[-1]] - across[user] for way in ways], block.inlet)
        for source, way, port in zip(block.inputs, ways, ports, strict=True):
            ends = [*(across[x] for x in way[1:]), across[user] + port]
            bends = tuple(
                Bend(columns[layers.layer[x]].end, across[x], columns[layers.layer[x] - 1].start, end)
                for x, end in zip(way, ends, strict=True)
            )
            routes.append(Route(source, user, port, bends))
    return routes


def _way(layers: Layers, source: int, place: int) -> list[int]:
    """The places from `source` to `place`, the last before the user."""
    way = [place]
    while way[-1] != source:
        way.append(layers.inputs[way[-1]][0])
    return way[::-1]


def _ports(slants: Sequence[float], inlet: float) -> list[float]:
    """Where lines arrive, in the order in which they come; one that comes straight gets the middle."""
    order = sorted(range(len(slants)), key=lambda i: slants[i])
    straight = [turn for turn, i in enumerate(order) if abs(slants[i]) < 1.0]
    middle = straight[0] if len(straight) == 1 else (len(order) - 1) / 2
    farthest = max(middle, len(order) - 1 - middle)
    step = min(PORTS, inlet / farthest) if farthest else 0.0
    ports = [0.0] * len(slants)
    for turn, i in enumerate(order):
        ports[i] = (turn - middle) * step
    return ports
