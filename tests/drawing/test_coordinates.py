"""Coordinates across the flow."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from moregrad.drawing.coordinates import find_coordinates
from moregrad.drawing.layers import find_layers
from moregrad.drawing.ordering import sort_rows


def coordinates(inputs: list[tuple[int, ...]], distance: float = 10.0) -> tuple[list[list[int]], list[float]]:
    layers = find_layers(inputs)
    rows = sort_rows(layers)
    return rows, find_coordinates(rows, layers, lambda a, b: distance, lambda x, user: 1.0)


def test_a_chain_is_straight():
    _, across = coordinates([(), (0,), (1,), (2,)])
    assert len(set(across)) == 1


def test_a_node_is_in_the_middle_of_its_two_inputs():
    _, across = coordinates([(), (), (0, 1)])
    assert across[2] == (across[0] + across[1]) / 2
    assert across[1] - across[0] == 10.0


@given(st.data())
def test_rows_keep_their_order_and_distances(data: st.DataObject):
    count = data.draw(st.integers(1, 20))
    feeding = (data.draw(st.lists(st.integers(0, i - 1), max_size=3)) for i in range(1, count))
    inputs = [(), *map(tuple, feeding)]
    rows, across = coordinates(inputs, 7.0)
    assert all(across[b] - across[a] >= 7.0 - 1e-9 for row in rows for a, b in pairwise(row))
