"""Where blocks go and how lines run between them."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.drawing.layout import Block, Layout, lay_out


def blocks(inputs: list[tuple[int, ...]]) -> list[Block]:
    return [Block(60.0 if feeding else 0.0, 100.0, 40.0, 9.0, feeding) for feeding in inputs]


def crossings(layout: Layout) -> int:
    """Pairs of bends between the same two layers that change sides."""
    bends = {(route.source, bend) for route in layout.routes for bend in route.bends}
    return sum(
        a.leaves == b.leaves and (a.start - b.start) * (a.end - b.end) < 0 for (_, a), (_, b) in combinations(bends, 2)
    )


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


def test_lines_arrive_in_the_order_in_which_they_come():
    layout = lay_out(blocks([(), (), (), (0, 1, 2)]))
    ports = [route.port for route in layout.routes]
    assert ports == sorted(ports)
    assert ports[1] == 0
