"""Layers by longest path, and lanes through them."""

from moregrad.drawing.layers import find_layers


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


def test_a_block_that_feeds_no_other_is_in_layer_0():
    layers = find_layers([(), (0,), (0,), ()])
    assert layers.layer == [1, 0, 0, 0]
    assert layers.rows() == [[1, 2, 3], [0]]
