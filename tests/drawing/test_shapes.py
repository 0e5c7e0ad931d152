"""From along and across to x and y."""

from moregrad.drawing.shapes import Flow


def test_the_flow_goes_right_or_down():
    assert Flow("LR", 1.0, 2.0).locate(10.0, 20.0) == (11.0, 22.0)
    assert Flow("TB", 1.0, 2.0).locate(10.0, 20.0) == (21.0, 12.0)


def test_length_and_breadth_are_width_and_height_turned():
    assert Flow("LR").orient((3.0, 4.0)) == (3.0, 4.0)
    assert Flow("TB").orient((3.0, 4.0)) == (4.0, 3.0)
