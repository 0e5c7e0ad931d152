"""Where things are on a sheet."""

from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.scalar import Value
from moregrad.scalar.picture.layers import find_layers
from moregrad.scalar.picture.layout import Block, Layout, lay_out
from moregrad.scalar.picture.ordering import sort_rows
from moregrad.scalar.picture.scene import scene
from moregrad.scalar.picture.shapes import Box, Curve, Head, Sheet, Words
from moregrad.scalar.picture.sheet import compose
from moregrad.scalar.picture.words import cells
from scalar.picture.graphs import lecture, neuron, readme, values

DIRECTIONS = ("LR", "TB")


def sheet(value: Value, direction: str = "LR", limit: int = 150) -> Sheet:
    return compose(scene(value, limit), direction)


def boxes(drawn: Sheet) -> list[Box]:
    """All but the page itself."""
    return [shape for group in drawn.groups[1:] for shape in group.shapes if isinstance(shape, Box)]


def lines(drawn: Sheet) -> list[Curve]:
    return [shape for shape in drawn.groups[1].shapes if isinstance(shape, Curve)]


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def points_on(curve: Curve) -> list[tuple[float, float]]:
    """Close to each other along the line."""
    found = []
    for before, part in pairwise(curve.parts):
        ends = [before[-1], *part]
        if len(part) == 1:
            ends = [ends[0], ends[0], ends[1], ends[1]]
        for t in (i / 24 for i in range(25)):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            found.append(tuple(sum(w * p[k] for w, p in zip(weights, ends, strict=True)) for k in (0, 1)))
    return found


def inside(point: tuple[float, float], box: Box) -> bool:
    """By more than a unit: where a line begins or ends it touches a box."""
    x, y = point
    return box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.y + box.height - 1


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(value=values(), limit=st.integers(1, 30))
def test_no_two_boxes_overlap_and_all_are_on_the_page(direction: str, value: Value, limit: int):
    drawn = sheet(value, direction, limit)
    assert not any(overlap(a, b) for a, b in combinations(boxes(drawn), 2))
    assert all(box.x >= 20 and box.x + box.width <= drawn.width - 20 for box in boxes(drawn))
    assert all(box.y >= 20 and box.y + box.height <= drawn.height - 20 for box in boxes(drawn))


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(value=values())
def test_no_line_runs_through_a_box(direction: str, value: Value):
    drawn = sheet(value, direction)
    points = [point for curve in lines(drawn) for point in points_on(curve)]
    assert not any(inside(point, box) for point, box in product(points, boxes(drawn)))


@given(value=values())
def test_text_fits_into_its_box(value: Value):
    for group in sheet(value).groups[2:]:
        frame = group.shapes[0]
        words = [shape for shape in group.shapes if isinstance(shape, Words)]
        if isinstance(frame, Box):
            assert all(cells(word.text) * 7.0 <= frame.width for word in words)


@pytest.mark.parametrize("value", [lecture(), neuron(), readme()])
def test_inputs_are_to_the_left_of_what_they_feed_or_above_it(value: Value):
    cards = scene(value, 150).cards
    for direction, coordinate in (("LR", 0), ("TB", 1)):
        frames = [group.shapes[0] for group in sheet(value, direction).groups[2:]]
        places = iter(frame[coordinate] for frame in frames if isinstance(frame, Box))
        op_and_value = [(next(places) if card.op else None, next(places)) for card in cards]
        for card, (op, place) in zip(cards, op_and_value, strict=True):
            if op is not None:
                assert op < place
                assert all(op_and_value[x][1] < op for x in card.inputs)


def test_left_to_right_is_wide_and_top_to_bottom_is_high():
    wide, high = sheet(lecture(), "LR"), sheet(lecture(), "TB")
    assert wide.width > 2 * wide.height
    assert high.height > high.width


def test_every_input_has_an_arrow_and_one_used_twice_has_two():
    a = Value(3.0)
    heads = [shape for shape in sheet(a + a).groups[1].shapes if isinstance(shape, Head)]
    assert len(heads) == 3  # two into the operation, one out of it
    assert len({head.corners for head in heads}) == 3


# Without Values


def blocks(inputs: list[tuple[int, ...]]) -> list[Block]:
    return [Block(60.0 if feeding else 0.0, 100.0, 40.0, 9.0, feeding) for feeding in inputs]


def crossings(layout: Layout) -> int:
    """Pairs of bends between the same two layers that change sides."""
    bends = {(route.source, bend) for route in layout.routes for bend in route.bends}
    return sum(
        a.leaves == b.leaves and (a.start - b.start) * (a.end - b.end) < 0 for (_, a), (_, b) in combinations(bends, 2)
    )


def test_a_block_is_one_layer_beyond_the_farthest_it_feeds():
    layers = find_layers([(), (0,), (0, 1), (2, 0)])
    assert layers.layer[:4] == [3, 2, 1, 0]


def test_lines_out_of_one_block_share_the_lanes_through_the_layers_between():
    layers = find_layers([(), (0,), (1, 0), (2, 0)])
    assert layers.layer[4:] == [2, 1]
    assert layers.origin[4:] == [0, 0]
    assert layers.users[0] == [1, 4]
    assert layers.users[4] == [2, 5]
    assert layers.users[5] == [3]


def test_a_line_goes_from_layer_to_layer():
    layout = lay_out(blocks([(), (0,), (1,), (2, 0)]))
    route = next(route for route in layout.routes if (route.source, route.user) == (0, 3))
    assert len(route.bends) == 3
    assert all(a.end == b.start and a.arrives < b.leaves for a, b in pairwise(route.bends))


def test_a_chain_with_a_constant_at_each_step_is_straight():
    inputs: list[tuple[int, ...]] = [()]
    chain = [0]
    for _ in range(40):
        inputs += [(), (chain[-1], len(inputs))]
        chain.append(len(inputs) - 1)
    spots = lay_out(blocks(inputs)).spots
    assert len({round(spots[x].across, 6) for x in chain[1:]}) == 1
    assert lay_out(blocks(inputs)).breadth < 200


def test_a_balanced_tree_is_symmetric_and_keeps_the_order_of_inputs():
    layout = lay_out(blocks([(), (), (0, 1), (), (), (3, 4), (2, 5)]))
    across = [spot.across for spot in layout.spots]
    assert across[0] < across[1] < across[3] < across[4]
    assert across[2] == pytest.approx((across[0] + across[1]) / 2)
    assert across[6] == pytest.approx((across[2] + across[5]) / 2)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_a_tree_has_no_crossings(sizes: list[int]):
    inputs: list[tuple[int, ...]] = []
    loose: list[int] = []
    for size in sizes:
        size = min(size, len(loose))
        taken, loose = loose[len(loose) - size :], loose[: len(loose) - size]
        loose.append(len(inputs))
        inputs.append(tuple(taken))
    inputs.append(tuple(loose))
    assert crossings(lay_out(blocks(inputs))) == 0


def test_a_crossing_that_can_be_avoided_is_avoided():
    # a and b feed c and d the other way round.
    assert crossings(lay_out(blocks([(), (), (), (1, 2), (0,), (3, 4)]))) == 0


def test_rows_hold_every_place_once():
    layers = find_layers([(), (), (0, 1), (2, 0), (3, 1, 1)])
    assert sorted(place for row in sort_rows(layers) for place in row) == list(range(len(layers.layer)))


def test_lines_arrive_in_the_order_in_which_they_come():
    layout = lay_out(blocks([(), (), (), (0, 1, 2)]))
    ports = [route.port for route in layout.routes]
    assert ports == sorted(ports)
    assert ports[1] == 0
