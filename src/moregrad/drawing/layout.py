"""The layout of a graph: positions of its blocks and routes of the lines between them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from moregrad.drawing.coordinates import find_coordinates
from moregrad.drawing.layers import Layers, find_layers
from moregrad.drawing.ordering import sort_rows

BETWEEN_BLOCKS = 18.0
BESIDE_LANES = 13.0
NARROWEST, WIDEST = 34.0, 120.0  # the space between layers, for lines to bend in
PORT_DISTANCE = 8.0  # between lines that arrive at the same block


class Block(NamedTuple):
    """A body and, before it, the lead that lines arrive at."""

    lead: float  # length of the lead and the space behind it; 0 for none
    body: float  # length of the body
    breadth: float  # of the broader of the two
    inlet: float  # how far from the middle of the lead lines may arrive
    inputs: tuple[int, ...]  # the blocks whose lines arrive, all before this one


class Spot(NamedTuple):
    """The position of a block."""

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
    """Spots and routes, in the area from 0 to `length` along the flow and from 0 to `breadth` across it."""

    spots: list[Spot]
    routes: list[Route]
    length: float
    breadth: float


class Column(NamedTuple):
    """The extent of a layer along the flow."""

    start: float
    body: float
    end: float


def lay_out(blocks: Sequence[Block]) -> Layout:
    """Places `blocks` so that none overlap and few lines cross."""
    layers = find_layers([block.inputs for block in blocks])
    rows = sort_rows(layers)
    across = _find_across(blocks, layers, rows)
    columns = _make_columns(blocks, layers, rows, across)
    spots = [Spot(columns[layers.layer[i]].body, across[i]) for i in range(len(blocks))]
    breadth = max([x + block.breadth / 2 for x, block in zip(across, blocks, strict=False)] + across[len(blocks) :])
    return Layout(spots, _make_routes(blocks, layers, columns, across), columns[0].end, breadth)


def _find_across(blocks: Sequence[Block], layers: Layers, rows: Sequence[Sequence[int]]) -> list[float]:
    across = find_coordinates(rows, layers, lambda a, b: _find_distance(blocks, a, b), _weigh_lines(blocks, layers))
    first = min([x - block.breadth / 2 for x, block in zip(across, blocks, strict=False)] + across[len(blocks) :])
    return [x - first for x in across]


def _find_distance(blocks: Sequence[Block], a: int, b: int) -> float:
    """The least distance between neighbours of a row; vertices beyond the blocks are lanes."""
    breadths = sum(blocks[x].breadth for x in (a, b) if x < len(blocks))
    return breadths / 2 + (BETWEEN_BLOCKS if max(a, b) < len(blocks) else BESIDE_LANES)


def _weigh_lines(blocks: Sequence[Block], layers: Layers) -> Callable[[int, int], float]:
    """Returns the weight of keeping a line straight: largest in lanes, then along the longest path."""
    depth = [0] * len(blocks)
    for i, block in enumerate(blocks):
        depth[i] = max((depth[x] + 1 for x in block.inputs), default=0)

    def is_trunk(x: int, user: int) -> bool:
        deepest = [y for y in blocks[user].inputs if y == x or depth[y] >= depth[x]]
        return deepest == [x]

    def weigh(x: int, user: int) -> float:
        if user >= len(blocks):
            return 8.0 if x >= len(blocks) else 2.0
        return (2.0 if x >= len(blocks) else 1.0) * (4.0 if is_trunk(layers.origin[x], user) else 1.0)

    return weigh


def _make_columns(
    blocks: Sequence[Block], layers: Layers, rows: Sequence[Sequence[int]], across: Sequence[float]
) -> list[Column]:
    columns = []
    start = 0.0
    for row in reversed(rows):
        members = [blocks[x] for x in row if x < len(blocks)]
        body = start + max(block.lead for block in members)
        end = body + max(block.body for block in members)
        columns.append(Column(start, body, end))
        # More space where lines go far across, so that they need not bend sharply.
        farthest = max((abs(across[x] - across[user]) for x in row for user in layers.users[x]), default=0.0)
        start = end + min(NARROWEST + 0.15 * farthest, WIDEST)
    return columns[::-1]


def _make_routes(
    blocks: Sequence[Block], layers: Layers, columns: Sequence[Column], across: Sequence[float]
) -> list[Route]:
    routes = []
    for user, block in enumerate(blocks):
        paths = [_trace(layers, x, vertex) for x, vertex in zip(block.inputs, layers.inputs[user], strict=True)]
        ports = _assign_ports([across[path[-1]] - across[user] for path in paths], block.inlet)
        for source, path, port in zip(block.inputs, paths, ports, strict=True):
            ends = [*(across[x] for x in path[1:]), across[user] + port]
            bends = tuple(
                Bend(columns[layers.layer[x]].end, across[x], columns[layers.layer[x] - 1].start, end)
                for x, end in zip(path, ends, strict=True)
            )
            routes.append(Route(source, user, port, bends))
    return routes


def _trace(layers: Layers, source: int, vertex: int) -> list[int]:
    """The vertices from `source` through its lanes to `vertex`."""
    path = [vertex]
    while path[-1] != source:
        path.append(layers.inputs[path[-1]][0])
    return path[::-1]


def _assign_ports(slants: Sequence[float], inlet: float) -> list[float]:
    """Returns the offsets at which lines arrive, in the order in which they come; a straight line gets the middle."""
    order = sorted(range(len(slants)), key=lambda i: slants[i])
    straight = [position for position, i in enumerate(order) if abs(slants[i]) < 1.0]
    middle = straight[0] if len(straight) == 1 else (len(order) - 1) / 2
    farthest = max(middle, len(order) - 1 - middle)
    step = min(PORT_DISTANCE, inlet / farthest) if farthest else 0.0
    ports = [0.0] * len(slants)
    for position, i in enumerate(order):
        ports[i] = (position - middle) * step
    return ports
