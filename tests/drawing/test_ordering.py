"""The order of vertices within their layers."""

from moregrad.drawing.layers import find_layers
from moregrad.drawing.ordering import sort_rows


def test_rows_hold_every_vertex_once():
    layers = find_layers([(), (), (0, 1), (2, 0), (3, 1, 1)])
    assert sorted(vertex for row in sort_rows(layers) for vertex in row) == list(range(len(layers.layer)))


def test_the_order_of_inputs_is_kept_where_there_is_no_crossing():
    rows = sort_rows(find_layers([(), (), (), (0, 1, 2)]))
    assert rows == [[3], [0, 1, 2]]


def test_a_crossing_is_undone():
    # Blocks 0 and 1 feed 3 and 2, so that in the given order their lines would cross.
    rows = sort_rows(find_layers([(), (), (1,), (0,), (2, 3)]))
    assert rows == [[4], [2, 3], [1, 0]]
